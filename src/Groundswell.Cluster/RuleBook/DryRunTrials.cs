using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Catalogue;

namespace Groundswell.Cluster.RuleBook;

/// <summary>The trials of a dry run, each with its real verdict and the tried one.</summary>
internal sealed class DryRunTrials
{
    private readonly Dictionary<Key, Pair> _pairs = [];

    public void Real(VideoState video, DryRunVerdict verdict) => At(video, pair => pair.Real is null).Real = verdict;

    public void Tried(VideoState video, DryRunVerdict verdict) => At(video, pair => pair.Tried is null).Tried = verdict;

    /// <summary>Every trial, by when its first verdict came, and the sums.</summary>
    public (ImmutableArray<DryRunTrial> Trials, DryRunTotals Totals) Compare(LiveCatalogue real, LiveCatalogue tried)
    {
        ImmutableArray<DryRunTrial> trials =
        [
            .. _pairs.Select(one => Trial(one.Key, one.Value)).OrderBy(trial => First(trial)).ThenBy(trial => trial.Video.Value).ThenBy(trial => trial.Trial, StringComparer.Ordinal),
        ];
        var tests = trials.Where(trial => trial.Trial.StartsWith(TestBatch, StringComparison.Ordinal)).ToArray();
        var totals = new DryRunTotals(
            trials.Length, Count(DryRunOutcome.Same), Count(DryRunOutcome.Earlier), Count(DryRunOutcome.Later), Count(DryRunOutcome.WidensInstead),
            Count(DryRunOutcome.PausesInstead), Count(DryRunOutcome.NoVerdictYet), Count(DryRunOutcome.NewVerdict),
            trials.Sum(trial => trial.SavedImpressions ?? 0),
            tests.Sum(trial => trial.Real?.Impressions ?? (long)Shown(real, trial.Video)), tests.Sum(trial => trial.Tried?.Impressions ?? (long)Shown(tried, trial.Video)));
        return (trials, totals);

        int Count(DryRunOutcome outcome) => trials.Count(trial => trial.Outcome == outcome);
    }

    private const string TestBatch = "test_batch";

    private Pair At(VideoState video, Func<Pair, bool> isFree)
    {
        var key = new Key(video.Id, video.Stage, video.Niche is not null, video.Wave, video.Revivals, 1);
        while (_pairs.TryGetValue(key, out var pair) && !isFree(pair)) key = key with { Time = key.Time + 1 };
        if (!_pairs.ContainsKey(key)) _pairs[key] = new Pair(video.Caption);
        return _pairs[key];
    }

    private static DryRunTrial Trial(Key key, Pair pair)
    {
        var outcome = Outcome(pair.Real, pair.Tried);
        var saved = outcome is DryRunOutcome.Same or DryRunOutcome.Earlier or DryRunOutcome.Later ? pair.Real?.Impressions - pair.Tried?.Impressions : null;
        return new DryRunTrial(key.Video, pair.Caption, key.Name, pair.Real, pair.Tried, outcome, saved);
    }

    private static DryRunOutcome Outcome(DryRunVerdict? real, DryRunVerdict? tried)
    {
        if (real is null) return DryRunOutcome.NewVerdict;
        if (tried is null) return DryRunOutcome.NoVerdictYet;
        if (real.Widens != tried.Widens) return tried.Widens ? DryRunOutcome.WidensInstead : DryRunOutcome.PausesInstead;
        if (real.Impressions != tried.Impressions) return tried.Impressions < real.Impressions ? DryRunOutcome.Earlier : DryRunOutcome.Later;
        return real.At == tried.At ? DryRunOutcome.Same : tried.At < real.At ? DryRunOutcome.Earlier : DryRunOutcome.Later;
    }

    private static DateTimeOffset First(DryRunTrial trial) =>
        trial is { Real: { } real, Tried: { } tried } ? real.At < tried.At ? real.At : tried.At : (trial.Real ?? trial.Tried)?.At ?? default;

    private static int Shown(LiveCatalogue catalogue, VideoId video) => catalogue.Video(video)?.OnTrial.Impressions ?? 0;

    /// <param name="Niche">Among a few clusters of taste only.</param>
    /// <param name="Time">The first, second … such trial of the video within the time that is looked at.</param>
    private sealed record Key(VideoId Video, VideoStage Stage, bool Niche, int Wave, int Revivals, int Time)
    {
        public string Name => Stage switch
        {
            VideoStage.Reviving => $"revival {Revivals}",
            VideoStage.Widening => $"wave {Wave}",
            _ => TestBatch,
        } + (Niche ? ", niche" : "") + (Time > 1 ? $", again {Time}" : "");
    }

    private sealed class Pair(string caption)
    {
        public string Caption { get; } = caption;
        public DryRunVerdict? Real { get; set; }
        public DryRunVerdict? Tried { get; set; }
    }
}
