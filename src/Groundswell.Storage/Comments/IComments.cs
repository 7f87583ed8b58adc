using Groundswell.Core;

namespace Groundswell.Storage;

/// <summary>The comments under videos: those the ledger qualified, written with their signal.</summary>
public interface IComments
{
    /// <summary>A video's comments, the newest first.</summary>
    IReadOnlyList<StoredComment> Newest(VideoId video, int most);
}

/// <param name="Position">The signal's place in the ledger.</param>
/// <param name="At">When it was received.</param>
public sealed record StoredComment(long Position, ViewerId Viewer, string Text, DateTimeOffset At);
