namespace Groundswell.Media.Analysis;

/// <summary>
/// Counts general flashes after WCAG 2.3.1: a flash is a pair of opposing changes in relative luminance of at least a tenth
/// of the maximum where the darker state is below 0.8. The picture is judged in 16 tiles; a flash counts where a quarter of
/// the picture flashes within the same second.
/// </summary>
public static class FlashMeter
{
    private const int TilesAcross = 4;
    private const int Tiles = TilesAcross * TilesAcross;
    private const int TilesThatCount = Tiles / 4;
    private const float Change = 0.1f;
    private const float BrightestDark = 0.8f;

    /// <summary>Highest number of flashes in any one second.</summary>
    public static float Measure(LumaStream luma)
    {
        var window = Math.Max(1, (int)Math.Round(luma.FramesPerSecond));
        var changesBefore = new int[Tiles][];
        for (var tile = 0; tile < Tiles; tile++) changesBefore[tile] = CountChanges(LuminanceOf(luma, tile));
        var most = 0;
        var changes = new int[Tiles];
        for (var start = 0; start < luma.Frames; start++)
        {
            var end = Math.Min(luma.Frames, start + window);
            for (var tile = 0; tile < Tiles; tile++) changes[tile] = changesBefore[tile][end] - changesBefore[tile][start];
            Array.Sort(changes);
            most = Math.Max(most, changes[^TilesThatCount] / 2);
        }
        return most;
    }

    /// <summary>
    /// For each frame, and one past the last, how often the luminance had swung by <see cref="Change"/> against the
    /// direction of the swing before.
    /// </summary>
    private static int[] CountChanges(float[] luminance)
    {
        var before = new int[luminance.Length + 1];
        var (extreme, direction) = (luminance[0], 0);
        for (var i = 0; i < luminance.Length; i++)
        {
            var now = luminance[i];
            before[i + 1] = before[i];
            var swing = Math.Sign(now - extreme);
            if (swing == direction)
            {
                extreme = now;
            }
            else if (Math.Abs(now - extreme) >= Change && Math.Min(now, extreme) < BrightestDark)
            {
                (extreme, direction) = (now, swing);
                before[i + 1]++;
            }
        }
        return before;
    }

    /// <summary>Relative luminance of one tile over time: its mean luma, linearised by the sRGB curve.</summary>
    private static float[] LuminanceOf(LumaStream luma, int tile)
    {
        const int Width = LumaStream.Width / TilesAcross;
        const int Height = LumaStream.Height / TilesAcross;
        var origin = tile / TilesAcross * Height * LumaStream.Width + tile % TilesAcross * Width;
        var luminance = new float[luma.Frames];
        for (var frame = 0; frame < luminance.Length; frame++)
        {
            var pixels = luma[frame];
            var sum = 0;
            for (var y = 0; y < Height; y++)
                foreach (var pixel in pixels.Slice(origin + y * LumaStream.Width, Width)) sum += pixel;
            luminance[frame] = Linear(sum / (255f * Width * Height));
        }
        return luminance;
    }

    private static float Linear(float level) => level <= 0.04045f ? level / 12.92f : MathF.Pow((level + 0.055f) / 1.055f, 2.4f);
}
