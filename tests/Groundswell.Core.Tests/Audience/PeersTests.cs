using System.Collections.Immutable;
using CsCheck;
using Groundswell.Core.Audience;
using Groundswell.Core.Chances;
using Groundswell.Core.Signals;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Audience;

public class PeersTests
{
    private const DurationBucket Bucket = DurationBucket.Under15s;
    private static readonly GateRules Rules = new(LeastPeers: 4);
    private static readonly PointRules Points = new();
    private static readonly BasePrior Base = BaseRates.Prior(Bucket, Points);

    [Fact]
    public void Fit_IsTheBaseRatesWhileNothingWasTested()
    {
        var fit = Fit([]);

        fit.Prior.Mean.ShouldBe(BaseRates.KuaiRand[(int)Bucket].Points(Points));
        fit.Prior.Variance.ShouldBe(Base.Within + Base.Between, 1e-9);
        fit.Prior.PseudoViews.ShouldBe(6.7, 1e-9);
        fit.Gate.ShouldBe(Base.Mean + (0.5244 * Math.Sqrt(Base.Between)), 1e-3);
    }

    [Fact]
    public void Fit_FindsMeanAndSpreadOfManyPeersAndTakesTheNoiseOff()
    {
        const ulong seed = 7;
        var fit = Fit(Drawn(seed, peers: 800, views: 25, mean: 5, deviation: 1.5));

        fit.Prior.Mean.ShouldBe(5, 0.2, $"seed {seed}");
        // Noise of one view is that of a coin for 8 points at 5/8; the spread of the peers' means is more than that of their scores.
        (fit.Prior.Variance / (fit.Prior.PseudoViews + 1)).ShouldBe(2.25, 0.45, $"seed {seed}");
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.8)]
    public void Fit_SetsTheGateSoThatTheUpperShareOfThePeersClearsIt(double quantile)
    {
        var peers = Drawn(3, peers: 400, views: 300, mean: 5, deviation: 1.5);
        var fit = PeerFit.Of(Bucket, peers, Rules with { Quantile = quantile }, Points);

        var above = peers.Count(peer => ScorePosterior.Of(peer.Panel, fit.Prior).Mean > fit.Gate);
        (above / 400.0).ShouldBe(1 - quantile, 0.02);
    }

    [Fact]
    public void Fit_TakesTheOperatorsOwnGate() => PeerFit.Of(Bucket, Drawn(3, 20, 50, 5, 1), Rules with { Absolute = 3 }, Points).Gate.ShouldBe(3);

    [Fact]
    public void Fit_StaysABeliefWhateverThePeersDid()
    {
        Drawing.Sample(panels =>
        {
            var fit = Fit([.. panels.Select((panel, i) => new PeerScore(new VideoId(i), Bucket, i % 3, panel))]);

            fit.Prior.PseudoViews.ShouldBeInRange(0.001, Rules.PriorViewsMost + 1e-9);
            fit.Prior.Variance.ShouldBeGreaterThan(0);
            fit.Gate.ShouldBeInRange(-5, 35);
            foreach (var genre in fit.Genres.Values) Math.Abs(genre).ShouldBeLessThanOrEqualTo(30);
        }, iter: 500);
    }

    private static readonly Gen<EvidenceTotals[]> Drawing =
        (from views in Gen.Int[0, 60] from each in Gen.Int[0, 30] from rest in Gen.Int[0, 60] select Given.Mixed((views, each), (rest, 0))).Array[0, 40];

    [Fact]
    public void PriorFor_ShiftsByGenreAndLessWhileTheGenreIsRare()
    {
        PeerScore[] peers = [.. Enumerable.Range(0, 20).Select(i => new PeerScore(new VideoId(i), Bucket, i < 2 ? 1 : 0, Given.Views(50, i < 2 ? 8 : 4)))];
        var fit = Fit(peers);

        fit.PriorFor(1).Mean.ShouldBeGreaterThan(fit.PriorFor(0).Mean);
        (fit.PriorFor(1).Mean - fit.PriorFor(0).Mean).ShouldBeLessThan(4);
        fit.PriorFor(null).ShouldBe(fit.Prior);
        fit.PriorFor(9).ShouldBe(fit.Prior);
    }

    [Fact]
    public void BaseRates_ExpectMorePointsOfShorterVideos() =>
        BaseRates.KuaiRand.Select(rates => rates.Points(Points)).ShouldBe(BaseRates.KuaiRand.Select(rates => rates.Points(Points)).OrderDescending());

    [Fact]
    public void Add_ForgetsTheOldestBeyondWhatIsLookedAt()
    {
        var rules = Rules with { Peers = 2 };
        var peers = Enumerable.Range(1, 30).Aggregate(
            Peers.None(rules, Points), (all, i) => all.Add(new PeerScore(new VideoId(i), Bucket, null, Given.Views(i, 4)), rules));

        peers.Recent.Count.ShouldBe(10);
        peers.Recent[0].Panel.Views.ShouldBe(21);
    }

    [Fact]
    public void Add_CountsAVideoOnceByItsFirstVerdict()
    {
        var once = Peers.None(Rules, Points).Add(new PeerScore(new VideoId(1), Bucket, null, Given.Views(5, 4)), Rules);

        once.Add(new PeerScore(new VideoId(1), Bucket, null, Given.Views(500, 9)), Rules).ShouldBeSameAs(once);
    }

    [Fact]
    public void IsStale_AfterAHundredthMoreViews()
    {
        var peers = Peers.None(Rules, Points);
        peers = peers.Add(new PeerScore(new VideoId(1), Bucket, null, Given.Views(500, 4)), Rules).Fit(Bucket, [], Rules, Points);
        for (var view = 1; view < 5; view++)
        {
            peers = peers.Watched(Bucket);
            peers.IsStale(Bucket).ShouldBeFalse($"after {view} views");
        }
        peers.Watched(Bucket).IsStale(Bucket).ShouldBeTrue();
    }

    [Fact]
    public void Json_ComesBackEqual()
    {
        var peers = Peers.None(Rules, Points).Add(new PeerScore(new VideoId(1), Bucket, 2, Given.Completed(50, 20)), Rules).Fit(Bucket, [], Rules, Points);

        Given.Json(Given.Through(peers)).ShouldBe(Given.Json(peers));
    }

    private static PeerFit Fit(IEnumerable<PeerScore> peers) => PeerFit.Of(Bucket, peers, Rules, Points);

    /// <summary>Peers whose true scores are drawn around a mean; each view earns 8 points or none.</summary>
    private static ImmutableArray<PeerScore> Drawn(ulong seed, int peers, int views, double mean, double deviation)
    {
        var chance = new Chance(seed);
        return
        [
            .. Enumerable.Range(0, peers).Select(i =>
            {
                var rate = Math.Clamp((mean + (deviation * chance.For(i).For("score").Normal())) / 8, 0.01, 0.99);
                var completed = Enumerable.Range(0, views).Count(view => chance.For(i).For(view).Hits(rate));
                return new PeerScore(new VideoId(i), Bucket, null, Given.Completed(views, completed));
            }),
        ];
    }
}
