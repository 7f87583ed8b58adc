using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;

namespace Groundswell.Lab.TestBatches;

/// <summary>Who really watched how much of what: <c>user,video,watch_ratio</c>, one row a pair, plain or gzipped.</summary>
public static class WatchLog
{
    private const double Completion = 1, Rewatch = 2;

    /// <summary>Points of one view by the seed's table: 8 for a completion, 10 more for a re-watch.</summary>
    public static double Points(double watchRatio) => (watchRatio >= Completion ? 8 : 0) + (watchRatio >= Rewatch ? 10 : 0);

    /// <summary>The videos that at least so many viewers are known of, each with the points of those, in the order of the file.</summary>
    /// <exception cref="InvalidDataException">The file is no such log; the message names the line.</exception>
    public static ImmutableArray<Upload> Uploads(string path, int leastViewers)
    {
        var order = new List<long>();
        var points = new Dictionary<long, List<double>>();
        foreach (var row in Rows(path))
        {
            if (!points.TryGetValue(row.Video, out var of))
            {
                points[row.Video] = of = [];
                order.Add(row.Video);
            }
            of.Add(Points(row.Ratio));
        }
        return [.. order.Where(video => points[video].Count >= leastViewers).Select(video => new Upload(video, [.. points[video]]))];
    }

    /// <summary>Every row, in the order of the file.</summary>
    /// <exception cref="InvalidDataException">The file is no such log; the message names the line.</exception>
    public static ImmutableArray<WatchRow> Rows(string path)
    {
        using var file = File.OpenRead(path);
        using Stream plain = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var lines = new StreamReader(plain);
        if (lines.ReadLine()?.Split(',') is not ["user", "video", "watch_ratio"])
            throw new InvalidDataException($"{path} does not begin with the line 'user,video,watch_ratio'.");
        var rows = ImmutableArray.CreateBuilder<WatchRow>();
        for (var number = 2; lines.ReadLine() is { } line; number++)
        {
            var cells = line.Split(',');
            if (cells.Length != 3
                || !long.TryParse(cells[0], CultureInfo.InvariantCulture, out var user)
                || !long.TryParse(cells[1], CultureInfo.InvariantCulture, out var video)
                || !double.TryParse(cells[2], CultureInfo.InvariantCulture, out var ratio)
                || !double.IsFinite(ratio))
                throw new InvalidDataException($"{path}, line {number} is not a user, a video and a watch ratio: '{line}'.");
            rows.Add(new WatchRow(user, video, ratio));
        }
        return rows.ToImmutable();
    }
}

/// <summary>What one person watched of one video, in durations.</summary>
public readonly record struct WatchRow(long User, long Video, double Ratio);

/// <summary>A video whose true quality is known: the mean points of all its known viewers.</summary>
/// <param name="Points">Points of each known viewer.</param>
public sealed record Upload(long Video, ImmutableArray<double> Points)
{
    public double Quality { get; } = Points.Average();
}
