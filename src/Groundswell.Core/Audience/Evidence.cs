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
public readonly record struct EvidenceTotals(int Impressions, int Views, double Points, double SquaredPoints)
{
    [JsonIgnore] public double MeanPoints => Views == 0 ? 0 : Points / Views;

    public static EvidenceTotals operator -(EvidenceTotals left, EvidenceTotals right) => new(
        left.Impressions - right.Impressions, left.Views - right.Views, left.Points - right.Points, left.SquaredPoints - right.SquaredPoints);

    public static EvidenceTotals operator +(EvidenceTotals left, EvidenceTotals right) => new(
        left.Impressions + right.Impressions, left.Views + right.Views, left.Points + right.Points, left.SquaredPoints + right.SquaredPoints);

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
            SquaredPoints + (after * after) - (before * before));
    }
}

/// <summary>
/// What has been observed of one video. Only qualified signals move it, and each by the difference they made in one
/// viewer's <see cref="View"/>, so that nothing is counted twice; disqualified signals are only counted by reason.
/// </summary>
public sealed record Evidence(
    EvidenceTotals Totals,
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
        default, default, 0, 0, 0, 0, 0, 0, 0,
        ImmutableSortedDictionary<int, EvidenceTotals>.Empty, ImmutableSortedDictionary<Disqualification, int>.Empty);

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
        return signal.Change is { } change ? next.FoldView(signal, change) : next;
    }

    private Evidence FoldView(SignalRecorded signal, ViewChange change)
    {
        var before = change.Before;
        var after = change.After;
        var countedBefore = change.ResolvedNow || before is null ? Signals.Actions.None : before.Actions;
        var cohort = after.Cohort;
        return this with
        {
            Totals = Totals.Fold(signal),
            Actions = after.Resolved ? Actions.Add(countedBefore, after.Actions) : Actions,
            EarlySkips = EarlySkips + (after.EarlySkip ? 1 : 0) - (before is { EarlySkip: true } ? 1 : 0),
            Exits = Exits + (after.Exited && before is not { Exited: true } ? 1 : 0),
            NotInterested = NotInterested + (after.NotInterested && before is not { NotInterested: true } ? 1 : 0),
            Reports = Reports + (after.Reported && before is not { Reported: true } ? 1 : 0),
            FollowerViews = FollowerViews + (change.FirstImpression && signal.Slot is { FollowsCreator: true } ? 1 : 0),
            PlayedMs = PlayedMs + after.TotalMs - (before?.TotalMs ?? 0),
            Cohorts = Cohorts.SetItem(cohort, Cohorts.GetValueOrDefault(cohort).Fold(signal)),
        };
    }
}
