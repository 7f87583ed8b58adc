using System.Collections.Frozen;
using static Groundswell.Core.Videos.VideoStage;

namespace Groundswell.Core.Videos;

/// <summary>
/// The state machine of a video. It lists every move there is; nothing else may move a video. The only ways into a
/// servable stage lead through <see cref="VideoStage.Reviewed"/>, and the only way out of it into the test batch is the duplicate check.
/// </summary>
public static class VideoLife
{
    private static readonly FrozenSet<(VideoStage From, VideoStage To)> Moves = new[]
    {
        (Uploaded, Processed), (Uploaded, Rejected),
        (Processed, Reviewed), (Processed, HumanReview), (Processed, Rejected),
        (HumanReview, Reviewed), (HumanReview, Rejected),
        (Reviewed, Testing), (Reviewed, Held),
        (Held, HumanReview), (Rejected, HumanReview),
        (Testing, Testing), (Testing, Widening), (Testing, Open), (Testing, Paused),
        (Widening, Widening), (Widening, Open), (Widening, Paused), (Widening, Library),
        (Open, Library),
        (Paused, Reviving), (Paused, Paused),
        (Reviving, Reviving), (Reviving, Widening), (Reviving, Open), (Reviving, Paused),
        (Testing, HumanReview), (Widening, HumanReview), (Open, HumanReview), (Library, HumanReview), (Paused, HumanReview), (Reviving, HumanReview),
    }.ToFrozenSet();

    /// <summary>Whether a video may go from one stage to the other. Any stage but <see cref="Deleted"/> may end in it.</summary>
    public static bool Allows(VideoStage from, VideoStage to) => to == Deleted ? from != Deleted : Moves.Contains((from, to));
}
