using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Lab.Simulations;

namespace Groundswell.Lab.Ablations;

/// <summary>The shipped rules with one mechanism left out, everything else as it is.</summary>
/// <param name="Mechanism">What is left out.</param>
/// <param name="Without">The rules without it.</param>
public sealed record Ablation(string Mechanism, Rules Without)
{
    /// <summary>
    /// The mechanisms of the path to an audience. A fixed batch is of the length that the sequential test takes on
    /// average, so that both spend the same.
    /// </summary>
    /// <param name="testImpressions">Impressions that a sequential test takes on average in the scenario.</param>
    public static ImmutableArray<Ablation> Of(Rules rules, int testImpressions) =>
    [
        new("stratified panel", rules with { TestBatch = rules.TestBatch with { Stratified = false } }),
        new("sequential gate", rules with
        {
            Gate = rules.Gate with { Sequential = false },
            TestBatch = rules.TestBatch with { Impressions = testImpressions, Least = Math.Min(rules.TestBatch.Least, testImpressions) },
        }),
        new("niches", rules with { Gate = rules.Gate with { NicheClusters = 0 } }),
        new("duration prior", rules with { Gate = rules.Gate with { ByDuration = false } }),
        new("authority", rules with { Authority = rules.Authority with { Enabled = false } }),
        new("revival", rules with { Revival = rules.Revival with { Most = 0 } }),
        new("slots for waves that begin", rules with { Waves = rules.Waves with { OpeningShare = 0 } }),
        new("trends", rules with { Trends = rules.Trends with { Enabled = false } }),
        new("learned ranker", rules with { Feed = rules.Feed with { Learned = false } }),
    ];
}

/// <param name="Brings">Every figure with the mechanism (second) against without it (first).</param>
public sealed record AblationResult(string Mechanism, Comparison Brings);

/// <summary>What each mechanism brings or costs viewers, novices and creators, against leaving it out, in the same worlds.</summary>
public static class AblationStudy
{
    /// <summary>The figures that say it: of viewers, of novices and creators, of discovery and its price.</summary>
    public static ImmutableArray<string> Told { get; } =
        ["points_per_session", "exit_rate", "novice_impressions", "novice_retention", "creator_retention", "top_reached", "bottom_reached", "rank_correlation", "test_impressions"];

    /// <param name="seeds">Worlds; the intervals are over their differences.</param>
    public static ImmutableArray<AblationResult> Run(
        Scenario scenario, Rules rules, int testImpressions, ulong first, int seeds, int cores, IProgress<SimulationProgress>? progress, CancellationToken cancellation)
    {
        var ablations = Ablation.Of(rules, testImpressions);
        var runs = Trials.Run(
            scenario, [("everything", rules), .. ablations.Select(ablation => ($"without {ablation.Mechanism}", ablation.Without))], first, seeds, cores, progress, cancellation);
        return [.. ablations.Select((ablation, place) => new AblationResult(ablation.Mechanism, Comparison.Of(runs[place + 1].Results, runs[0].Results)))];
    }
}
