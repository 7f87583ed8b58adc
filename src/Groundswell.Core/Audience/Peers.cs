using System.Collections.Immutable;
using Groundswell.Core.Signals;

namespace Groundswell.Core.Audience;

/// <summary>
/// The recently tested videos, newest last, and what was fitted on them for each duration bucket. A fold: it is fitted anew
/// whenever a verdict falls, and when the tests under way have gathered a hundredth more views, so it stands at every
/// ledger position where it stood before.
/// </summary>
/// <param name="Recent">Each by its first verdict.</param>
/// <param name="Fits">By duration bucket.</param>
/// <param name="Since">Views that tests of the bucket have gathered since its fit.</param>
public sealed record Peers(ImmutableList<PeerScore> Recent, ImmutableArray<PeerFit> Fits, ImmutableArray<int> Since)
{
    private static readonly int Buckets = Enum.GetValues<DurationBucket>().Length;

    public static Peers None(GateRules rules, PointRules points) => new(
        [], [.. Enum.GetValues<DurationBucket>().Select(bucket => PeerFit.Of(bucket, [], rules, points))], [.. new int[Buckets]]);

    public PeerFit this[DurationBucket bucket] => Fits[(int)bucket];

    /// <summary>A video counts once, by its first verdict, however often a reviewer sends it through the test again.</summary>
    public Peers Add(PeerScore peer, GateRules rules)
    {
        if (Recent.Any(known => known.Video == peer.Video)) return this;
        var next = Recent.Add(peer);
        var most = rules.Peers * Buckets;
        return this with { Recent = next.Count > most ? next.RemoveRange(0, next.Count - most) : next };
    }

    /// <summary>One more view in a test that is under way.</summary>
    public Peers Watched(DurationBucket bucket) => this with { Since = Since.SetItem((int)bucket, Since[(int)bucket] + 1) };

    /// <summary>Enough has been watched since the last fit to fit anew.</summary>
    public bool IsStale(DurationBucket bucket) => Since[(int)bucket] * 100 >= this[bucket].Views;

    /// <param name="underWay">Tests of the bucket that have no verdict yet.</param>
    public Peers Fit(DurationBucket bucket, IEnumerable<PeerScore> underWay, GateRules rules, PointRules points)
    {
        var peers = Recent.Where(peer => peer.Bucket == bucket).TakeLast(rules.Peers).Concat(underWay);
        return this with
        {
            Fits = Fits.SetItem((int)bucket, PeerFit.Of(bucket, peers, rules, points)),
            Since = Since.SetItem((int)bucket, 0),
        };
    }
}
