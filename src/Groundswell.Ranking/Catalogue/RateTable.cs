using System.Collections.Immutable;
using Groundswell.Core.Audience;
using Groundswell.Core.Signals;

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

    /// <summary>What all videos have brought, kept up to date view by view: whole numbers, so that it does not depend on their order.</summary>
    public sealed class Counts
    {
        private readonly Tally[] _tallies = [.. BaseRates.KuaiRand.Select(_ => new Tally())];

        /// <summary>A video's evidence has become another.</summary>
        public void Move(DurationBucket bucket, Evidence before, Evidence after)
        {
            _tallies[(int)bucket].Add(before, -1);
            _tallies[(int)bucket].Add(after, 1);
        }

        public RateTable Made(PointRules points)
        {
            ImmutableArray<BaseRates> rates = [.. _tallies.Zip(BaseRates.KuaiRand, (tally, prior) => tally.Rates(prior))];
            ImmutableArray<double> expected = [.. rates.Select(rate => rate.Points(points))];
            var views = _tallies.Sum(tally => tally.Views + PriorViews);
            return new RateTable(rates, expected, _tallies.Zip(expected, (tally, mean) => (tally.Views + PriorViews) * mean).Sum() / views);
        }
    }

    private sealed class Tally
    {
        private long _rewatch, _completion, _share, _comment, _like, _skip, _exit;

        public long Views { get; private set; }

        public void Add(Evidence evidence, int times)
        {
            Views += times * evidence.Totals.Views;
            _rewatch += times * evidence.Actions.Rewatch;
            _completion += times * evidence.Actions.Completion;
            _share += times * evidence.Actions.Share;
            _comment += times * evidence.Actions.Comment;
            _like += times * evidence.Actions.Like;
            _skip += times * evidence.EarlySkips;
            _exit += times * evidence.Exits;
        }

        public BaseRates Rates(BaseRates prior)
        {
            return new BaseRates(
                Rate(_rewatch, prior.Rewatch), Rate(_completion, prior.Completion), Rate(_share, prior.Share), Rate(_comment, prior.Comment),
                Rate(_like, prior.Like), Rate(_skip, prior.EarlySkip), Rate(_exit, prior.Exit));

            double Rate(long count, double before) => (count + (PriorViews * before)) / (Views + PriorViews);
        }
    }
}
