using System.Collections.Concurrent;
using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Retrieval;

namespace Groundswell.Ranking.Catalogue;

/// <summary>
/// How videos stand with the audience: by genre, by cohort, in waves and with what is rising. It drifts with every view, and
/// working it out costs more than a shelf; so it is looked at anew now and then, while a shelf follows every change of the
/// videos there are. What has left a stage since, whoever reads this must look at.
/// </summary>
public sealed class Standing
{
    private readonly ConcurrentDictionary<int, CohortOpinion> _opinions = [];
    private readonly CohortMap _cohorts;
    private readonly Rules _rules;
    private readonly LiveTests _tests;

    private Standing(Sketch sketch, CohortMap cohorts, LiveTests tests, Rules rules)
    {
        (_cohorts, _tests, _rules) = (cohorts, tests, rules);
        Openings = sketch.Openings;
        LikedBy = sketch.LikedBy.Made();
        Leaders = [.. sketch.Genres.Values.Select(genre => genre.Made()).OrderByDescending(leaders => leaders.Finishers).ThenBy(leaders => leaders.Genre)];
        Rising = [.. sketch.Rising];
        Best = [.. sketch.WorstFirst.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => item.Element)];
    }

    public static Standing Nothing { get; } = Of(CellList.Empty, CellList.Empty, CohortMap.Empty, new LiveTests(new Rules(), TimeSpan.Zero), new LiveTrends(new Rules().Trends), new Rules());

    /// <summary>The genres with something to show, the one that has held most people first.</summary>
    public ImmutableArray<GenreLeaders> Leaders { get; }

    /// <summary>What each cohort has liked best.</summary>
    public CohortLeaders LikedBy { get; }

    /// <summary>The videos whose waves have only begun, in the order in which slots are kept for them.</summary>
    public ImmutableArray<VideoCell> Openings { get; }

    /// <summary>The open videos that have earned most points a view: for whoever nothing is known of.</summary>
    public ImmutableArray<VideoCell> Best { get; }

    /// <summary>Open videos of what is rising anywhere, the newest first.</summary>
    public ImmutableArray<VideoCell> Rising { get; }

    /// <summary>What a cohort thinks of the videos in waves; of each worked out when it is first asked.</summary>
    public CohortOpinion OpinionOf(Cohort cohort) => _opinions.GetOrAdd(
        cohort.Number, static (number, standing) => new CohortOpinion(new Cohort(number), standing._cohorts, standing._tests, standing._rules.Gate), this);

    private static Standing Of(CellList open, CellList widening, CohortMap cohorts, LiveTests tests, LiveTrends trends, Rules rules)
    {
        var sketch = new Sketch(open, widening, cohorts, tests, trends, rules);
        sketch.Look(int.MaxValue);
        return sketch.Made();
    }

    /// <summary>A standing in the making: it looks at some of the videos at a time, so that a large catalogue does not keep its writer.</summary>
    internal sealed class Sketch(CellList open, CellList widening, CohortMap cohorts, LiveTests tests, LiveTrends trends, Rules rules)
    {
        private const int MostRising = 2000, MostBest = 2000;

        private readonly IEnumerator<VideoCell> _cells = open.Concat(widening).GetEnumerator();

        public ImmutableArray<VideoCell> Openings { get; init; } = [];
        public CohortLeaders.Sketch LikedBy { get; } = new(cohorts);
        public Dictionary<int, GenreLeaders.Sketch> Genres { get; } = [];
        public List<VideoCell> Rising { get; } = [];
        public PriorityQueue<VideoCell, (float Quality, long Last)> WorstFirst { get; } = new();

        /// <returns>Whether all have been looked at.</returns>
        public bool Look(int most)
        {
            for (var looked = 0; looked < most; looked++)
            {
                if (!_cells.MoveNext()) return true;
                Look(_cells.Current);
            }
            return false;
        }

        public Standing Made() => new(this, cohorts, tests, rules);

        private void Look(VideoCell cell)
        {
            var video = cell.State;
            if (video.Stage == VideoStage.Open)
            {
                LikedBy.Look(cell, video);
                WorstFirst.Enqueue(cell, (JointSpace.Quality(video.Evidence.Totals), -cell.Id.Value));
                if (WorstFirst.Count > MostBest) WorstFirst.Dequeue();
                if (Rising.Count < MostRising && trends.Rises(video)) Rising.Add(cell);
            }
            if (!GenreLeaders.MayLead(cell) || video.Analysis?.Genres.Leading is not { } genre) return;
            if (!Genres.TryGetValue(genre, out var leaders)) Genres[genre] = leaders = new GenreLeaders.Sketch(genre);
            leaders.Look(cell, video);
        }
    }
}
