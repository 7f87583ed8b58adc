using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Core.Videos;

namespace Groundswell.Cluster.Videos;

/// <summary>One video: the only place from which it is moved.</summary>
[Alias("video")]
public interface IVideoGrain : IGrainWithIntegerKey
{
    [Alias("upload")]
    Task Upload(VideoUploaded uploaded);

    /// <summary>Records what probing and analysis found, and moves the video on.</summary>
    [Alias("processed")]
    Task Processed(MediaFacts media, ContentAnalysis analysis);

    /// <summary>Moves the video if it still is where the caller believes it is.</summary>
    /// <returns>Where it stands now: <paramref name="to"/>, or elsewhere when somebody was first.</returns>
    [Alias("move")]
    Task<VideoStage> Move(VideoStage from, VideoStage to, Reason reason, string by);

    /// <summary>Says whether the video is for adults only; feeds keep to it when this returns.</summary>
    [Alias("mark_age")]
    Task MarkAge(bool adultsOnly, string? note, string by);

    /// <summary>Lets the rules decide whether it is time for the next step.</summary>
    /// <returns>Whether it moved.</returns>
    [Alias("judge")]
    Task<bool> Judge();
}
