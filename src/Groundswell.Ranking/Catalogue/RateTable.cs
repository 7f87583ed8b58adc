using System.Collections.Immutable;
using Groundswell.Core.Audience;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;

namespace Groundswell.Ranking.Catalogue;

/// <summary>
/// How often a view of this audience earns each action, by duration bucket: the prior of every video's own rates. Starts
/// from <see cref="BaseRates.KuaiRand"/>, which weigh 200 views, and becomes the installation's own.
/// </summary>
public sealed class RateTable
{
    private const double PriorViews = 200;

    private RateTable(ImmutableArray<BaseRates> rates, ImmutableArray<double> points, double meanPoints) =>
        (Rates, Points, MeanPoints) = (rates, points, meanPoints);

    public ImmutableArray<BaseRates> Rates { get; }

    /// <summary>Expected points of a view by bucket.</summary>
    public ImmutableArray<double> Points { get; }

    /// <summary>Expected points of a view over all buckets, weighted by their views.</summary>
    public double MeanPoints { get; }

    public BaseRates this[DurationBucket bucket] => Rates[(int)bucket];

    public static RateTable From(IEnumerable<VideoState> videos, PointRules points)
    {
        var tallies = BaseRates.KuaiRand.Select(Tally.Of).ToArray();
        foreach (var video in videos)
            if (video.Evidence.Totals.Views > 0) tallies[(int)video.Bucket].Add(video.Evidence);
        ImmutableArray<BaseRates> rates = [.. tallies.Select(tally => tally.Rates())];
        ImmutableArray<double> expected = [.. rates.Select(rate => rate.Points(points))];
        var views = tallies.Sum(tally => tally.Views);
        return new RateTable(rates, expected, tallies.Zip(expected, (tally, mean) => tally.Views * mean).Sum() / views);
    }

    private sealed class Tally
    {
        private double _rewatch, _completion, _share, _comment, _like, _skip, _exit;

        public double Views { get; private set; }

        public static Tally Of(BaseRates rates) => new()
        {
            Views = PriorViews,
            _rewatch = rates.Rewatch * PriorViews,
            _completion = rates.Completion * PriorViews,
            _share = rates.Share * PriorViews,
            _comment = rates.Comment * PriorViews,
            _like = rates.Like * PriorViews,
            _skip = rates.EarlySkip * PriorViews,
            _exit = rates.Exit * PriorViews,
        };

        public void Add(Evidence evidence)
        {
            Views += evidence.Totals.Views;
            _rewatch += evidence.Actions.Rewatch;
            _completion += evidence.Actions.Completion;
            _share += evidence.Actions.Share;
            _comment += evidence.Actions.Comment;
            _like += evidence.Actions.Like;
            _skip += evidence.EarlySkips;
            _exit += evidence.Exits;
        }

        public BaseRates Rates() => new(
            _rewatch / Views, _completion / Views, _share / Views, _comment / Views, _like / Views, _skip / Views, _exit / Views);
    }
}
