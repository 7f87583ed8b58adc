using System.Collections.Frozen;
using System.Text.Json;
using Groundswell.Core.Ledger;
using Groundswell.Core.Videos;

namespace Groundswell.Storage.Sqlite;

/// <summary>Keeps where each video stands. Used by the writer only.</summary>
internal sealed class VideoTable(Statements statements)
{
    private static readonly FrozenDictionary<VideoStage, string> Names =
        Enum.GetValues<VideoStage>().ToFrozenDictionary(stage => stage, stage => JsonNamingPolicy.SnakeCaseLower.ConvertName(stage.ToString()));

    private static readonly FrozenDictionary<string, VideoStage> Stages = Names.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    private readonly Statement _add = statements.Prepared(
        "INSERT INTO videos (video, creator, stage, position) VALUES (?1, ?2, 'uploaded', ?3) ON CONFLICT (video) DO NOTHING");

    private readonly Statement _move = statements.Prepared(
        """
        UPDATE videos SET
          stage = ?3,
          position = ?4,
          reviewed_position = CASE ?3 WHEN 'reviewed' THEN ?4 WHEN 'human_review' THEN NULL ELSE reviewed_position END,
          duplicate_checked_position = CASE
            WHEN ?3 = 'human_review' THEN NULL
            WHEN ?2 = 'reviewed' AND ?3 = 'testing' THEN ?4
            ELSE duplicate_checked_position END
        WHERE video = ?1 AND stage = ?2
        """);

    private readonly Statement _stage = statements.Prepared("SELECT stage FROM videos WHERE video = ?1");

    /// <exception cref="StaleMoveException">It was uploaded before.</exception>
    public void Add(VideoUploaded uploaded, long position)
    {
        if (_add.Run(uploaded.Video.Value, uploaded.Creator.Value, position) == 0)
            throw new StaleMoveException(uploaded.Video, null, VideoStage.Uploaded, StageOf(uploaded.Video.Value));
    }

    /// <summary>Compare and set: the row is changed only while it is at the entry's <see cref="VideoMoved.From"/>.</summary>
    /// <exception cref="StaleMoveException">It is elsewhere, or there is no such move.</exception>
    public void Move(VideoMoved moved, long position)
    {
        if (!VideoLife.Allows(moved.From, moved.To) || _move.Run(moved.Video.Value, Names[moved.From], Names[moved.To], position) == 0)
            throw new StaleMoveException(moved.Video, moved.From, moved.To, StageOf(moved.Video.Value));
    }

    private VideoStage? StageOf(long video) => _stage.Scalar(video) is string name ? Stages[name] : null;
}
