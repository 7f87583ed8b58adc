using System.Diagnostics;
using Groundswell.Core.Feed;
using Groundswell.Ranking.Learning;

namespace Groundswell.Lab.RankingLogs;

/// <summary>How a log was ranked.</summary>
/// <param name="Predictions">One for each data row of the last log, in the order of the file.</param>
/// <param name="RowsPerSecond">Rows predicted and learned from, on one core.</param>
public sealed record RankedLog(ActionProbabilities[] Predictions, int Warm, int Rows, double RowsPerSecond);

/// <summary>
/// A log lived through once more, in time order: each row is predicted before anything of it is seen, and learned from when its
/// outcome would have been known.
/// </summary>
public static class ProgressiveValidation
{
    /// <param name="history">Exposures before the log; null for none.</param>
    /// <param name="logs">Streamed one after the other as one log.</param>
    /// <param name="delay">How long after an exposure its outcome is known.</param>
    /// <exception cref="InvalidDataException">A file is no such table; the message says which and where.</exception>
    public static RankedLog Run(
        string? history, string users, string videos, IReadOnlyList<string> logs, TimeSpan delay, ModelSize size,
        IProgress<(int Done, int Of)>? progress, CancellationToken cancellation)
    {
        var data = new KuaiRand(users, videos);
        var model = new OnlineModel(size);
        var past = history is null ? [] : data.History(history);
        var row = new FeatureRow();
        foreach (var exposed in past)
        {
            cancellation.ThrowIfCancellationRequested();
            model.Predict(exposed.Exposure, row);
            if (exposed.Reaction is { } reaction) model.Learn(row, reaction);
        }
        var streams = logs.Select(data.Log).ToArray();
        var of = streams.Sum(stream => stream.Count);
        var predictions = new ActionProbabilities[streams[^1].Count];
        var waiting = new Queue<(DateTimeOffset KnownAt, FeatureRow Features, Reaction Reaction)>();
        var spare = new Stack<FeatureRow>();
        var done = 0;
        var began = Stopwatch.GetTimestamp();
        foreach (var stream in streams)
            foreach (var logged in stream)
            {
                if (done++ % 1000 == 0)
                {
                    cancellation.ThrowIfCancellationRequested();
                    progress?.Report((done, of));
                }
                while (waiting.TryPeek(out var next) && next.KnownAt <= logged.Exposure.At) LearnOldest();
                var features = spare.TryPop(out var free) ? free : new FeatureRow();
                var predicted = model.Predict(logged.Exposure, features);
                if (stream == streams[^1]) predictions[logged.Row] = predicted;
                if (logged.Reaction is { } reaction) waiting.Enqueue((logged.Exposure.At + delay, features, reaction));
                else spare.Push(features);
                // Without a delay the next row may be of the same moment, and has seen this one.
                if (delay == TimeSpan.Zero && waiting.Count > 0) LearnOldest();
            }
        return new RankedLog(predictions, past.Count, of, of / Stopwatch.GetElapsedTime(began).TotalSeconds);

        void LearnOldest()
        {
            var (_, features, reaction) = waiting.Dequeue();
            model.Learn(features, reaction);
            spare.Push(features);
        }
    }
}
