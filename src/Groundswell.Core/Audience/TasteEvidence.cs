using System.Collections.Immutable;
using Groundswell.Core.Ledger;

namespace Groundswell.Core.Audience;

/// <summary>The evidence of one trial by cluster of taste, regions and activities taken together; viewers of no cluster are left out.</summary>
/// <param name="Clusters">By a cluster's id.</param>
public sealed record TasteEvidence(ImmutableSortedDictionary<int, EvidenceTotals> Clusters)
{
    public static TasteEvidence None { get; } = new(ImmutableSortedDictionary<int, EvidenceTotals>.Empty);

    public EvidenceTotals Of(int cluster) => Clusters.GetValueOrDefault(cluster);

    /// <summary>Several clusters together.</summary>
    public EvidenceTotals Of(ImmutableArray<int> clusters) => clusters.Aggregate(default(EvidenceTotals), (sum, cluster) => sum + Of(cluster));

    /// <summary>How much the clusters differ.</summary>
    public TasteSpread Spread() => TasteSpread.Of(Clusters.Values);

    public TasteEvidence Fold(SignalRecorded signal) =>
        signal is { Disqualified: null, Change.After: { OnTrial: true, Boosted: false } view } && new Cohort(view.Cohort).Cluster is { } cluster
            ? new TasteEvidence(Clusters.SetItem(cluster, Of(cluster).Fold(signal)))
            : this;
}
