using CsCheck;
using Groundswell.Core.Audience;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Audience;

public class PacingTests
{
    private const int FirstLook = 12;
    private static readonly PacingRules Rules = new();

    private static readonly Gen<RunningTest[]> Tests =
        (from creator in Gen.Int[0, 5]
         from hours in Gen.Int[0, 96]
         from views in Gen.Int[0, 40]
         from distance in Gen.Double[0, 4]
         select (creator, hours, views, distance)).Array[0, 60].Select(drawn => drawn.Select((test, place) => new RunningTest(
             new VideoId(place), new CreatorId(test.creator), test.creator < 2, Given.Now.AddHours(-test.hours), test.views, test.distance)).ToArray());

    [Fact]
    public void EveryTestStandsInExactlyOneLine() => Tests.Sample(tests =>
    {
        var firsts = Pacing.FirstLooks(tests, FirstLook);
        var underWay = Pacing.UnderWay(tests, FirstLook, Given.Now, Rules);

        firsts.ShouldAllBe(test => test.Views < FirstLook);
        underWay.ShouldAllBe(test => test.Views >= FirstLook);
        firsts.Concat(underWay).Select(test => test.Video).Order().ShouldBe(tests.Select(test => test.Video).Order());
    }, iter: 500);

    [Fact]
    public void NobodyWaitsBehindAnothersSecondTest() => Tests.Sample(tests =>
    {
        foreach (var line in new[] { Pacing.FirstLooks(tests, FirstLook), Pacing.UnderWay(tests, FirstLook, Given.Now, Rules) })
        {
            var creators = line.Select(test => test.Creator).Distinct().Count();
            line.Take(creators).Select(test => test.Creator).Distinct().Count().ShouldBe(creators);
        }
    }, iter: 500);

    [Fact]
    public void AFloodByOneCreatorDelaysAnotherByOnePlace()
    {
        var flood = Enumerable.Range(0, 10_000).Select(i => new RunningTest(new VideoId(i), new CreatorId(1), false, Given.Now.AddHours(-1), 0, 1));
        var late = new RunningTest(new VideoId(20_000), new CreatorId(2), true, Given.Now, 0, 1);

        Pacing.FirstLooks(flood.Append(late), FirstLook).IndexOf(late).ShouldBe(1);
    }

    [Fact]
    public void ASlotGoesWhereItMayTurnAVerdict()
    {
        var near = new RunningTest(new VideoId(1), new CreatorId(1), false, Given.Now, 20, 0.2);
        var clear = new RunningTest(new VideoId(2), new CreatorId(2), false, Given.Now, 20, 1.2);

        Pacing.UnderWay([clear, near], FirstLook, Given.Now, Rules).ShouldBe([near, clear]);
    }

    [Fact]
    public void NoTestIsOvertakenForEver()
    {
        var clear = new RunningTest(new VideoId(1), new CreatorId(1), false, Given.Now, 20, 1.2);
        RunningTest Fresh(DateTimeOffset now) => new(new VideoId(2), new CreatorId(2), false, now, 20, 0.1);

        Enumerable.Range(0, 30).Select(day => Given.Now.AddDays(day))
            .Any(now => Pacing.UnderWay([Fresh(now), clear], FirstLook, now, Rules)[0] == clear).ShouldBeTrue();
    }

    [Theory]
    [InlineData(300, 12, 30)]
    [InlineData(12, 3, 3)]
    [InlineData(60, 12, 12)]
    public void InFlight_IsATenthOfABatchOrAFirstLook(int batch, int firstLook, int most) => Rules.InFlight(batch, firstLook).ShouldBe(most);
}
