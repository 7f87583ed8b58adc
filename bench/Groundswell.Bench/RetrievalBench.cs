using System.Diagnostics;
using System.Numerics.Tensors;
using Groundswell.Core.Chances;
using Groundswell.Ranking.Retrieval;

namespace Groundswell.Bench;

/// <param name="Recall">Of the truly nearest, the share that a search finds, mean over the queries.</param>
/// <param name="P50Us">Microseconds of one search on one thread.</param>
/// <param name="BruteUs">The same of one dot product with every row of floats, on the same thread: the limit of an exact search here.</param>
/// <param name="AddUs">Microseconds to add one, mean over building the whole.</param>
/// <param name="BytesAVideo">Of the index, rows of a byte a dimension included, places of 16 bytes in each video too.</param>
public sealed record RetrievalFigures(
    int Videos, int Wanted, int Queries, double Recall, double LeastRecall, double P50Us, double P99Us, double SearchesPerS, double BruteUs, double Speedup,
    double AddUs, double RemoveUs, int Clusters, double BytesAVideo, int RowBytes);

/// <summary>The nearest videos to tastes: the index beside an exact search, both on one thread, over the same rows.</summary>
public static class RetrievalBench
{
    private const int Genres = 24, PlaceBytes = 16;

    private static readonly JointSpace Space = new(Genres);

    public static RetrievalFigures Run(int videos, int wanted, int queries, IProgress<string> progress, CancellationToken cancellation)
    {
        var world = new Rows(new Chance(1).For("retrieval"));
        progress.Report("making videos");
        var rows = new float[(long)videos * Space.Width];
        Parallel.For(0, videos, new ParallelOptions { CancellationToken = cancellation }, video => world.Video(video, RowOf(rows, video)));
        var items = Enumerable.Range(0, videos).Select(video => new Item(video)).ToArray();

        progress.Report("building the index");
        var index = new NearIndex(Space.Reach());
        var watch = Stopwatch.StartNew();
        for (var video = 0; video < videos; video++)
        {
            index.Add(items[video], RowOf(rows, video));
            if (video % 100_000 == 0) cancellation.ThrowIfCancellationRequested();
        }
        var add = watch.Elapsed.TotalMicroseconds / videos;
        var bytes = ((double)index.Bytes / videos) + PlaceBytes;

        progress.Report("searching");
        var asked = Enumerable.Range(0, queries).Select(query => world.Query(query)).ToArray();
        var (found, times) = (new List<Placed>(), new double[queries]);
        for (var query = 0; query < Math.Min(50, queries); query++) index.Search(asked[query], wanted, null, found);
        var answers = new HashSet<int>[queries];
        for (var query = 0; query < queries; query++)
        {
            watch.Restart();
            index.Search(asked[query], wanted, null, found);
            times[query] = watch.Elapsed.TotalMicroseconds;
            answers[query] = [.. found.Select(item => ((Item)item).Video)];
        }

        progress.Report("searching exactly");
        var (brute, recalls) = (0.0, new double[queries]);
        var scores = new float[videos];
        for (var query = 0; query < queries; query++)
        {
            cancellation.ThrowIfCancellationRequested();
            watch.Restart();
            for (var video = 0; video < videos; video++) scores[video] = TensorPrimitives.Dot<float>(asked[query], RowOf(rows, video));
            var nearest = Best(scores, wanted);
            brute += watch.Elapsed.TotalMicroseconds / queries;
            recalls[query] = nearest.Count(video => answers[query].Contains(video)) / (double)wanted;
        }

        watch.Restart();
        var removed = Math.Min(videos / 2, 10_000);
        for (var video = 0; video < removed; video++) index.Remove(items[video]);
        var remove = watch.Elapsed.TotalMicroseconds / Math.Max(1, removed);
        Array.Sort(times);
        return new RetrievalFigures(
            videos, wanted, queries, Math.Round(recalls.Average(), 4), Math.Round(recalls.Min(), 3), Math.Round(times[queries / 2]), Math.Round(times[queries * 99 / 100]),
            Math.Round(1e6 / times.Average()), Math.Round(brute), Math.Round(brute / times.Average(), 1), Math.Round(add, 2), Math.Round(remove, 2),
            index.Clusters, Math.Round(bytes, 1), (Space.Width + 31) / 32 * 32);
    }

    private static Span<float> RowOf(float[] rows, int video) => rows.AsSpan(video * Space.Width, Space.Width);

    private static IEnumerable<int> Best(float[] scores, int wanted)
    {
        var nearest = new PriorityQueue<int, float>();
        for (var video = 0; video < scores.Length; video++)
        {
            if (nearest.Count < wanted) nearest.Enqueue(video, scores[video]);
            else if (nearest.TryPeek(out _, out var least) && scores[video] > least) nearest.DequeueEnqueue(video, scores[video]);
        }
        return nearest.UnorderedItems.Select(item => item.Element);
    }

    private sealed class Item(int video) : Placed
    {
        public int Video => video;
    }

    /// <summary>
    /// Videos of one or two genres, whose vectors lie about a thousand topics and are half their own; tastes are the mean of
    /// what a viewer has finished, of two topics, with affinities to their genres.
    /// </summary>
    private sealed class Rows(Chance chance)
    {
        private const int Topics = 1000;
        private const float Own = 0.8f;

        private readonly float[][] _topics = [.. Enumerable.Range(0, Topics).Select(topic => Unit(chance.For("topic").For(topic)))];

        public void Video(int video, Span<float> row)
        {
            var draw = chance.For("video").For(video);
            var topic = draw.For("topic").Below(Topics);
            row.Clear();
            Around(topic, draw, row[..64]);
            var second = draw.For("second").Unit() < 0.5 ? draw.For("genre").Below(Genres) : GenreOf(topic);
            row[64 + GenreOf(topic)] += 0.7f;
            row[64 + second] += 0.3f;
            row[^1] = (float)Math.Min(3, 0.2 * Math.Exp(0.5 * draw.For("quality").Normal()));
        }

        public float[] Query(int query)
        {
            var draw = chance.For("query").For(query);
            var (taste, affinities, row) = (new float[64], new double[Genres], new float[Space.Width]);
            Span<float> seen = stackalloc float[64];
            for (var liked = 0; liked < 2; liked++)
            {
                var topic = draw.For("topic").For(liked).Below(Topics);
                affinities[GenreOf(topic)] = 0.6 - (0.3 * liked);
                for (var video = 0; video < 10; video++)
                {
                    Around(topic, draw.For(liked).For(video), seen);
                    TensorPrimitives.Add(taste, seen, taste);
                }
            }
            affinities[draw.For("skipped").Below(Genres)] -= 0.3;
            TensorPrimitives.Divide(taste, TensorPrimitives.Norm<float>(taste), taste);
            Space.Ask(taste, affinities, row);
            return row;
        }

        private static int GenreOf(int topic) => topic % Genres;

        private void Around(int topic, Chance draw, Span<float> vector)
        {
            var own = Unit(draw.For("own"));
            for (var i = 0; i < 64; i++) vector[i] = _topics[topic][i] + (Own * own[i]);
            TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        }

        private static float[] Unit(Chance draw)
        {
            var vector = new float[64];
            for (var i = 0; i < 64; i++) vector[i] = (float)draw.For(i).Normal();
            TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
            return vector;
        }
    }
}
