using Groundswell.Core;
using Groundswell.Core.Videos;

namespace Groundswell.Storage;

/// <summary>An entry wanted to move a video that is elsewhere by now, or to go where <see cref="VideoLife"/> has no way.</summary>
public sealed class StaleMoveException : Exception
{
    /// <param name="from">Where the entry says the video is; null: not in the store yet.</param>
    /// <param name="to">Where the entry wants it.</param>
    /// <param name="actual">Where it is; null: not in the store.</param>
    public StaleMoveException(VideoId video, VideoStage? from, VideoStage to, VideoStage? actual)
        : base(Sentence(video, from, to, actual)) => (Video, From, To, Actual) = (video, from, to, actual);

    public VideoId Video { get; }
    public VideoStage? From { get; }
    public VideoStage To { get; }
    public VideoStage? Actual { get; }

    private static string Sentence(VideoId video, VideoStage? from, VideoStage to, VideoStage? actual) => (from, actual) switch
    {
        (_, null) => $"Video {video} cannot move to {to}: it is not in the store.",
        (null, _) => $"Video {video} was uploaded before: it is at {actual}.",
        _ when from == actual => $"Video {video} cannot move from {from} to {to}: there is no such move.",
        _ => $"Video {video} cannot move from {from} to {to}: it is at {actual} now.",
    };
}
