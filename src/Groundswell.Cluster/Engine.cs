using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Chances;
using Groundswell.Core.Genres;
using Groundswell.Core.Statistics;
using Groundswell.Core.Videos;
using Groundswell.Core.Viewers;
using Groundswell.Ranking.Catalogue;
using Groundswell.Storage;

namespace Groundswell.Cluster;

/// <summary>What every grain of a silo works with: the rules in force, the store, the catalogue in memory, time and chance.</summary>
public sealed class Engine
{
    public Engine(Rules rules, Taxonomy taxonomy, IStore store, EngineClock clock, Chance chance, IdSource ids)
    {
        if (rules.Validate() is { IsEmpty: false } problems) throw new ArgumentException(string.Join(' ', problems), nameof(rules));
        Rules = rules;
        Taxonomy = taxonomy;
        Store = store;
        Clock = clock;
        Chance = chance;
        Ids = ids;
        Catalogue = new LiveCatalogue(rules, taxonomy.Count);
        Judge = new VideoJudge(rules, chance);
        Tastes = new TasteSample(rules.Cohorts, chance);
    }

    public Rules Rules { get; }
    public Taxonomy Taxonomy { get; }
    public IStore Store { get; }
    public ILedger Ledger => Store.Ledger;
    public EngineClock Clock { get; }
    public Chance Chance { get; }
    public IdSource Ids { get; }
    public LiveCatalogue Catalogue { get; }
    public AudienceStatistics Statistics { get; internal set; } = new();
    public VideoJudge Judge { get; }

    /// <summary>Tastes of this silo's recent viewers: memory only, and begun anew at a start.</summary>
    public TasteSample Tastes { get; }
    public OpenPlays OpenPlays { get; internal set; } = new();

    /// <summary>The engine's time.</summary>
    public DateTimeOffset Now => Clock.GetUtcNow();
}
