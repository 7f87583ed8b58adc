using Groundswell.Core.Signals;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Signals.Qualification;

public class RedundantTests
{
    [Fact]
    public void Catches_ALateWordOnFollowingThatALaterOneHasOvertaken()
    {
        var watching = new Watching();
        var follow = watching.Signal(SignalType.Follow);
        watching.At = watching.At.AddMinutes(1);
        watching.Send(SignalType.Unfollow);

        watching.Send(follow).Disqualified.ShouldBe(Disqualification.Redundant);
        watching.Viewer.Follows.ShouldBeEmpty();
    }

    [Fact]
    public void Catches_MoreCommentsThanOneViewerMayHave()
    {
        var watching = new Watching();
        for (var number = 0; number < Core.Viewers.CommentLog.Most; number++) watching.Send(watching.Signal(SignalType.Comment) with { Text = "so" }).Disqualified.ShouldBeNull();

        watching.Send(watching.Signal(SignalType.Comment) with { Text = "so" }).Disqualified.ShouldBe(Disqualification.Redundant);
    }
}
