using System.Diagnostics;
using Groundswell.Ranking.Learning;
using Groundswell.Storage;

namespace Groundswell.Bench;

/// <param name="PublishUs">To let pages see what was learned.</param>
/// <param name="PublishKb">What that allocates: the heads, whatever the size.</param>
/// <param name="CopyUs">The same bytes copied in memory: the limit.</param>
/// <param name="BeginMs">How long the writer stands still when a save begins.</param>
/// <param name="SavedMb">What a save writes: the rows in use.</param>
/// <param name="DiskMbPerS">As many bytes into a bare file, each mebibyte durable: the limit of <paramref name="SaveMbPerS"/>.</param>
/// <param name="ReadMbPerS">The bare file read again, from the system's cache: the limit of <paramref name="RestoreMbPerS"/>.</param>
/// <param name="LearnPerS">Views predicted and learned from a second, before the save …</param>
/// <param name="LearnPerSMeanwhile">… and while it is written, the saving thread on the same cores.</param>
/// <param name="LongestMs">The view that took longest before the save …</param>
/// <param name="LongestMsMeanwhile">… and while it is written.</param>
/// <param name="ResidentMb">Memory of the process with the model full, before the save …</param>
/// <param name="HighestMb">… and the most it has held: what is kept for the save, and the store, besides.</param>
public sealed record ModelFigures(
    int Viewers, long Rows, long Used, long Evicted, double ModelMb, double PublishUs, double PublishKb, double CopyUs, double PublishRatio,
    double BeginMs, double SaveS, double SavedMb, double SaveMbPerS, double DiskMbPerS, double SaveRatio,
    double RestoreS, double RestoreMbPerS, double ReadMbPerS, double RestoreRatio,
    double LearnPerS, double LearnPerSMeanwhile, double LongestMs, double LongestMsMeanwhile, double ResidentMb, double HighestMb);

/// <summary>The learned model at its full size: published, saved into the embedded store while it learns, and brought back.</summary>
public static class ModelBench
{
    private const int Publications = 200, ViewsEach = 2, Piece = 1 << 20;
    private const double Mebi = 1 << 20;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task<ModelFigures> RunAsync(int viewers, IProgress<string> progress, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("groundswell-bench-model-").FullName;
        try
        {
            await using var store = await SqliteStore.OpenAsync(Path.Combine(folder, "store"), TimeProvider.System, new StoreOptions());
            var (audience, saves) = (new Audience(viewers, ModelSize.For(viewers)), new PartedSnapshot(store.Snapshots, "model"));
            progress.Report("learning from every viewer and video");
            var views = ViewsEach * viewers;
            audience.Watch(() => views-- > viewers / 10, cancellation);
            var (learns, longest) = audience.Watch(() => views-- > 0, cancellation);
            var resident = Resident();
            var (publish, published, copy) = Publish(audience.Model);

            progress.Report("saving while learning");
            var watch = Stopwatch.StartNew();
            var moment = audience.Model.BeginSave();
            var began = watch.Elapsed;
            var saving = Task.Run(() => saves.SaveAsync(moment.Parts(), 1, cancellation), cancellation);
            var (meanwhile, longestMeanwhile) = audience.Watch(() => !saving.IsCompleted, cancellation);
            await saving;
            var save = watch.Elapsed;

            progress.Report("bringing it back");
            var highest = Process.GetCurrentProcess().PeakWorkingSet64;
            var room = audience.Model.Room;
            audience = null;
            watch.Restart();
            new OnlineModel(ModelSize.For(viewers)).Load(saves.Load());
            var restore = watch.Elapsed;
            var saved = saves.Load().Sum(part => (long)part.Length);
            var (disk, read) = Bare(Path.Combine(folder, "bare"), saved);
            var mb = saved / Mebi;
            return new ModelFigures(
                viewers, room.Rows, room.Used, room.Evicted, Math.Round(room.Bytes / Mebi), Math.Round(publish, 1), Math.Round(published / 1024.0, 1), Math.Round(copy, 1), Math.Round(copy / publish, 2),
                Math.Round(began.TotalMilliseconds, 2), Math.Round(save.TotalSeconds, 2), Math.Round(mb, 1), Math.Round(mb / save.TotalSeconds, 1), Math.Round(disk, 1), Math.Round(mb / save.TotalSeconds / disk, 2),
                Math.Round(restore.TotalSeconds, 2), Math.Round(mb / restore.TotalSeconds, 1), Math.Round(read, 1), Math.Round(mb / restore.TotalSeconds / read, 2),
                Math.Round(learns), Math.Round(meanwhile), Math.Round(longest.TotalMilliseconds, 2), Math.Round(longestMeanwhile.TotalMilliseconds, 2), Math.Round(resident / Mebi), Math.Round(highest / Mebi));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static long Resident()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }

    private static (double Us, long Bytes, double CopyUs) Publish(OnlineModel model)
    {
        var (before, watch) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());
        for (var publication = 0; publication < Publications; publication++) model.Publish();
        var us = watch.Elapsed.TotalMicroseconds / Publications;
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Publications;
        var from = new byte[bytes];
        watch.Restart();
        for (var publication = 0; publication < Publications; publication++) _ = from.AsSpan().ToArray();
        return (us, bytes, watch.Elapsed.TotalMicroseconds / Publications);
    }

    /// <summary>Mebibytes a second written and read again.</summary>
    private static (double Write, double Read) Bare(string path, long bytes)
    {
        var piece = new byte[Piece];
        for (var i = 0; i < Piece; i++) piece[i] = (byte)(i * 31 >> 3);
        var watch = Stopwatch.StartNew();
        using (var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            for (var left = bytes; left > 0; left -= Piece)
            {
                file.Write(piece.AsSpan(0, (int)Math.Min(Piece, left)));
                file.Flush(flushToDisk: true);
            }
        }
        var write = watch.Elapsed.TotalSeconds;
        watch.Restart();
        using var again = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        while (again.Read(piece) > 0)
        {
        }
        return (bytes / Mebi / write, bytes / Mebi / watch.Elapsed.TotalSeconds);
    }

    /// <summary>Everybody watches a video nobody else has watched, and then another one.</summary>
    private sealed class Audience(int viewers, ModelSize size)
    {
        private readonly FeatureRow _row = new();
        private int _views;

        public OnlineModel Model { get; } = new(size);

        public (double PerS, TimeSpan Longest) Watch(Func<bool> more, CancellationToken cancellation)
        {
            var (watch, longest, views) = (Stopwatch.StartNew(), TimeSpan.Zero, 0);
            for (; more(); views++)
            {
                cancellation.ThrowIfCancellationRequested();
                var before = watch.Elapsed;
                Next();
                if (watch.Elapsed - before is var took && took > longest) longest = took;
            }
            return (views / watch.Elapsed.TotalSeconds, longest);
        }

        private void Next()
        {
            var draw = Keyed((ulong)_views);
            var (viewer, video) = (1 + (ulong)(_views % viewers), 1 + ((ulong)(_views / viewers) + ((ulong)_views * 7919)) % (ulong)viewers);
            Model.Predict(new Exposure(viewer, video, 1 + (video / 10), 0, 1 + (video % 24), 0, 1, 5 + (draw % 60), null, [], Start.AddSeconds(_views)), _row);
            var finishes = draw % 3 == 0;
            Model.Learn(_row, new Reaction((byte)(Reaction.Bit(Outcome.Completion, finishes) | Reaction.Bit(Outcome.EarlySkip, !finishes)), 0xFF, finishes ? 20 : 1));
            _views++;
        }

        private static ulong Keyed(ulong view) => (view * 0x9E3779B97F4A7C15) >> 33;
    }
}
