using Groundswell.Core.Audience;
using Groundswell.Core.Chances;
using Groundswell.Core.Taste;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Audience;

public class TasteSampleTests
{
    private static readonly CohortRules Few = CohortRules.Default with { SampledViewers = 100 };

    [Fact]
    public void Note_KeepsOneTasteOfEachViewer_TheLast()
    {
        var sample = new TasteSample(Few, new Chance(1));
        for (var visit = 0; visit < 50; visit++) sample.Note(Given.Viewer(1), [visit, 0], Given.Now);
        sample.Note(Given.Viewer(2), [0, 1], Given.Now);

        sample.Tastes(Given.Now).Select(taste => (taste[0], taste[1])).ShouldBe([(49f, 0f), (0f, 1f)], ignoreOrder: true);
    }

    [Fact]
    public void Note_KeepsTheSameViewersInWhateverOrderTheyCome()
    {
        var forth = new TasteSample(Few, new Chance(1));
        var back = new TasteSample(Few, new Chance(1));
        for (var viewer = 0; viewer < 1_000; viewer++) forth.Note(Given.Viewer(viewer), [viewer], Given.Now);
        for (var viewer = 999; viewer >= 0; viewer--)
            for (var visit = 0; visit < 1 + (viewer % 3); visit++) back.Note(Given.Viewer(viewer), [viewer], Given.Now);

        forth.Count.ShouldBe(100);
        back.Tastes(Given.Now).Select(taste => taste[0]).ShouldBe(forth.Tastes(Given.Now).Select(taste => taste[0]));
        // A uniform sample: its mean is that of the viewers, within four standard errors.
        forth.Tastes(Given.Now).Average(taste => taste[0]).ShouldBeInRange(500 - 116, 500 + 116);
    }

    [Fact]
    public void Note_ForgetsTheUndecidedAndWhoeverAsksForIt()
    {
        var sample = new TasteSample(Few, new Chance(1));
        for (var viewer = 0; viewer < 3; viewer++) sample.Note(Given.Viewer(viewer), [viewer], Given.Now);

        sample.Note(Given.Viewer(0), [], Given.Now);
        sample.Forget(Given.Viewer(1));
        sample.Forget(Given.Viewer(7));

        sample.Tastes(Given.Now).ShouldHaveSingleItem()[0].ShouldBe(2);
    }

    [Fact]
    public void Tastes_AreThoseOfTheLastWeek()
    {
        var sample = new TasteSample(Few, new Chance(1));
        for (var viewer = 0; viewer < 20; viewer++) sample.Note(Given.Viewer(viewer), [viewer], Given.Now.AddDays(viewer));

        sample.Tastes(Given.Now.AddDays(19)).Count.ShouldBe(8);
        sample.Count.ShouldBe(8);
    }

    [Fact]
    public void TastePoint_IsADirection_AndUndecidedWhileLittleIsKnown()
    {
        var taste = TasteProfile.Empty(Given.Genres);
        for (var view = 0; view < 7; view++) taste = taste.Learn(Given.Lesson(1, 18), Given.Now, TasteRules.Default);
        TastePoint.Of(taste, CohortRules.Default, TasteRules.Default).ShouldBeEmpty();

        for (var view = 0; view < 3; view++) taste = taste.Learn(Given.Lesson(1, 18), Given.Now, TasteRules.Default);
        var point = TastePoint.Of(taste, CohortRules.Default, TasteRules.Default);
        Math.Sqrt(TastePoint.Dot(point, point)).ShouldBe(1, 1e-5);
        point[1].ShouldBeGreaterThan(0.8f);
        point.Length.ShouldBe(Given.Genres + taste.Vector.Length);

        // A mood of the session moves it as little as any other view does.
        TastePoint.Of(taste.BeginSession(), CohortRules.Default, TasteRules.Default).ShouldBe(point);
        TastePoint.Of(TasteProfile.Empty(Given.Genres), CohortRules.Default with { LeastViews = 0 }, TasteRules.Default).ShouldBeEmpty();
    }
}
