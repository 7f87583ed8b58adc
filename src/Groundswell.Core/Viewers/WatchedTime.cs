using System.Text.Json.Serialization;

namespace Groundswell.Core.Viewers;

/// <summary>A stretch of real time in which a viewer watched a video.</summary>
public readonly record struct WatchedSpan(VideoId Video, DateTimeOffset From, DateTimeOffset To);

/// <summary>
/// When a viewer was watching what, in event time, as far back as <see cref="Most"/> stretches: whoever watches two videos
/// in the same seconds is not one person before one screen.
/// </summary>
public sealed class WatchedTime
{
    private const int Most = 24;
    private static readonly TimeSpan Touching = TimeSpan.FromSeconds(1);

    [JsonInclude] public List<WatchedSpan> Spans { get; private set; } = [];

    /// <summary>How long a video would have played beside others, with one more stretch of it that ends at <paramref name="at"/>.</summary>
    public TimeSpan Beside(VideoId video, DateTimeOffset at, TimeSpan played)
    {
        var beside = Beside(video, at - played, at);
        foreach (var mine in Spans)
            if (mine.Video == video) beside += Beside(video, mine.From, mine.To);
        return beside;
    }

    public void Add(VideoId video, DateTimeOffset at, TimeSpan played)
    {
        var from = at - played;
        for (var i = Spans.Count - 1; i >= 0; i--)
        {
            var span = Spans[i];
            if (span.Video != video || from > span.To + Touching || at < span.From - Touching) continue;
            Spans[i] = new WatchedSpan(video, from < span.From ? from : span.From, at > span.To ? at : span.To);
            return;
        }
        if (Spans.Count == Most) Spans.RemoveAt(0);
        Spans.Add(new WatchedSpan(video, from, at));
    }

    private TimeSpan Beside(VideoId video, DateTimeOffset from, DateTimeOffset to)
    {
        var beside = TimeSpan.Zero;
        foreach (var other in Spans)
            if (other.Video != video) beside += Common(from, to, other);
        return beside;
    }

    private static TimeSpan Common(DateTimeOffset from, DateTimeOffset to, WatchedSpan other)
    {
        var (begin, end) = (from > other.From ? from : other.From, to < other.To ? to : other.To);
        return end > begin ? end - begin : TimeSpan.Zero;
    }
}
