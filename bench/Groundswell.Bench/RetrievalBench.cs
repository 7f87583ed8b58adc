using System.Diagnostics;
using System.Numerics.Tensors;
using System.Text.Json.Serialization;
using Groundswell.Core.Chances;
using Groundswell.Ranking.Retrieval;

namespace Groundswell.Bench;

/// <param name="RecallAt500">Of the truly nearest 500, the share that a search finds, mean over the queries …</param>
/// <param name="LeastRecall">… and of the query that fared worst.</param>
/// <param name="Qps">Searches a second on one thread.</param>
/// <param name="BruteQps">The same of an exact search, one dot product with every row of floats: what this machine gives without an index.</param>
/// <param name="BuildS">Seconds to put all in, one by one, on one thread.</param>
/// <param name="BytesAVideo">Of the index, rows of a byte a dimension included, places of 16 bytes in each video too.</param>
public sealed record RetrievalFigures(
    int Videos, int Dims, int Queries, [property: JsonPropertyName("recall_at_500")] double RecallAt500, double LeastRecall, double Qps, double P50Us, double P99Us, double BruteQps, double Ratio,
    double BuildS, double InsertPerS, double RemovePerS, int Clusters, double BytesAVideo, int RowBytes)
{
    // Of Faiss in the same run, where it could be built.
    public string? FaissIndex { get; init; }
    [JsonPropertyName("faiss_recall_at_500")] public double? FaissRecallAt500 { get; init; }
    public double? FaissQps { get; init; }
    public double? FaissBuildS { get; init; }
    public double? FaissAddPerS { get; init; }
    public double? FaissBytesPerVideo { get; init; }

    public RetrievalFigures Beside(FaissFigures? faiss) => this with
    {
        FaissIndex = faiss?.Index, FaissRecallAt500 = faiss?.RecallAt500, FaissQps = faiss?.Qps,
        FaissBuildS = faiss?.BuildS, FaissAddPerS = faiss?.AddPerS, FaissBytesPerVideo = faiss?.BytesPerVideo,
    };
}

/// <summary>The nearest videos to tastes: the index beside an exact search and, where it can be built, Faiss; each on one thread, over the same rows.</summary>
public static class RetrievalBench
{
    private const int Genres = 24, PlaceBytes = 16, Wanted = 500;

    /// <param name="dims">Of a content vector; genres and quality come besides.</param>
    /// <param name="peer">How Faiss is to keep rows, in the words of its index factory; null to leave it out.</param>
    public static async Task<RetrievalFigures> RunAsync(int videos, int dims, int queries, string? peer, IProgress<string> progress, CancellationToken cancellation)
    {
        var (world, width, wanted) = (new Rows(new Chance(1).For("retrieval"), dims), dims + Genres + 1, Math.Min(Wanted, videos));
        progress.Report("making videos");
        var rows = new float[(long)videos * width];
        Parallel.For(0, videos, new ParallelOptions { CancellationToken = cancellation }, video => world.Video(video, rows.AsSpan(video * width, width)));
        var items = Enumerable.Range(0, videos).Select(video => new Item(video)).ToArray();

        progress.Report("building the index");
        var index = new NearIndex(world.Reach);
        var watch = Stopwatch.StartNew();
        for (var video = 0; video < videos; video++)
        {
            index.Add(items[video], rows.AsSpan(video * width, width));
            if (video % 100_000 == 0) cancellation.ThrowIfCancellationRequested();
        }
        var build = watch.Elapsed.TotalSeconds;
        var bytes = ((double)index.Bytes / videos) + PlaceBytes;

        progress.Report("searching");
        var asked = Enumerable.Range(0, queries).Select(query => world.Query(query)).ToArray();
        var (found, times) = (new List<Found>(), new double[queries]);
        for (var query = 0; query < Math.Min(50, queries); query++) index.Search(asked[query], wanted, null, found);
        var answers = new HashSet<int>[queries];
        for (var query = 0; query < queries; query++)
        {
            watch.Restart();
            index.Search(asked[query], wanted, null, found);
            times[query] = watch.Elapsed.TotalMicroseconds;
            answers[query] = [.. found.Select(one => ((Item)one.Item).Video)];
        }

        progress.Report("searching exactly");
        var (brute, recalls, truth) = (0.0, new double[queries], new int[queries * wanted]);
        var scores = new float[videos];
        for (var query = 0; query < queries; query++)
        {
            cancellation.ThrowIfCancellationRequested();
            watch.Restart();
            for (var video = 0; video < videos; video++) scores[video] = TensorPrimitives.Dot<float>(asked[query], rows.AsSpan(video * width, width));
            var nearest = truth.AsSpan(query * wanted, wanted);
            Best(scores, nearest);
            brute += watch.Elapsed.TotalMicroseconds / queries;
            foreach (var video in nearest) recalls[query] += answers[query].Contains(video) ? 1.0 / wanted : 0;
        }

        watch.Restart();
        var removed = Math.Min(videos / 2, 10_000);
        for (var video = 0; video < removed; video++) index.Remove(items[video]);
        var remove = watch.Elapsed.TotalSeconds / Math.Max(1, removed);
        Array.Sort(times);
        var figures = new RetrievalFigures(
            videos, dims, queries, Math.Round(recalls.Average(), 4), Math.Round(recalls.Min(), 3), Math.Round(1e6 / times.Average()), Math.Round(times[queries / 2]), Math.Round(times[queries * 99 / 100]),
            Math.Round(1e6 / brute, 1), Math.Round(brute / times.Average(), 1), Math.Round(build, 1), Math.Round(videos / build), Math.Round(1 / remove),
            index.Clusters, Math.Round(bytes, 1), (width + 31) / 32 * 32);
        if (peer is null) return figures;
        float[] asking = [.. asked.SelectMany(query => query)];
        return figures.Beside(await FaissPeer.RunAsync(new(rows, asking, truth, width), peer, figures.RecallAt500, progress, cancellation));
    }

    private static void Best(float[] scores, Span<int> into)
    {
        var (nearest, wanted) = (new PriorityQueue<int, float>(into.Length), into.Length);
        for (var video = 0; video < scores.Length; video++)
        {
            if (nearest.Count < wanted) nearest.Enqueue(video, scores[video]);
            else if (nearest.TryPeek(out _, out var least) && scores[video] > least) nearest.DequeueEnqueue(video, scores[video]);
        }
        foreach (var (video, _) in nearest.UnorderedItems) into[--wanted] = video;
    }

    private sealed class Item(int video) : Placed
    {
        public int Video => video;
    }

    /// <summary>
    /// Videos of one or two genres, whose vectors lie about a thousand topics and are half their own; tastes are the mean of
    /// what a viewer has finished, of two topics, with affinities to their genres.
    /// </summary>
    private sealed class Rows(Chance chance, int dims)
    {
        private const int Topics = 1000;
        private const float Own = 0.8f;

        private readonly float[][] _topics = [.. Enumerable.Range(0, Topics).Select(topic => Unit(chance.For("topic").For(topic), dims))];

        /// <summary>As in <see cref="JointSpace"/>, for vectors of any length.</summary>
        public float[] Reach { get; } = [.. Enumerable.Repeat(0.75f, dims), .. Enumerable.Repeat(1f, Genres), 3];

        public void Video(int video, Span<float> row)
        {
            var draw = chance.For("video").For(video);
            var topic = draw.For("topic").Below(Topics);
            row.Clear();
            Around(topic, draw, row[..dims]);
            var second = draw.For("second").Unit() < 0.5 ? draw.For("genre").Below(Genres) : GenreOf(topic);
            row[dims + GenreOf(topic)] += 0.7f;
            row[dims + second] += 0.3f;
            row[^1] = (float)Math.Min(3, 0.2 * Math.Exp(0.5 * draw.For("quality").Normal()));
        }

        public float[] Query(int query)
        {
            var draw = chance.For("query").For(query);
            var row = new float[dims + Genres + 1];
            var taste = row.AsSpan(0, dims);
            var seen = new float[dims];
            for (var liked = 0; liked < 2; liked++)
            {
                var topic = draw.For("topic").For(liked).Below(Topics);
                row[dims + GenreOf(topic)] = 1.2f - (0.6f * liked);
                for (var video = 0; video < 10; video++)
                {
                    Around(topic, draw.For(liked).For(video), seen);
                    TensorPrimitives.Add(taste, seen, taste);
                }
            }
            row[dims + draw.For("skipped").Below(Genres)] -= 0.6f;
            row[^1] = 0.5f;
            TensorPrimitives.Divide(taste, TensorPrimitives.Norm(taste), taste);
            return row;
        }

        private static int GenreOf(int topic) => topic % Genres;

        private void Around(int topic, Chance draw, Span<float> vector)
        {
            var own = Unit(draw.For("own"), dims);
            for (var i = 0; i < dims; i++) vector[i] = _topics[topic][i] + (Own * own[i]);
            TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        }

        private static float[] Unit(Chance draw, int dims)
        {
            var vector = new float[dims];
            for (var i = 0; i < dims; i++) vector[i] = (float)draw.For(i).Normal();
            TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
            return vector;
        }
    }
}
