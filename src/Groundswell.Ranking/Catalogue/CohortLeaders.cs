using System.Collections.Frozen;
using System.Collections.Immutable;
using Groundswell.Core.Audience;
using Groundswell.Core.Videos;

namespace Groundswell.Ranking.Catalogue;

/// <summary>
/// The open videos that each taste and activity has liked best, when the shelf was made: looking at every video's evidence by
/// cohort for each request would cost more than all the rest of a page. A cohort's own views count in full; those of its kin
/// (<see cref="CohortMap.KinOf"/>), for as much as they are near, make a prior; regions are taken together.
/// </summary>
public sealed class CohortLeaders
{
    /// <summary>More than anybody has seen of them, but for those who have seen nearly everything.</summary>
    public const int Most = 300;

    private const int LeastViews = 3;

    /// <summary>What everybody's views weigh, and at most what those of the kin weigh: a dozen views of its own say more than either.</summary>
    private const double PriorViews = 5, KinViews = 8;

    private readonly FrozenDictionary<int, ImmutableArray<VideoCell>> _best;

    private CohortLeaders(FrozenDictionary<int, ImmutableArray<VideoCell>> best) => _best = best;

    public static CohortLeaders None { get; } = new(FrozenDictionary<int, ImmutableArray<VideoCell>>.Empty);

    /// <summary>At most <see cref="Most"/> videos, the best liked first; none for the undecided.</summary>
    public ImmutableArray<VideoCell> Of(Cohort cohort) => _best.GetValueOrDefault(cohort.WithoutRegion().Number, []);

    /// <summary>The leaders while videos are being looked at.</summary>
    internal sealed class Sketch
    {
        private readonly Cohort[] _listeners;
        private readonly Hearing _heard;
        private readonly PriorityQueue<VideoCell, (double Score, long Last)>[] _worstFirst;

        public Sketch(CohortMap cohorts)
        {
            _listeners = cohorts.Drawn is { } drawn
                ? [.. drawn.Clusters.SelectMany(cluster => (Cohort[])[Cohort.Of(cluster.Id, null, Activity.New), Cohort.Of(cluster.Id, null, Activity.Regular)])]
                : [];
            _heard = new Hearing(_listeners, cohorts);
            _worstFirst = [.. _listeners.Select(_ => new PriorityQueue<VideoCell, (double Score, long Last)>())];
        }

        public void Look(VideoCell cell, VideoState video)
        {
            var evidence = video.Evidence;
            if (_listeners.Length == 0 || evidence.Totals.Views < LeastViews) return;
            _heard.Listen(evidence);
            for (var i = 0; i < _listeners.Length; i++)
            {
                if (_heard.Score(i, evidence.Totals.MeanPoints) is not { } score) continue;
                _worstFirst[i].Enqueue(cell, (score, -cell.Id.Value));
                if (_worstFirst[i].Count > Most) _worstFirst[i].Dequeue();
            }
        }

        public CohortLeaders Made() => _listeners.Length == 0 ? None
            : new CohortLeaders(_listeners.Select((cohort, i) => KeyValuePair.Create(cohort.Number, Sorted(_worstFirst[i]))).ToFrozenDictionary());
    }

    private static ImmutableArray<VideoCell> Sorted(PriorityQueue<VideoCell, (double Score, long Last)> worstFirst) =>
        [.. worstFirst.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => item.Element)];

    /// <summary>What the cohorts in force hear of one video's evidence, one video after another.</summary>
    private sealed class Hearing(Cohort[] listeners, CohortMap cohorts)
    {
        private readonly Dictionary<int, (int Listener, double Nearness)[]> _whoHears = [];

        private readonly EvidenceTotals[] _own = new EvidenceTotals[listeners.Length];
        private readonly double[] _views = new double[listeners.Length], _points = new double[listeners.Length];

        /// <summary>Points a view that a cohort may expect; null while neither it nor its kin have said enough.</summary>
        public double? Score(int listener, double mean)
        {
            var own = _own[listener];
            var kin = Math.Min(KinViews, _views[listener]);
            if (own.Views + kin < LeastViews) return null;
            var kinPoints = kin > 0 ? kin * _points[listener] / _views[listener] : 0;
            return (own.Points + kinPoints + (PriorViews * mean)) / (own.Views + kin + PriorViews);
        }

        public void Listen(Evidence evidence)
        {
            Array.Clear(_own);
            Array.Clear(_views);
            Array.Clear(_points);
            foreach (var (number, totals) in evidence.Cohorts)
            {
                if (!_whoHears.TryGetValue(number, out var hear)) _whoHears[number] = hear = WhoHears(new Cohort(number).WithoutRegion());
                foreach (var (listener, nearness) in hear)
                {
                    if (nearness == 1)
                    {
                        _own[listener] += totals;
                        continue;
                    }
                    _views[listener] += nearness * totals.Views;
                    _points[listener] += nearness * totals.Points;
                }
            }
        }

        private (int Listener, double Nearness)[] WhoHears(Cohort said) =>
        [
            .. from place in Enumerable.Range(0, listeners.Length)
               let nearness = listeners[place] == said ? 1 : cohorts.KinOf(listeners[place]).FirstOrDefault(kin => kin.Cohort == said).Nearness
               where nearness > 0
               select (place, nearness),
        ];
    }
}
