using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Storage;

namespace Groundswell.Cluster.Retention;

/// <summary>
/// How long entries are kept that count nothing any more once they are folded: what was served, shown, begun and under way.
/// Null keeps them for ever. Nothing else has an end here: people's acts and the ends of plays are what a journey is drawn
/// from, a journal is a video's own, and a comment is found by its entry when it is taken back.
/// </summary>
/// <remarks>
/// Ninety days: far beyond the seven that an event id must be known and the half-lives of taste (7 days) and waves (3), so no
/// decision looks at them any more, and a quarter of a year for whoever evaluates the feed from its log.
/// </remarks>
public sealed record RetentionRules
{
    public static readonly TimeSpan Least = Deletion.EventIdsKnownFor;
    public static readonly TimeSpan Most = TimeSpan.FromDays(36_500);
    private static readonly TimeSpan Usual = TimeSpan.FromDays(90);

    public static RetentionRules Default { get; } = new();

    /// <summary>
    /// Whether a server compacts by itself. Off: what is gone cannot be folded into anything that is invented later, so an
    /// engine deletes only when it is told to.
    /// </summary>
    public bool Daily { get; init; }

    /// <summary>
    /// The hour of the engine's day, UTC, in which a server compacts, 0 to 23. At 3 most of Europe sleeps; an operator
    /// elsewhere knows their own.
    /// </summary>
    public int QuietHour { get; init; } = 3;

    public TimeSpan? Heartbeats { get; init; } = Usual;
    public TimeSpan? PlayStarts { get; init; } = Usual;
    public TimeSpan? Impressions { get; init; } = Usual;
    public TimeSpan? PagesServed { get; init; } = Usual;

    /// <summary>Daily, and all four kinds for the same time.</summary>
    public static RetentionRules DailyAfter(TimeSpan kept) => KeepingFor(kept) with { Daily = true };

    public static RetentionRules KeepingFor(TimeSpan kept) => new() { Heartbeats = kept, PlayStarts = kept, Impressions = kept, PagesServed = kept };

    /// <exception cref="ArgumentException">A value outside its range.</exception>
    public RetentionRules Checked()
    {
        if (QuietHour is < 0 or > 23) throw new ArgumentException($"The quiet hour is {QuietHour}, but must be from 0 to 23.");
        foreach (var (kind, kept) in Ends())
            if (kept < Least || kept > Most)
                throw new ArgumentException($"{kind} entries are kept for {kept.TotalDays} days, but must be for {Least.TotalDays} to {Most.TotalDays}.");
        return this;
    }

    /// <summary>Whether it is the quiet hour of a day on which nothing was compacted yet.</summary>
    public bool IsDue(DateTimeOffset now, DateTimeOffset? last) =>
        Daily && now.UtcDateTime.Hour == QuietHour && last?.UtcDateTime.Date != now.UtcDateTime.Date;

    /// <summary>The kinds that end, with how long they are kept.</summary>
    internal IEnumerable<(EntryKind Kind, TimeSpan Kept)> Ends()
    {
        if (Heartbeats is { } heartbeats) yield return (EntryKind.Of(SignalType.Heartbeat), heartbeats);
        if (PlayStarts is { } playStarts) yield return (EntryKind.Of(SignalType.PlayStart), playStarts);
        if (Impressions is { } impressions) yield return (EntryKind.Of(SignalType.Impression), impressions);
        if (PagesServed is { } pagesServed) yield return (EntryKind.Of<PageServed>(), pagesServed);
    }
}
