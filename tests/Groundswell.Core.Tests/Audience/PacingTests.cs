using CsCheck;
using Groundswell.Core.Audience;
using Groundswell.Core.Creators;
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
             new VideoId(place), new CreatorId(test.creator), (CreatorRecord)(test.creator % 3), Given.Now.AddHours(-test.hours), test.views, test.distance)).ToArray());

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
    public void NobodyWaitsBehindMoreOfAnother_OrOfAnotherCrowd_ThanTheyThemselvesCameWith() => Tests.Sample(tests =>
    {
        foreach (var line in new[] { Pacing.FirstLooks(tests, FirstLook), Pacing.UnderWay(tests, FirstLook, Given.Now, Rules) })
        {
            for (var place = 0; place < line.Count; place++)
            {
                var (test, before) = (line[place], line.GetRange(0, place));
                var own = line.Count(other => other.Creator == test.Creator);
                var crowd = line.Where(other => (other.Since, other.Record) == (test.Since, test.Record)).CountBy(other => other.Creator).Sum(creator => Math.Min(creator.Value, own));
                var most = Math.Max(own, crowd);

                before.CountBy(other => other.Creator).ShouldAllBe(creator => creator.Value <= most);
                before.CountBy(other => (other.Since, other.Record)).ShouldAllBe(others => others.Value <= most);
            }
        }
    }, iter: 200);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 60)]
    [InlineData(4_000, 60)]
    [InlineData(10_000, 60)]
    public void AFloodDelaysAnother_ByOnePlace(int creators, int minutes)
    {
        var flood = Enumerable.Range(0, 10_000).Select(i => new RunningTest(new VideoId(i), new CreatorId(i % creators), CreatorRecord.None, Given.Now, 0, 1));
        var late = new RunningTest(new VideoId(20_000), new CreatorId(20_000), CreatorRecord.None, Given.Now.AddMinutes(minutes), 0, 1);

        Pacing.FirstLooks(flood.Append(late), FirstLook).IndexOf(late).ShouldBe(1);
    }

    [Fact]
    public void ACrowdThatKeepsComing_LeavesEveryOtherPlaceToThoseOfWhomSomethingIsKnown()
    {
        var crowd = Enumerable.Range(0, 2_400).Select(i => new RunningTest(new VideoId(i), new CreatorId(i), CreatorRecord.None, Given.Now.AddHours(i / 100), 0, 1));
        var others = Enumerable.Range(0, 24).Select(hour => new RunningTest(new VideoId(5_000 + hour), new CreatorId(5_000 + hour), CreatorRecord.Some, Given.Now.AddHours(hour), 0, 1)).ToList();

        Pacing.FirstLooks(crowd.Concat(others), FirstLook).Take(48).Where(test => test.Record == CreatorRecord.Some).ShouldBe(others);
    }

    [Fact]
    public void ASlotGoesWhereItMayTurnAVerdict()
    {
        var near = new RunningTest(new VideoId(1), new CreatorId(1), CreatorRecord.Full, Given.Now, 20, 0.2);
        var clear = new RunningTest(new VideoId(2), new CreatorId(2), CreatorRecord.Full, Given.Now, 20, 1.2);

        Pacing.UnderWay([clear, near], FirstLook, Given.Now, Rules).ShouldBe([near, clear]);
    }

    [Fact]
    public void NoTestIsOvertakenForEver()
    {
        var clear = new RunningTest(new VideoId(1), new CreatorId(1), CreatorRecord.Full, Given.Now, 20, 1.2);
        RunningTest Fresh(DateTimeOffset now) => new(new VideoId(2), new CreatorId(2), CreatorRecord.Full, now, 20, 0.1);

        Enumerable.Range(0, 30).Select(day => Given.Now.AddDays(day)).Any(now => Pacing.UnderWay([Fresh(now), clear], FirstLook, now, Rules)[0] == clear).ShouldBeTrue();
    }

    [Theory]
    [InlineData(300, 12, 30)]
    [InlineData(12, 3, 3)]
    [InlineData(60, 12, 12)]
    public void InFlight_IsATenthOfABatchOrAFirstLook(int batch, int firstLook, int most) => Rules.InFlight(batch, firstLook).ShouldBe(most);
}
