using System.Collections.Immutable;
using Groundswell.Core.Videos;

namespace Groundswell.Media.Analysis;

/// <summary>Features of the picture: colour and detail from the sparse frames, time from the dense ones. Pure.</summary>
public static class VisualAnalysis
{
    private const int HueBins = 12;

    public static VisualFeatures Analyse(ImmutableArray<RgbFrame> frames, LumaStream luma)
    {
        var colour = ColourOf(frames);
        var pace = Pace.Of(luma);
        return new VisualFeatures(
            MeanLuma: colour.MeanLuma,
            LumaDeviation: colour.LumaDeviation,
            Saturation: colour.Saturation,
            HueHistogram: colour.Hues,
            Motion: pace.Motion,
            ShotsPerMinute: pace.CutsPerMinute,
            BlackShare: pace.BlackShare,
            FrozenShare: pace.FrozenShare,
            FlashesPerSecond: FlashMeter.Measure(luma),
            EdgeDensity: frames.Average(EdgeDensityOf));
    }

    /// <summary>
    /// Mean gradient magnitude of one frame in [0, 1]: central differences of luma, 1 where every pixel differs from its
    /// neighbours by the full range.
    /// </summary>
    public static float EdgeDensityOf(RgbFrame frame)
    {
        var (width, height) = (frame.Width, frame.Height);
        if (width < 3 || height < 3) return 0;
        var luma = frame.Luma();
        var sum = 0.0;
        for (var y = 1; y < height - 1; y++)
        {
            for (var x = 1; x < width - 1; x++)
            {
                var at = y * width + x;
                var (dx, dy) = (luma[at + 1] - luma[at - 1], luma[at + width] - luma[at - width]);
                sum += Math.Sqrt((dx * dx + dy * dy) / 2);
            }
        }
        return (float)(sum / ((width - 2) * (height - 2)));
    }

    private sealed record Colour(float MeanLuma, float LumaDeviation, float Saturation, ImmutableArray<float> Hues);

    private static Colour ColourOf(ImmutableArray<RgbFrame> frames)
    {
        double sum = 0, squares = 0, saturation = 0;
        long pixels = 0;
        var hues = new double[HueBins];
        foreach (var frame in frames)
        {
            foreach (var luma in frame.Luma())
            {
                sum += luma;
                squares += luma * luma;
            }
            saturation += AddHues(frame.Pixels.Span, hues);
            pixels += frame.Width * frame.Height;
        }
        var mean = sum / pixels;
        var total = hues.Sum();
        return new Colour(
            (float)mean,
            (float)Math.Sqrt(Math.Max(0, squares / pixels - mean * mean)),
            (float)(saturation / pixels),
            [.. hues.Select(share => total > 0 ? (float)(share / total) : 0)]);
    }

    /// <summary>
    /// Adds the hues of one frame and returns the sum of its saturations (hexcone model, Smith, "Color Gamut Transform
    /// Pairs", 1978). Pixels that are pale (saturation ≤ 0.2) or dark (value ≤ 0.15) have a hue of noise and are left out.
    /// </summary>
    private static double AddHues(ReadOnlySpan<byte> pixels, double[] hues)
    {
        var saturations = 0.0;
        for (var i = 0; i < pixels.Length; i += 3)
        {
            var (red, green, blue) = (pixels[i], pixels[i + 1], pixels[i + 2]);
            var most = Math.Max(red, Math.Max(green, blue));
            var spread = most - Math.Min(red, Math.Min(green, blue));
            if (spread == 0) continue;
            var saturation = (double)spread / most;
            saturations += saturation;
            if (saturation > 0.2 && most > 0.15 * 255) hues[HueBin(red, green, blue, most, spread)]++;
        }
        return saturations;
    }

    /// <summary>Bin 0 is centred on red: 345° to 15°.</summary>
    private static int HueBin(int red, int green, int blue, int most, int spread)
    {
        var sector = most == red ? (double)(green - blue) / spread
            : most == green ? 2 + (double)(blue - red) / spread
            : 4 + (double)(red - green) / spread;
        return (int)Math.Floor(sector * 2 + 0.5 + HueBins) % HueBins;
    }
}
