using System.Collections.Immutable;
using Groundswell.Core.Duplicates;
using Groundswell.Media.Analysis;

namespace Groundswell.Media.Fingerprints;

/// <summary>
/// 64-bit perceptual hash of a frame by the discrete cosine transform (Zauner, "Implementation and Benchmarking of Perceptual
/// Image Hash Functions", 2010, section 3.2.1): 32 × 32 luma, the 8 × 8 lowest frequencies without those constant along a
/// side, one bit each. A bit is the sign of its coefficient rather than its side of the median: the two differ little,
/// since the median is near 0, and signs make the hash of a mirrored frame a matter of flipping bits
/// (<see cref="Core.Duplicates.Fingerprint.Mirrored"/>).
/// </summary>
public static class FrameHash
{
    private const int Side = 32;
    private const int Frequencies = 8;

    /// <summary>
    /// Standard deviation of luma below which a frame is as good as one colour: 2 % of the range, above the noise of
    /// coding.
    /// </summary>
    private const float LeastContrast = 0.02f;

    private static readonly float[] Cosines = MakeCosines();

    /// <summary>
    /// The fingerprint of a video, from its <see cref="Core.Duplicates.Fingerprint.Frames"/> sampled frames; uniform
    /// borders of the video are left out.
    /// </summary>
    public static Fingerprint Fingerprint(ImmutableArray<RgbFrame> frames)
    {
        var lumas = frames.Select(frame => frame.Luma()).ToList();
        var area = PictureArea.Find(lumas, frames[0].Width, frames[0].Height);
        var squares = lumas.Select(luma => Shrink(luma, frames[0].Width, area)).ToList();
        return new Fingerprint([.. squares.Select(Hash)], [.. squares.Select(IsInformative)]);
    }

    /// <summary>Hash of one square of 32 × 32 luma values, rows from the top.</summary>
    public static ulong Hash(float[] square)
    {
        var rows = new float[Side * Frequencies];
        for (var y = 0; y < Side; y++)
            for (var u = 0; u < Frequencies; u++)
                rows[y * Frequencies + u] = Product(square.AsSpan(y * Side, Side), u);

        var hash = 0ul;
        var column = new float[Side];
        for (var u = 0; u < Frequencies; u++)
        {
            for (var y = 0; y < Side; y++) column[y] = rows[y * Frequencies + u];
            for (var v = 0; v < Frequencies; v++)
                if (Product(column, v) > 0) hash |= 1ul << (v * Frequencies + u);
        }
        return hash;
    }

    /// <summary>Whether a square has enough contrast for its hash to mean anything.</summary>
    public static bool IsInformative(float[] square)
    {
        var mean = square.Average();
        return Math.Sqrt(square.Average(luma => (luma - mean) * (luma - mean))) >= LeastContrast;
    }

    /// <summary>Frequency index + 1 of the transform: index 0 is frequency 1, the constant is left out.</summary>
    private static float Product(ReadOnlySpan<float> line, int index)
    {
        var sum = 0f;
        for (var i = 0; i < Side; i++) sum += line[i] * Cosines[index * Side + i];
        return sum;
    }

    private static float[] MakeCosines()
    {
        var cosines = new float[Frequencies * Side];
        for (var index = 0; index < Frequencies; index++)
            for (var i = 0; i < Side; i++)
                cosines[index * Side + i] = (float)Math.Cos((index + 1) * Math.PI * (2 * i + 1) / (2 * Side));
        return cosines;
    }

    /// <summary>
    /// Mean luma of each of 32 × 32 parts of the area, equal to within one pixel.
    /// </summary>
    private static float[] Shrink(float[] luma, int stride, PictureArea area)
    {
        var square = new float[Side * Side];
        for (var y = 0; y < Side; y++)
        {
            var (top, bottom) = Part(area.Top, area.Height, y);
            for (var x = 0; x < Side; x++)
            {
                var (left, right) = Part(area.Left, area.Width, x);
                var sum = 0f;
                for (var row = top; row < bottom; row++)
                    for (var column = left; column < right; column++) sum += luma[row * stride + column];
                square[y * Side + x] = sum / ((bottom - top) * (right - left));
            }
        }
        return square;
    }

    private static (int From, int To) Part(int start, int length, int part)
    {
        var from = start + part * length / Side;
        return (from, Math.Max(from + 1, start + (part + 1) * length / Side));
    }
}
