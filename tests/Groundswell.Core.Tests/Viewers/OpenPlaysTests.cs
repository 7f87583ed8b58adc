using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Tests.Fixtures;
using Groundswell.Core.Viewers;

namespace Groundswell.Core.Tests.Viewers;

public class OpenPlaysTests
{
    [Fact]
    public void Fold_ForgetsTheLongestSilentBeyondItsBound()
    {
        var plays = new OpenPlays();
        plays.Fold([.. Enumerable.Range(1, OpenPlays.Most + 1).Select(viewer => new Recorded(viewer, Heartbeat(viewer)))]);

        plays.Plays.Count.ShouldBeInRange(OpenPlays.Most / 2, OpenPlays.Most);
        plays.Plays.Keys.ShouldNotContain(Given.Viewer(1));
        plays.Plays.Keys.ShouldContain(Given.Viewer(OpenPlays.Most + 1));
    }

    /// <summary>Each viewer a millisecond after the one before.</summary>
    private static SignalRecorded Heartbeat(int viewer)
    {
        var at = Given.Now.AddMilliseconds(viewer);
        var view = new View(at, Actions.None, false, 0, 0, 0, false, false);
        return new SignalRecorded(
            at, $"{viewer}", SignalType.Heartbeat, at, Given.Viewer(viewer), Given.Clip, Given.Creator, null, new PlayReport(500, 500, 500, 0, null), null, false, null,
            new ViewChange(view, view with { PlayedMs = 500, TotalMs = 500 }), 0, 0, null);
    }
}
