using System.Collections.Immutable;
using Groundswell.Core.Taste;
using Groundswell.Lab.Tables;
using Groundswell.Ranking.Learning;

namespace Groundswell.Lab.RankingLogs;

/// <summary>
/// Reads KuaiRand-Pure (Gao et al., 2022): features of users and videos, exposures before the log, and logs. Names of columns
/// are the dataset's.
/// </summary>
internal sealed class KuaiRand
{
    /// <summary>Histories have no times. Fifty exposures in their seventeen days are one in eight hours.</summary>
    private static readonly TimeSpan BetweenPastExposures = TimeSpan.FromHours(8);

    private static readonly byte PastKnown = (byte)(Reaction.Bit(Outcome.Like) | Reaction.Bit(Outcome.LongView));
    private static readonly byte LogKnown = (byte)(0xFF & ~Reaction.Bit(Outcome.Exit));

    private readonly Dictionary<long, ImmutableArray<ulong>> _traits;
    private readonly Dictionary<long, VideoRow> _videos;

    /// <exception cref="InvalidDataException">A file is no such table; the message says which and where.</exception>
    public KuaiRand(string users, string videos)
    {
        _traits = Traits(users);
        _videos = Videos(videos);
    }

    /// <summary>What every user saw before the log, by time as far as it can be told.</summary>
    public List<LoggedRow> History(string path)
    {
        using var table = new Table(path, "user_id", "last_time_ms", "watch_seq", "like_seq", "long_watch_seq");
        var rows = new List<LoggedRow>();
        while (table.Next())
        {
            var (user, last) = (table.Whole(0), DateTimeOffset.FromUnixTimeMilliseconds(table.Whole(1)));
            var (watched, liked, watchedLong) = (table.Wholes(2), Counted(table.Wholes(3)), Counted(table.Wholes(4)));
            for (var i = 0; i < watched.Length; i++)
            {
                var at = last - ((watched.Length - 1 - i) * BetweenPastExposures);
                var did = Reaction.Bit(Outcome.Like, Take(liked, watched[i])) | Reaction.Bit(Outcome.LongView, Take(watchedLong, watched[i]));
                rows.Add(new LoggedRow(rows.Count, Exposure(user, watched[i], surface: 0, null, at), new Reaction((byte)did, PastKnown, PlayedSeconds: null)));
            }
        }
        return [.. rows.OrderBy(row => row.Exposure.At).ThenBy(row => row.Row)];
    }

    /// <summary>The rows of one log by time, ties as in the file.</summary>
    public List<LoggedRow> Log(string path)
    {
        using var table = new Table(path, "user_id", "video_id", "time_ms", "tab", "duration_ms", "play_time_ms", "is_forward", "is_comment", "is_like", "long_view");
        var rows = new List<LoggedRow>();
        while (table.Next())
        {
            var (durationMs, playedMs) = (table.Number(4) ?? 0, table.Number(5) ?? 0);
            var exposure = Exposure(table.Whole(0), table.Whole(1), 1 + (ulong)table.Whole(3), durationMs / 1000, DateTimeOffset.FromUnixTimeMilliseconds(table.Whole(2)));
            var did = Reaction.Bit(Outcome.Rewatch, playedMs >= 2 * durationMs) | Reaction.Bit(Outcome.Completion, playedMs >= durationMs)
                | Reaction.Bit(Outcome.Share, table.Flag(6)) | Reaction.Bit(Outcome.Comment, table.Flag(7)) | Reaction.Bit(Outcome.Like, table.Flag(8))
                | Reaction.Bit(Outcome.LongView, table.Flag(9)) | Reaction.Bit(Outcome.EarlySkip, TasteRules.Default.IsEarlySkip((int)playedMs, (int)durationMs));
            rows.Add(new LoggedRow(rows.Count, exposure, durationMs > 0 ? new Reaction((byte)did, LogKnown, playedMs / 1000) : null));
        }
        return [.. rows.OrderBy(row => row.Exposure.At).ThenBy(row => row.Row)];
    }

    private Exposure Exposure(long user, long video, ulong surface, double? seconds, DateTimeOffset at)
    {
        var of = _videos.GetValueOrDefault(video);
        return new Exposure(
            1 + (ulong)user, 1 + (ulong)video, of.Author, of.Music, of.Tag, of.Kind, surface, seconds ?? of.Seconds, of.Uploaded,
            _traits.TryGetValue(user, out var traits) ? traits : [], at);
    }

    private static Dictionary<long, ImmutableArray<ulong>> Traits(string path)
    {
        using var table = new Table(
            path, "user_id", "user_active_degree", "is_video_author", "follow_user_num_range", "fans_user_num_range", "friend_user_num_range", "register_days_range");
        var traits = new Dictionary<long, ImmutableArray<ulong>>();
        while (table.Next()) traits[table.Whole(0)] = [.. Enumerable.Range(1, 6).Select(column => Hash(table.Text(column)))];
        return traits;
    }

    private static Dictionary<long, VideoRow> Videos(string path)
    {
        using var table = new Table(path, "video_id", "author_id", "video_type", "upload_type", "upload_dt", "video_duration", "music_id", "tag");
        var videos = new Dictionary<long, VideoRow>();
        while (table.Next())
            videos[table.Whole(0)] = new VideoRow(
                Hash(table.Text(1)), Hash(table.Text(6)), Hash(table.Text(7)), Hash($"{table.Text(2)} {table.Text(3)}"), (table.Number(5) ?? 0) / 1000,
                DateTimeOffset.TryParseExact(table.Text(4), "yyyy-MM-dd", null, System.Globalization.DateTimeStyles.AssumeUniversal, out var day) ? day : null);
        return videos;
    }

    private static Dictionary<long, int> Counted(long[] ids) => ids.GroupBy(id => id).ToDictionary(same => same.Key, same => same.Count());

    private static bool Take(Dictionary<long, int> from, long id)
    {
        if (!from.TryGetValue(id, out var left) || left == 0) return false;
        from[id] = left - 1;
        return true;
    }

    /// <summary>FNV-1a of the text (Fowler, Noll and Vo); 0 for an empty one.</summary>
    private static ulong Hash(string text)
    {
        if (text.Length == 0) return 0;
        var hash = 14695981039346656037;
        foreach (var letter in text) hash = (hash ^ letter) * 1099511628211;
        return hash;
    }

    private readonly record struct VideoRow(ulong Author, ulong Music, ulong Tag, ulong Kind, double Seconds, DateTimeOffset? Uploaded);
}
