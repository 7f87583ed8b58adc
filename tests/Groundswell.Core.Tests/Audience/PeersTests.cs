using Groundswell.Core.Audience;
using Groundswell.Core.Signals;

namespace Groundswell.Core.Tests.Audience;

public class PeersTests
{
    private static readonly GateRules Rules = new(LeastPeers: 4);
    private static readonly PointRules Points = new();
    private const DurationBucket Bucket = DurationBucket.Under15s;

    [Fact]
    public void GateFor_IsThePriorMeanWhilePeersAreFew() =>
        Scored(9, 9, 9).GateFor(Bucket, Rules, Points).ShouldBe(Scored(9, 9, 9).PriorFor(Bucket, 1, Rules, Points).Mean);

    [Theory]
    [InlineData(0.5, 5)]
    [InlineData(0, 2)]
    [InlineData(1, 8)]
    [InlineData(0.25, 3.5)]
    public void GateFor_IsTheQuantileOfPeers(double quantile, double gate) =>
        Scored(8, 2, 6, 4).GateFor(Bucket, Rules with { Quantile = quantile }, Points).ShouldBe(gate, 1e-9);

    [Fact]
    public void GateFor_LooksAtPeersOfTheSameLengthOnly() =>
        Scored(8, 2, 6, 4).GateFor(DurationBucket.Longer, Rules, Points).ShouldBe(BaseRates.KuaiRand[(int)DurationBucket.Longer].Points(Points));

    [Fact]
    public void GateFor_TakesTheOperatorsOwnGate() => Scored(8, 2, 6, 4).GateFor(Bucket, Rules with { Absolute = 3 }, Points).ShouldBe(3);

    [Fact]
    public void PriorFor_StartsFromTheBaseRatesAndMovesToThePeers()
    {
        var rates = BaseRates.KuaiRand[(int)Bucket].Points(Points);

        Peers.None.PriorFor(Bucket, 50, Rules, Points).Mean.ShouldBe(rates);
        // Four peers weigh as much as the base rates where four may set a gate.
        Scored(10, 10, 10, 10).PriorFor(Bucket, 50, Rules, Points).Mean.ShouldBe((rates + 10) / 2, 1e-9);
        Scored(10, 10).PriorFor(Bucket, 50, Rules, Points).PseudoViews.ShouldBe(50);
    }

    [Fact]
    public void BaseRates_ExpectMorePointsOfShorterVideos() =>
        BaseRates.KuaiRand.Select(rates => rates.Points(Points)).ShouldBe(BaseRates.KuaiRand.Select(rates => rates.Points(Points)).OrderDescending());

    [Fact]
    public void Add_ForgetsTheOldestBeyondWhatIsLookedAt()
    {
        var rules = Rules with { Peers = 2 };
        var peers = Enumerable.Range(1, 30).Aggregate(Peers.None, (all, i) => all.Add(new PeerScore(new VideoId(i), Bucket, i, 10), rules));

        peers.Recent.Count.ShouldBe(10);
        peers.Recent[0].Score.ShouldBe(21);
    }

    [Fact]
    public void Add_CountsAVideoOnceByItsFirstVerdict() =>
        Scored(5).Add(new PeerScore(new VideoId(1), Bucket, 9, 10), Rules).ShouldBe(Scored(5), new ByScores());

    private static Peers Scored(params double[] scores) =>
        scores.Select((score, i) => new PeerScore(new VideoId(i + 1), Bucket, score, 10)).Aggregate(Peers.None, (peers, peer) => peers.Add(peer, Rules));

    private sealed class ByScores : IEqualityComparer<Peers>
    {
        public bool Equals(Peers? left, Peers? right) => left!.Recent.SequenceEqual(right!.Recent);
        public int GetHashCode(Peers peers) => peers.Recent.Count;
    }
}
