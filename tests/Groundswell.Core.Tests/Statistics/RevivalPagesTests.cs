using Groundswell.Core.Feed;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Statistics;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Statistics;

public class RevivalPagesTests
{
    private const int Whole = Given.TenSeconds, Half = Given.TenSeconds / 2;
    private static readonly VideoId Revived = new(1), Other = new(2), Best = new(10), Test = new(20);

    [Fact]
    public void Uplift_SetsARevivalAgainstWhatIsBesideItForItsValue()
    {
        var pages = new RevivalPages();
        Serve(pages, 1, Revived, revived: Half, beside: Whole);
        pages.Uplift().ShouldBeNull("of one video nothing can be said");
        Serve(pages, 2, Revived, revived: Half, beside: Whole);
        Serve(pages, 3, Other, revived: Whole, beside: Whole);
        Serve(pages, 4, Other, revived: Half, beside: null);
        Serve(pages, 5, revived: null, beside: Whole);

        var completion = Given.Rules.Points.Completion;
        var uplift = pages.Uplift().ShouldNotBeNull();
        (uplift.Revived, uplift.Otherwise).ShouldBe((completion / 3.0, completion));
        uplift.Difference.ShouldBe(-2 * completion / 3.0, 1e-9);
        // Two videos, of two pages and of one: 1.96 errors of the ratio are wider than what is between them.
        (uplift.High - uplift.Difference).ShouldBe(uplift.Difference - uplift.Low, 1e-9);
        uplift.High.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Uplift_IsAsWideAsVideosDiffer_HoweverManyViewsEachHas()
    {
        var (few, many) = (new RevivalPages(), new RevivalPages());
        for (var page = 0; page < 400; page++)
        {
            var (number, loved) = (page % 4, page % 4 < 2);
            if (page < 4) Serve(few, page, new VideoId(number), loved ? Whole : Half, Half);
            Serve(many, page, new VideoId(number), loved ? Whole : Half, Half);
        }

        many.Uplift().ShouldBe(few.Uplift());
    }

    [Fact]
    public void Fold_KeepsTheNewest_AndGoesOnEquallyFromJson()
    {
        var pages = new RevivalPages();
        for (var page = 0; page < RevivalPages.Most + 3; page++) Serve(pages, page, Revived, Half, Half);
        var back = Given.Through(pages);
        foreach (var one in (RevivalPages[])[pages, back])
        {
            one.Fold(Watched(RevivalPages.Most, Other, SlotSource.Personal, Whole));
            one.Fold(Watched(1, Revived, SlotSource.Revival, Whole));
        }

        pages.Pages.Count.ShouldBe(RevivalPages.Most);
        pages.Pages[0].Request.ShouldBe(new RequestId(3));
        Given.Json(back).ShouldBe(Given.Json(pages));
    }

    /// <summary>A page of a test that is loved, a revival and two best ones, as far as they are watched.</summary>
    private static void Serve(RevivalPages pages, int request, VideoId video, int? revived, int? beside)
    {
        pages.Fold(Page(request, (Test, SlotSource.TestBatch), (video, SlotSource.Revival), (Best, SlotSource.Personal)));
        pages.Fold(Watched(request, Test, SlotSource.TestBatch, Whole));
        if (revived is { } played) pages.Fold(Watched(request, video, SlotSource.Revival, played));
        if (beside is not { } best) return;
        pages.Fold(Watched(request, Best, SlotSource.Personal, best));
        pages.Fold(Watched(request, new VideoId(11), SlotSource.Trending, best));
    }

    private static void Serve(RevivalPages pages, int request, int? revived, int? beside) => Serve(pages, request, Revived, revived, beside);

    private static PageServed Page(int request, params (VideoId Video, SlotSource Source)[] slots) => new(
        Given.Now, Given.Viewer(1), new RequestId(request), FeedMode.Personalised, "m1", [.. slots.Select(slot => new ServedSlot(slot.Video, slot.Source, 0.5f, 3, default))]);

    private static SignalRecorded Watched(int request, VideoId video, SlotSource source, int playedMs)
    {
        var watching = new Watching(Given.Video(id: video));
        var slot = Given.Slot(watching.Viewer.Id, watching.Video, watching.ServedAt) with { Request = new RequestId(request), Source = source };
        return watching.Send(watching.Signal(SignalType.PlayEnd, new PlayReport(playedMs, playedMs, playedMs, 0, EndReason.Swipe)) with { Slot = slot });
    }
}
