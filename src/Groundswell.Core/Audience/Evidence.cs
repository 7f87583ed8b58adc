using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;

namespace Groundswell.Core.Audience;

/// <summary>Sums over resolved, qualified views: all that a score needs.</summary>
/// <param name="Impressions">Viewers to whom the video was really shown; what a batch budget is counted in.</param>
/// <param name="Views">Viewers whose play has ended; what a score is averaged over.</param>
/// <param name="Points">Σ points over views.</param>
/// <param name="SquaredPoints">Σ points² over views.</param>
/// <param name="CubedPoints">Σ points³ over views: how lopsided the points are, which decides while views are few.</param>
public readonly record struct EvidenceTotals(int Impressions, int Views, double Points, double SquaredPoints, double CubedPoints)
{
    [JsonIgnore] public double MeanPoints => Views == 0 ? 0 : Points / Views;

    public static EvidenceTotals operator -(EvidenceTotals left, EvidenceTotals right) => new(
        left.Impressions - right.Impressions, left.Views - right.Views, left.Points - right.Points,
        left.SquaredPoints - right.SquaredPoints, left.CubedPoints - right.CubedPoints);

    public static EvidenceTotals operator +(EvidenceTotals left, EvidenceTotals right) => new(
        left.Impressions + right.Impressions, left.Views + right.Views, left.Points + right.Points,
        left.SquaredPoints + right.SquaredPoints, left.CubedPoints + right.CubedPoints);

    public EvidenceTotals Fold(SignalRecorded signal)
    {
        if (signal is not { Disqualified: null, Change: { } change }) return this;
        var impressions = Impressions + (change.FirstImpression ? 1 : 0);
        if (!change.After.Resolved) return this with { Impressions = impressions };
        var before = change.ResolvedNow ? 0 : signal.PointsBefore;
        var after = signal.PointsAfter;
        return new EvidenceTotals(
            impressions,
            Views + (change.ResolvedNow ? 1 : 0),
            Points + after - before,
            SquaredPoints + (after * after) - (before * before),
            CubedPoints + (after * after * after) - (before * before * before));
    }
}

/// <summary>
/// What has been observed of one video. Only qualified signals move it, and each by the difference they made in one
/// viewer's <see cref="View"/>, so that nothing is counted twice; disqualified signals are only counted by reason.
/// </summary>
/// <param name="Totals">Every qualified view, however it came about: what the video has reached.</param>
/// <param name="Trial">Only views from slots that the engine gave the video to find out about it, or to widen it (<see cref="View.OnTrial"/>): what gates look at. A view by a shared link or from the Following tab is the viewer's own choice and says nothing of an audience that was drawn.</param>
/// <param name="FollowerViews">Impressions on trial of viewers who follow the creator.</param>
public sealed record Evidence(
    EvidenceTotals Totals,
    EvidenceTotals Trial,
    ActionCounts Actions,
    int EarlySkips,
    int Exits,
    int NotInterested,
    int Follows,
    int FollowerViews,
    int Reports,
    long PlayedMs,
    ImmutableSortedDictionary<int, EvidenceTotals> Cohorts,
    ImmutableSortedDictionary<Disqualification, int> Disqualified)
{
    public static Evidence None { get; } = new(
        default, default, default, 0, 0, 0, 0, 0, 0, 0,
        ImmutableSortedDictionary<int, EvidenceTotals>.Empty, ImmutableSortedDictionary<Disqualification, int>.Empty);

    /// <summary>What came of the slots that an operator gave it; null when there were none.</summary>
    public BoostedViews? Boosted { get; init; }

    public Evidence Fold(SignalRecorded signal)
    {
        if (signal.Disqualified is { } reason)
            return this with { Disqualified = Disqualified.SetItem(reason, Disqualified.GetValueOrDefault(reason) + 1) };
        var next = signal.Type switch
        {
            SignalType.Follow => this with { Follows = Follows + 1 },
            SignalType.Unfollow => this with { Follows = Follows - 1 },
            _ => this,
        };
        if (signal.Change is not { } change) return next;
        return change.After.Boosted ? next.FoldBoosted(signal, change) : next.FoldView(signal, change);
    }

    /// <summary>What promotion brought, apart: neither the score nor a budget nor what the ranker believes is moved by it. Reports count whatever brought the viewer.</summary>
    private Evidence FoldBoosted(SignalRecorded signal, ViewChange change) => this with
    {
        Boosted = (Boosted ?? BoostedViews.None).Fold(signal, change),
        Reports = Reports + (change.After.Reported && change.Before is not { Reported: true } ? 1 : 0),
        PlayedMs = PlayedMs + change.After.TotalMs - (change.Before?.TotalMs ?? 0),
    };

    private Evidence FoldView(SignalRecorded signal, ViewChange change)
    {
        var before = change.Before;
        var after = change.After;
        var countedBefore = change.ResolvedNow || before is null ? Signals.Actions.None : before.Actions;
        var cohort = after.Cohort;
        return this with
        {
            Totals = Totals.Fold(signal),
            Trial = after.OnTrial ? Trial.Fold(signal) : Trial,
            Actions = after.Resolved ? Actions.Add(countedBefore, after.Actions) : Actions,
            EarlySkips = EarlySkips + (after.EarlySkip ? 1 : 0) - (before is { EarlySkip: true } ? 1 : 0),
            Exits = Exits + (after.Exited && before is not { Exited: true } ? 1 : 0),
            NotInterested = NotInterested + (after.NotInterested && before is not { NotInterested: true } ? 1 : 0),
            Reports = Reports + (after.Reported && before is not { Reported: true } ? 1 : 0),
            FollowerViews = FollowerViews + (change.FirstImpression && after.OnTrial && signal.Slot is { FollowsCreator: true } ? 1 : 0),
            PlayedMs = PlayedMs + after.TotalMs - (before?.TotalMs ?? 0),
            Cohorts = Cohorts.SetItem(cohort, Cohorts.GetValueOrDefault(cohort).Fold(signal)),
        };
    }
}

/// <summary>Views that an operator's boost brought: shown as views, but no evidence for a gate.</summary>
public sealed record BoostedViews(EvidenceTotals Totals, ActionCounts Actions)
{
    public static BoostedViews None { get; } = new(default, default);

    internal BoostedViews Fold(SignalRecorded signal, ViewChange change) => new(
        Totals.Fold(signal),
        change.After.Resolved ? Actions.Add(change.ResolvedNow || change.Before is null ? Signals.Actions.None : change.Before.Actions, change.After.Actions) : Actions);
}
