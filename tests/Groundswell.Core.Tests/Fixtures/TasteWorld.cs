using System.Collections.Immutable;
using Groundswell.Core.Audience;
using Groundswell.Core.Chances;
using Groundswell.Core.Ledger;
using Groundswell.Core.Trends;
using Groundswell.Core.Videos;

namespace Groundswell.Core.Tests.Fixtures;

/// <summary>
/// An audience of equal clusters and videos whose true worth in each is known. A view earns 0, 8 or 18 points by a latent
/// appeal: the video's quality, how much the cluster likes it, and a unit of noise.
/// </summary>
internal sealed class TasteWorld(ulong seed, double taste, int clusters = 24, int viewers = 3_000, GateRules? gate = null)
{
    private const double Completes = 0.43, Rewatches = 1.5, Quality = 0.85;

    private readonly Chance _chance = new(seed);
    private readonly Rules _rules = new() { Gate = gate ?? new GateRules() };
    private Peers _peers = Peers.None(gate ?? new GateRules(), new Rules().Points);

    public CohortMap Cohorts { get; } = CohortMap.Empty.Fold(new CohortsDrawn(
        Given.Now, 1, [.. Enumerable.Range(1, clusters).Select(id => new TasteCluster(id, 10, [], [.. Enumerable.Range(0, clusters).Select(i => i == id - 1 ? 1f : 0f)]))],
        clusters, 10 * clusters, viewers, "test"));

    public int Batch => TestBatch.Size(viewers, _rules.TestBatch);

    /// <summary>What became of a video, and what it is worth to whoever it went on among.</summary>
    public sealed record Fate(VideoState Video, bool Sought, double TrueScore, double Gate, int Shown);

    /// <summary>Tests so many videos one after another; each is a peer of the next.</summary>
    public List<Fate> Live(int videos) => [.. Enumerable.Range(0, videos).Select(Test)];

    private Fate Test(int number)
    {
        var (key, judge) = (_chance.For(number), new VideoJudge(_rules, _chance));
        var video = Given.Video(VideoStage.Testing, new VideoId(number)) with { TestedAt = Given.Now };
        var (sought, gate) = (false, 0.0);
        for (var view = 0; video.Stage == VideoStage.Testing; view++)
        {
            if (judge.Judge(video, Around(), Given.Now) is { } move)
            {
                if (video.Niche is null) _peers = _peers.Add(new PeerScore(video.Id, video.Bucket, null, video.OnTrial, viewers, video.ByTaste.Spread()), _rules.Gate).Fit(video.Bucket, [], _rules.Gate, _rules.Points);
                sought |= move.Niche is not null;
                gate = move.Reason.Numbers["gate"];
                video = video.Fold(view, move);
                continue;
            }
            var cluster = video.Niche is { } niche ? niche[key.For("who").For(view).Below(niche.Length)] : 1 + key.For("who").For(view).Below(clusters);
            video = Watched(video, cluster, Points(Appeal(key, cluster) + key.For("noise").For(view).Normal()));
        }
        var among = video.Niche ?? [.. Enumerable.Range(1, clusters)];
        return new Fate(video, sought, among.Average(cluster => Expected(Appeal(key, cluster))), gate, video.Evidence.Trial.Impressions);

        Surroundings Around() => new(Given.NewCreator, _peers[video.Bucket], viewers, TopicLift.None) { Cohorts = Cohorts };
    }

    private double Appeal(Chance key, int cluster) => (Quality * key.For("quality").Normal()) + (taste * key.For("taste").For(cluster).Normal());

    private static double Points(double appeal) => appeal > Rewatches ? 18 : appeal > Completes ? 8 : 0;

    private static double Expected(double appeal)
    {
        var view = new ScorePosterior(appeal, 1, 0);
        return (8 * view.ChanceOfDraw(Completes)) + (10 * view.ChanceOfDraw(Rewatches));
    }

    private static VideoState Watched(VideoState video, int cluster, double points)
    {
        var view = new EvidenceTotals(1, 1, points, points * points, points * points * points);
        return video with
        {
            Evidence = video.Evidence with { Totals = video.Evidence.Totals + view, Trial = video.Evidence.Trial + view },
            ByTaste = new TasteEvidence(video.ByTaste.Clusters.SetItem(cluster, video.ByTaste.Of(cluster) + view)),
        };
    }
}
