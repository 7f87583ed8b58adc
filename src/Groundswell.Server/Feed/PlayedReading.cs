using System.Collections.Immutable;
using Groundswell.Core.Signals;

namespace Groundswell.Server.Feed;

/// <summary>Reads the played ranges of an event, [from_ms, to_ms] each.</summary>
internal static class PlayedReading
{
    private const long LongestMs = 24 * 3600 * 1000L;

    /// <summary>What is wrong with them, as a sentence; null when nothing is.</summary>
    public static string? Wrong(ImmutableArray<ImmutableArray<long>>? ranges)
    {
        if (ranges is not { } list) return null;
        if (list.Length > PlayedRanges.Most) return $"It may hold at most {PlayedRanges.Most} ranges.";
        foreach (var range in list)
        {
            if (range.IsDefault || range.Length != 2) return "Each range is [from_ms, to_ms].";
            if (range[0] < 0 || range[1] < range[0] || range[1] > LongestMs) return "A range must be from 0 to a day, and not run backward.";
        }
        return null;
    }

    /// <summary>Their union; where they end beyond the video is for the judge to see, who knows how long it is.</summary>
    public static PlayedRanges? Of(ImmutableArray<ImmutableArray<long>>? ranges) =>
        ranges is { } list ? PlayedRanges.Of([.. list.Select(range => new PlayedRange((int)range[0], (int)range[1]))], (int)LongestMs) : null;
}
