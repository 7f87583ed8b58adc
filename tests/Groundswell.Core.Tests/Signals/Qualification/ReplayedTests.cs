using Groundswell.Core.Signals;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Signals.Qualification;

public class ReplayedTests
{
    [Theory]
    [InlineData(24 * 60, false)]
    [InlineData((24 * 60) + 1, true)]
    public void Catches_ATokenThatIsUsedMoreThanADayAfterItsPage(int minutes, bool caught)
    {
        var watching = new Watching();
        watching.At = watching.ServedAt.AddMinutes(minutes);

        watching.Send(watching.Full()).Disqualified.ShouldBe(caught ? Disqualification.Replayed : null);
    }

    [Fact]
    public void Judge_GivesNothingForAViewThatHasItAlready()
    {
        var watching = new Watching();
        watching.Send(watching.Full());

        for (var time = 0; time < 5; time++) watching.Send(watching.Full()).Disqualified.ShouldBe(Disqualification.Redundant);
        watching.Video.Evidence.Totals.ShouldBe(new(1, 1, 18, 324, 5832));
    }
}
