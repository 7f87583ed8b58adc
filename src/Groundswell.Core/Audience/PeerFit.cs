using System.Collections.Immutable;
using Groundswell.Core.Signals;

namespace Groundswell.Core.Audience;

/// <summary>One tested video as later ones are compared with it.</summary>
/// <param name="Genre">Its leading genre; null where none is known.</param>
/// <param name="Panel">What its test panel gave it.</param>
/// <param name="Audience">Viewers there were to please at its verdict; null while it has none.</param>
/// <param name="Tastes">How much groups of like taste differed about it.</param>
public readonly record struct PeerScore(VideoId Video, DurationBucket Bucket, int? Genre, EvidenceTotals Panel, int? Audience = null, TasteSpread Tastes = default);

/// <summary>
/// What the tested videos of one duration bucket say about the next: the prior of a video's score, and the gate it has to
/// pass. Empirical Bayes: mean and variance between videos are estimated from what the peers scored, noise taken off
/// (DerSimonian and Laird, 1986), and the prior weighs as many views as the ratio of noise to difference says.
/// </summary>
/// <param name="Videos">Peers that it was fitted on.</param>
/// <param name="Views">Views of those.</param>
/// <param name="Prior">Belief about a video of this length of which nothing else is known.</param>
/// <param name="Genres">By leading genre, how many points its videos score above the others of this length, shrunk to 0 while they are few.</param>
/// <param name="Gate">Score to beat, points per view.</param>
public sealed record PeerFit(int Videos, int Views, ScorePrior Prior, ImmutableSortedDictionary<int, double> Genres, double Gate)
{
    private const int Rounds = 4;

    /// <summary>Variance of one video's score between groups of like taste: points². It begins at 0, and grows as the peers show it: until then no group is believed to differ from all.</summary>
    public double TasteSpread { get; init; }

    public ScorePrior PriorFor(int? genre) => genre is { } known && Genres.TryGetValue(known, out var more) ? Prior with { Mean = Prior.Mean + more } : Prior;

    /// <param name="peers">Tested videos of the bucket; those of fewer than two views say nothing and are left out.</param>
    public static PeerFit Of(DurationBucket bucket, IEnumerable<PeerScore> peers, GateRules rules, PointRules points)
    {
        var seen = peers.Where(peer => peer.Panel.Views >= 2).ToArray();
        var start = BaseRates.Prior(bucket, points);
        var between = start.Between;
        var (mean, within, third) = (start.Mean, start.Within, start.Third);
        // The base rates of another audience weigh as much as the fewest peers that may set a gate.
        var trust = seen.Length / (double)(seen.Length + rules.LeastPeers);
        if (seen.Length > 0)
        {
            within = Blend(start.Within, Within(seen, start.Within), trust);
            (mean, between) = Between(seen, start, within, trust);
            third = Blend(start.Third, Third(seen, mean), trust);
        }
        between = Math.Max(between, within / rules.PriorViewsMost);
        var prior = new ScorePrior(mean, within + between, within / between, third);
        return new PeerFit(seen.Length, seen.Sum(peer => peer.Panel.Views), prior, GenresOf(seen, mean, rules), rules.Absolute ?? GateOf(seen, prior, between, trust, rules))
        {
            TasteSpread = trust * seen.Aggregate(default(TasteSpread), (sum, peer) => sum + peer.Tastes).Variance,
        };
    }

    /// <summary>Noise of one view around its video's own mean, pooled; as many views' worth of the starting value keep a handful of alike views from looking certain.</summary>
    private static double Within(PeerScore[] seen, double start)
    {
        const double startViews = 20;
        var squares = seen.Sum(peer => Math.Max(0, peer.Panel.SquaredPoints - (peer.Panel.Points * peer.Panel.MeanPoints)));
        return (squares + (startViews * start)) / (seen.Sum(peer => peer.Panel.Views - 1) + startViews);
    }

    private static (double Mean, double Between) Between(PeerScore[] seen, BasePrior start, double within, double trust)
    {
        var (mean, between) = (start.Mean, start.Between);
        for (var round = 0; round < Rounds; round++)
        {
            double weights = 0, sum = 0, spread = 0;
            foreach (var peer in seen)
            {
                var weight = 1 / (between + (within / peer.Panel.Views));
                weights += weight;
                sum += weight * peer.Panel.MeanPoints;
            }
            mean = Blend(start.Mean, sum / weights, trust);
            foreach (var peer in seen)
            {
                var off = peer.Panel.MeanPoints - mean;
                spread += ((off * off) - (within / peer.Panel.Views)) / (between + (within / peer.Panel.Views));
            }
            between = Math.Max(within / 1000, Blend(start.Between, spread / weights, trust));
        }
        return (mean, between);
    }

    private static double Third(PeerScore[] seen, double mean)
    {
        var (views, points, squares, cubes) = (0.0, 0.0, 0.0, 0.0);
        foreach (var peer in seen)
        {
            // Each video counts alike: what is wanted is the distribution of a view of some video.
            views++;
            points += peer.Panel.MeanPoints;
            squares += peer.Panel.SquaredPoints / peer.Panel.Views;
            cubes += peer.Panel.CubedPoints / peer.Panel.Views;
        }
        return (cubes / views) - (3 * mean * squares / views) + (3 * mean * mean * points / views) - (mean * mean * mean);
    }

    private static ImmutableSortedDictionary<int, double> GenresOf(PeerScore[] seen, double mean, GateRules rules)
    {
        var genres = ImmutableSortedDictionary.CreateBuilder<int, double>();
        foreach (var genre in seen.Where(peer => peer.Genre is not null).GroupBy(peer => peer.Genre))
            if (genre.Key is { } key) genres[key] = genre.Sum(peer => peer.Panel.MeanPoints - mean) / (genre.Count() + rules.LeastPeers);
        return genres.ToImmutable();
    }

    /// <summary>The quantile of what is believed of the peers themselves; of the fitted distribution while they are few.</summary>
    private static double GateOf(PeerScore[] seen, ScorePrior prior, double between, double trust, GateRules rules)
    {
        var quantile = Math.Clamp(rules.Quantile, 0.001, 0.999);
        var fitted = prior.Mean + (Math.Sqrt(between) * ScorePosterior.NormalQuantile(quantile));
        if (seen.Length == 0) return fitted;
        var scores = Array.ConvertAll(seen, peer => ScorePosterior.Of(peer.Panel, prior, peer.Audience).Mean);
        Array.Sort(scores);
        return Blend(fitted, Quantile(scores, rules.Quantile), trust);
    }

    /// <summary>The score above which the upper share of so many lies: half-way between the last above and the first below.</summary>
    private static double Quantile(double[] sorted, double quantile)
    {
        var place = Math.Clamp((quantile * sorted.Length) - 0.5, 0, sorted.Length - 1);
        var below = (int)place;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }

    private static double Blend(double start, double own, double trust) => start + (trust * (own - start));
}
