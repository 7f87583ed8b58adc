using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Creators;
using Groundswell.Core.Chances;
using Groundswell.Core.Signals;

namespace Groundswell.Lab.TestBatches;

/// <summary>A way to find the best uploads with so many impressions for each on average.</summary>
/// <param name="Find">From panels that nobody has been asked of, a mean budget and the share that is wanted, to the uploads found.</param>
public sealed record TestPolicy(string Name, Func<ImmutableArray<Panel>, int, double, Chance, IReadOnlyList<Panel>> Find)
{
    /// <summary>Every upload is shown to the same number of viewers, the best plain means win.</summary>
    public static TestPolicy FixedBatch { get; } = new("fixed batch", (panels, budget, share, chance) =>
    {
        foreach (var panel in panels) panel.Ask(budget);
        return Best(panels, Wanted(panels.Length, share), chance);
    });

    /// <summary>
    /// Sequential halving (Karnin, Koren and Somekh, 2013) for the best share instead of the best one: rounds of equal cost, the
    /// worse half by plain mean leaves after each, down to the number wanted.
    /// </summary>
    public static TestPolicy SequentialHalving { get; } = new("sequential halving", (panels, budget, share, chance) =>
    {
        var wanted = Wanted(panels.Length, share);
        var sizes = new List<int>();
        for (var size = panels.Length; size > wanted; size = Math.Max(wanted, (size + 1) / 2)) sizes.Add(size);
        var left = panels.ToList();
        foreach (var size in sizes)
        {
            foreach (var panel in left) panel.Ask(budget * panels.Length / sizes.Count / size);
            left = Best(left, Math.Max(wanted, (size + 1) / 2), chance);
        }
        return left;
    });

    /// <summary>
    /// The engine's: its gate at the quantile that is asked for, its prior fitted on the uploads under test, its pacing, which
    /// gives a slot to whoever has had no first look, then to where it may turn a verdict, never beyond twice the batch.
    /// Most tests end well before their batch, so the batch may be twice what there is on average. Slots go on to be given out
    /// after all tests are clear, as the first wave does: what stands above the gate at the end is found.
    /// </summary>
    public static TestPolicy Engine(Rules rules) => new("engine", (panels, budget, share, _) => EngineTest.Run(panels, budget, share, rules, stopsWhenClear: false));

    /// <summary>The same, but every test ends for good as soon as its gate is clear: fewer impressions.</summary>
    public static TestPolicy EngineStopping(Rules rules) => new("engine, stopping", (panels, budget, share, _) => EngineTest.Run(panels, budget, share, rules, stopsWhenClear: true));

    internal static int Wanted(int uploads, double share) => Math.Max(1, (int)Math.Round(uploads * share));

    /// <summary>Highest plain means first; ties by lot.</summary>
    private static List<Panel> Best(IEnumerable<Panel> panels, int count, Chance chance) =>
        [.. panels.OrderByDescending(panel => panel.Seen.MeanPoints).ThenBy(panel => chance.For("ties").For(panel.Upload.Video).Bits()).Take(count)];
}

/// <summary>One test of many uploads at once by the engine's rules.</summary>
internal static class EngineTest
{
    private const DurationBucket Bucket = DurationBucket.Under15s;

    /// <summary>Slots that are given out before scores are looked at again, as a share of the uploads.</summary>
    private const int Looks = 20;

    public static IReadOnlyList<Panel> Run(ImmutableArray<Panel> panels, int budget, double share, Rules rules, bool stopsWhenClear)
    {
        var gate = rules.Gate with { Quantile = 1 - share, Absolute = null };
        var batch = 2 * budget;
        var firstLook = Math.Min(budget, gate.FirstLook(batch));
        var decided = new Dictionary<Panel, GateDecision>();
        for (var left = budget * panels.Length; left > 0;)
        {
            var fit = Fit(panels, gate, rules.Points);
            var running = new List<RunningTest>();
            foreach (var (place, panel) in panels.Index())
            {
                if (panel.IsExhausted || panel.Seen.Impressions >= 2 * batch || decided.ContainsKey(panel)) continue;
                var verdict = Judge(panel, fit, batch, gate);
                if (stopsWhenClear && verdict.Decision != GateDecision.Continue) decided[panel] = verdict.Decision;
                else running.Add(new RunningTest(new VideoId(place), new CreatorId(place), CreatorRecord.None, default, panel.Seen.Views, verdict.Score.Distance(verdict.Gate)));
            }
            var firsts = Pacing.FirstLooks(running, firstLook);
            var next = firsts.Count > 0 ? firsts : Pacing.UnderWay(running, firstLook, default, rules.Pacing);
            if (next.Count == 0) break;
            foreach (var test in next.Take(Math.Min(left, Math.Max(1, panels.Length / Looks))))
            {
                panels[(int)test.Video.Value].Ask(1);
                left--;
            }
        }
        var last = Fit(panels, gate, rules.Points);
        return [.. panels.Where(panel => decided.TryGetValue(panel, out var decision) ? decision == GateDecision.Widen : StandsAbove(Judge(panel, last, batch, gate)))];
    }

    private static bool StandsAbove(GateVerdict verdict) => verdict.Score.Mean > verdict.Gate;

    private static GateVerdict Judge(Panel panel, PeerFit fit, int batch, GateRules gate) => Gate.Judge(panel.Seen, fit.Prior, fit.Gate, batch, panel.Audience, gate);

    private static PeerFit Fit(ImmutableArray<Panel> panels, GateRules gate, PointRules points) => PeerFit.Of(
        Bucket, panels.Select((panel, place) => new PeerScore(new VideoId(place), Bucket, null, panel.Seen, panel.Audience)), gate, points);
}
