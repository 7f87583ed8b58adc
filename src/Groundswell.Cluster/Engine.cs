using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Chances;
using Groundswell.Core.Experiments;
using Groundswell.Core.Genres;
using Groundswell.Core.Statistics;
using Groundswell.Core.Videos;
using Groundswell.Core.Viewers;
using Groundswell.Ranking.Catalogue;
using Groundswell.Ranking.Feed;
using Groundswell.Ranking.Learning;
using Groundswell.Storage;

namespace Groundswell.Cluster;

/// <summary>What every grain of a silo works with: the rules in force, the store, the catalogue in memory, time and chance.</summary>
public sealed class Engine
{
    private volatile RulesInForce _inForce;
    private volatile Task _settled = Task.CompletedTask;

    /// <param name="rules">The rules to start with; <see cref="Follow.LedgerFollower"/> records them where the ledger's last are others.</param>
    /// <param name="before">The rules that entries were folded by before any were recorded; null for the same.</param>
    /// <param name="learns">How much the learned model may remember; null for the usual.</param>
    /// <exception cref="ArgumentException">A rule out of its range.</exception>
    public Engine(Rules rules, Taxonomy taxonomy, IStore store, EngineClock clock, Chance chance, IdSource ids, Rules? before = null, ModelSize? learns = null)
    {
        if (rules.Validate() is { IsEmpty: false } problems) throw new ArgumentException(string.Join(' ', problems), nameof(rules));
        Taxonomy = taxonomy;
        Store = store;
        Clock = clock;
        Chance = chance;
        Ids = ids;
        Catalogue = new LiveCatalogue(before ?? rules, taxonomy.Count, learns: learns ?? ModelSize.Served);
        _inForce = new RulesInForce(rules, [], chance);
        Stages = new StageWatch(clock);
        Tastes = new TasteSample(() => _inForce.Rules.Cohorts, chance);
    }

    /// <summary>The rules in force and what judges by them. They may be others a moment later: a decision takes them once.</summary>
    public RulesInForce InForce => _inForce;

    /// <summary>For a decision that looks at nothing else of <see cref="InForce"/>.</summary>
    public Rules Rules => _inForce.Rules;

    /// <summary>The judge of a video now, by the rules of the arm that it is in.</summary>
    public VideoJudge JudgeOf(VideoState video) => _inForce.JudgeOf(video, Now);

    public Taxonomy Taxonomy { get; }
    public IStore Store { get; }
    public ILedger Ledger => Store.Ledger;
    public EngineClock Clock { get; }
    public Chance Chance { get; }
    public IdSource Ids { get; }
    public LiveCatalogue Catalogue { get; }
    public AudienceStatistics Statistics { get; internal set; } = new();

    /// <summary>What went wrong in the stages of this silo's pages.</summary>
    public StageWatch Stages { get; }

    /// <summary>Tastes of this silo's recent viewers: memory only, and begun anew at a start.</summary>
    public TasteSample Tastes { get; }
    public OpenPlays OpenPlays { get; internal set; } = new();
    public ExperimentBoard Experiments { get; internal set; } = new();

    /// <summary>The engine's time.</summary>
    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>
    /// Completes when no change of the rules is on its way into the ledger: then <see cref="LiveCatalogue.RulesAt"/> knows of
    /// every change before any entry that is durable.
    /// </summary>
    internal Task RulesSettledAsync() => _settled;

    /// <summary>Announces a change: to be called before it is appended. Disposing says that memory follows it, or that there is none.</summary>
    internal IDisposable AnnounceRules()
    {
        var change = new Announced();
        _settled = change.Ended;
        return change;
    }

    internal void PutInForce(Rules rules, ImmutableArray<Experiment> experiments) => _inForce = new RulesInForce(rules, experiments, Chance);

    private sealed class Announced : IDisposable
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Ended => _ended.Task;

        public void Dispose() => _ended.TrySetResult();
    }
}
