using Groundswell.Core.Signals;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Signals.Qualification;

public class ImpossibleSpeedTests
{
    [Theory]
    [InlineData(10_000, 8, false)]
    [InlineData(10_001, 8, true)]
    [InlineData(2_000, 0, false)]
    [InlineData(2_001, 0, true)]
    public void Catches_MoreThanTheClockAllows(int playedMs, int secondsSinceServed, bool caught)
    {
        var watching = new Watching();
        watching.At = watching.ServedAt.AddSeconds(secondsSinceServed);

        watching.Plays(playedMs).Disqualified.ShouldBe(caught ? Disqualification.ImpossibleSpeed : null);
    }

    [Fact]
    public void Catches_AUnionPutTogetherFromManyHastyReports()
    {
        var watching = new Watching();
        watching.At = watching.ServedAt.AddSeconds(3);
        for (var second = 0; second < 5; second++) watching.Ranges(end: null, (second * 1_000, (second + 1) * 1_000)).Disqualified.ShouldBeNull();

        watching.Ranges(end: null, (5_000, 6_000)).Disqualified.ShouldBe(Disqualification.ImpossibleSpeed);
        watching.View!.PlayedMs.ShouldBe(5_000);
    }

    [Fact]
    public void Catches_NoUnionThatTwoSlotsHadTimeFor()
    {
        var watching = new Watching();
        watching.At = watching.ServedAt.AddSeconds(6);
        watching.Ranges(EndReason.Swipe, (0, 6_000));
        watching.ServedAt = watching.ServedAt.AddMinutes(30);
        watching.At = watching.ServedAt.AddSeconds(4);

        watching.Ranges(EndReason.Swipe, (6_000, 10_000)).Disqualified.ShouldBeNull();
        watching.View!.Actions.ShouldBe(Actions.Completion);
    }
}
