using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Core.Experiments;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Statistics;
using Groundswell.Lab.OffPolicy;
using Groundswell.Lab.Simulations;
using Groundswell.Lab.Simulations.Audience;
using Groundswell.Lab.Simulations.World;
using Groundswell.Ranking.Catalogue;
using Groundswell.Ranking.Feed;
using Groundswell.Ranking.Learning;

namespace Groundswell.Lab.Tests.OffPolicy;

/// <summary>
/// A world that has been lived: its ledger, and for every random slot that met its viewer what each video would have earned
/// there on the mean, at that moment of that session.
/// </summary>
internal sealed class KnownWorld
{
    private readonly Dictionary<RequestId, Dictionary<VideoId, double>> _truths = [];
    private readonly List<Recorded> _ledger = [];

    public KnownWorld(Scenario scenario, Rules rules, ulong seed)
    {
        Rules = rules;
        var world = new SimulatedWorld(scenario, rules, seed, cores: 1);
        world.Gauge.Entered = entry => _ledger.Add(new Recorded(_ledger.Count + 1, entry));
        world.Gauge.Begun = (person, sitting, now) =>
        {
            var slot = sitting.Page[sitting.Place].Slot;
            if (slot.Source != SlotSource.Random) return;
            _truths[slot.Request] = world.Gauge.Tracks.ToDictionary(
                track => track.Video.Id, track => Watching.ExpectedPoints(person, track.Video, Habits.Appeal(person, track.Video, sitting, now), rules.Points));
        };
        world.Live(null, CancellationToken.None);
    }

    public Rules Rules { get; }
    public IReadOnlyList<Recorded> Ledger => _ledger;

    public LedgerDecisions Reading(ImmutableArray<BestOfPool> policies, int most = 1000) => Reading(policies, most, LedgerDecisions.ByModel);

    /// <summary>A reading whose reward model is the truth: what it expects of a policy is the policy's value. Nothing is known of slots that met nobody.</summary>
    public LedgerDecisions Truth(ImmutableArray<BestOfPool> policies, int most = 1000) => Reading(policies, most, (context, look) =>
        new(_truths.TryGetValue(context.Request.Id, out var truths) ? truths[look.Candidate.Video.Id] : 0, 0, 0, 0));

    private LedgerDecisions Reading(ImmutableArray<BestOfPool> policies, int most, Func<FeedContext, Look, ViewOutcome> expects) => new(
        new LedgerStart(new LiveCatalogue(Rules, Taxonomy.Default.Count, learns: ModelSize.Served), new AudienceStatistics(), new ExperimentBoard(), _ => null),
        policies, most, new Chance(0), expects);
}
