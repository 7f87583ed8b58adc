namespace Groundswell.Media.Analysis;

/// <summary>How the picture changes over time.</summary>
/// <param name="Motion">Mean absolute luma difference between frames a tenth of a second apart, cuts included.</param>
/// <param name="CutsPerMinute">Cuts per minute of video.</param>
/// <param name="BlackShare">Share of the frames that are black.</param>
/// <param name="FrozenShare">Share of the time in which nothing changes for half a second or longer.</param>
public sealed record Pace(float Motion, float CutsPerMinute, float BlackShare, float FrozenShare)
{
    /// <summary>A black frame: 98 % of its pixels below a tenth of the range, the defaults of ffmpeg's blackdetect.</summary>
    private const float BlackPixelShare = 0.98f;
    private const byte BlackPixel = 25;

    /// <summary>A still step: mean difference below −60 dB, the default of ffmpeg's freezedetect.</summary>
    private const float StillDifference = 0.001f;

    /// <summary>A cut changes at least a twelfth of the range on average…</summary>
    private const float CutDifference = 0.08f;

    /// <summary>…and stands out from the moving steps around it, which fast motion does not.</summary>
    private const float CutContrast = 3f;

    public static Pace Of(LumaStream luma)
    {
        var steps = new float[Math.Max(0, luma.Frames - 1)];
        for (var i = 0; i < steps.Length; i++) steps[i] = luma.Difference(i, i + 1);
        var minutes = luma.Frames / luma.FramesPerSecond / 60;
        return new Pace(
            MotionOf(luma),
            (float)(CountCuts(steps) / minutes),
            (float)CountBlack(luma) / luma.Frames,
            FrozenShareOf(steps, runLength: Math.Max(1, (int)Math.Round(luma.FramesPerSecond / 2))));
    }

    private static float MotionOf(LumaStream luma)
    {
        var stride = Math.Max(1, (int)Math.Round(luma.FramesPerSecond / 10));
        var (sum, count) = (0f, 0);
        for (var i = 0; i + stride < luma.Frames; i += stride, count++) sum += luma.Difference(i, i + stride);
        return count == 0 ? 0 : sum / count;
    }

    private static int CountCuts(float[] steps)
    {
        var cuts = 0;
        for (var i = 0; i < steps.Length; i++)
            if (steps[i] >= CutDifference && steps[i] >= CutContrast * MotionAround(steps, i)) cuts++;
        return cuts;
    }

    /// <summary>Still steps do not count: a slow camera brought to a faster rate shows each of its frames several times.</summary>
    private static float MotionAround(float[] steps, int at)
    {
        const int Reach = 8;
        var (sum, count) = (0f, 0);
        for (var i = Math.Max(0, at - Reach); i <= Math.Min(steps.Length - 1, at + Reach); i++)
        {
            if (i == at || steps[i] < StillDifference) continue;
            sum += steps[i];
            count++;
        }
        return count == 0 ? 0 : sum / count;
    }

    private static int CountBlack(LumaStream luma)
    {
        var black = 0;
        for (var frame = 0; frame < luma.Frames; frame++)
        {
            var dark = 0;
            foreach (var pixel in luma[frame])
                if (pixel <= BlackPixel) dark++;
            if (dark >= BlackPixelShare * LumaStream.FrameBytes) black++;
        }
        return black;
    }

    private static float FrozenShareOf(float[] steps, int runLength)
    {
        if (steps.Length == 0) return 0;
        var (frozen, run) = (0, 0);
        foreach (var step in steps)
        {
            run = step < StillDifference ? run + 1 : 0;
            if (run == runLength) frozen += run;
            else if (run > runLength) frozen++;
        }
        return (float)frozen / steps.Length;
    }
}
