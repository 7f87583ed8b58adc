using System.Globalization;
using System.IO.Compression;
using Groundswell.Core.Audience;
using Groundswell.Core.Taste;
using Groundswell.Lab.Simulations.Audience;

namespace Groundswell.Lab.Calibration;

/// <summary>One logged exposure.</summary>
internal readonly record struct Exposure(long User, long Video, int PlayMs, int DurationMs, bool Like, bool Comment, bool Share, bool Follow)
{
    public DurationBucket Bucket => DurationBuckets.Of(DurationMs);

    public Depth Depth =>
        PlayMs >= 2 * DurationMs ? Depth.Rewatched
        : PlayMs >= DurationMs ? Depth.Completed
        : TasteRules.Default.IsEarlySkip(PlayMs, DurationMs) ? Depth.Skipped
        : Depth.Partly;

    /// <summary>Points by the shipped table, with the log's own measure of a re-watch.</summary>
    public double Points =>
        (Depth is Depth.Rewatched or Depth.Completed ? 8 : 0) + (Depth == Depth.Rewatched ? 10 : 0) + (Share ? 6 : 0) + (Comment ? 4 : 0) + (Like ? 2 : 0);
}

/// <summary>Reads the standard logs of KuaiRand-Pure from a folder: files named <c>log_standard…csv</c>, plain or gzipped.</summary>
internal static class KuaiRandLog
{
    private static readonly string[] Columns = ["user_id", "video_id", "play_time_ms", "duration_ms", "is_like", "is_comment", "is_forward", "is_follow"];

    /// <summary>All exposures with a duration.</summary>
    /// <exception cref="InvalidDataException">There is no such file, or one is no such log; the message says which and where.</exception>
    public static List<Exposure> Read(string folder, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder)) throw new InvalidDataException($"There is no folder {folder}.");
        string[] files = [.. Directory.GetFiles(folder, "log_standard*.csv*").Order(StringComparer.Ordinal)];
        if (files.Length == 0) throw new InvalidDataException($"{folder} holds no file named log_standard….csv or .csv.gz.");
        var exposures = new List<Exposure>();
        foreach (var file in files) Read(file, exposures, cancellation);
        return exposures;
    }

    private static void Read(string path, List<Exposure> into, CancellationToken cancellation)
    {
        using var file = File.OpenRead(path);
        using Stream plain = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var lines = new StreamReader(plain);
        var header = lines.ReadLine()?.Split(',') ?? [];
        int[] places = [.. Columns.Select(column => Array.IndexOf(header, column))];
        if (places.Contains(-1)) throw new InvalidDataException($"{path} has no column '{Columns[Array.IndexOf(places, -1)]}'.");
        var numbers = new long[places.Length];
        for (var number = 2; lines.ReadLine() is { } line; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            var cells = line.Split(',');
            for (var i = 0; i < places.Length; i++)
                if (places[i] >= cells.Length || !long.TryParse(cells[places[i]], CultureInfo.InvariantCulture, out numbers[i]))
                    throw new InvalidDataException($"{path}, line {number}: '{Columns[i]}' is no whole number.");
            if (numbers[3] > 0)
                into.Add(new Exposure(numbers[0], numbers[1], (int)numbers[2], (int)numbers[3], numbers[4] != 0, numbers[5] != 0, numbers[6] != 0, numbers[7] != 0));
        }
    }
}
