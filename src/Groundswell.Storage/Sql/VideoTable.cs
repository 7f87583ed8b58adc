using System.Collections.Frozen;
using System.Text.Json;
using Groundswell.Core.Ledger;
using Groundswell.Core.Videos;
using Groundswell.Storage.GroupCommit;

namespace Groundswell.Storage.Sql;

/// <summary>Keeps where each video stands. Used by the writer only.</summary>
internal sealed class VideoTable<TSession>(WriteSession<TSession> session) where TSession : WriteSession<TSession>
{
    private static readonly FrozenDictionary<VideoStage, string> Names =
        Enum.GetValues<VideoStage>().ToFrozenDictionary(stage => stage, stage => JsonNamingPolicy.SnakeCaseLower.ConvertName(stage.ToString()));

    private static readonly FrozenDictionary<string, VideoStage> Stages = Names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    /// <exception cref="StaleMoveException">It was uploaded before.</exception>
    public void Add(VideoUploaded uploaded, long position)
    {
        var added = session.Run(
            "INSERT INTO videos (video, creator, stage, position) VALUES (?1, ?2, 'uploaded', ?3) ON CONFLICT (video) DO NOTHING",
            uploaded.Video.Value, uploaded.Creator.Value, position);
        if (added == 0) throw new StaleMoveException(uploaded.Video, null, VideoStage.Uploaded, StageOf(uploaded.Video.Value));
    }

    /// <summary>Compare and set: the row is changed only while it is at the entry's <see cref="VideoMoved.From"/>.</summary>
    /// <exception cref="StaleMoveException">It is elsewhere, or there is no such move.</exception>
    public void Move(VideoMoved moved, long position)
    {
        if (!VideoLife.Allows(moved.From, moved.To) || Set(moved, position) == 0)
            throw new StaleMoveException(moved.Video, moved.From, moved.To, StageOf(moved.Video.Value));
    }

    private int Set(VideoMoved moved, long position) => session.Run(
        """
        UPDATE videos SET
          stage = ?1,
          position = ?2,
          reviewed_position = CASE ?1 WHEN 'reviewed' THEN ?2 WHEN 'human_review' THEN NULL ELSE reviewed_position END,
          duplicate_checked_position = CASE
            WHEN ?1 = 'human_review' THEN NULL
            WHEN ?3 = 'reviewed' AND ?1 = 'testing' THEN ?2
            ELSE duplicate_checked_position END
        WHERE stage = ?3 AND video = ?4
        """,
        Names[moved.To], position, Names[moved.From], moved.Video.Value);

    private VideoStage? StageOf(long video) => session.Scalar("SELECT stage FROM videos WHERE video = ?1", video) is string name ? Stages[name] : null;
}
