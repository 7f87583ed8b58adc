using Groundswell.Media.Analysis;

namespace Groundswell.Media.Tests.Analysis;

/// <summary>Pictures and sounds made by formula.</summary>
internal static class TestFrames
{
    public static RgbFrame Frame(int width, int height, Func<int, int, (byte Red, byte Green, byte Blue)> colour)
    {
        var pixels = new byte[3 * width * height];
        for (var i = 0; i < width * height; i++)
            (pixels[3 * i], pixels[3 * i + 1], pixels[3 * i + 2]) = colour(i % width, i / width);
        return new RgbFrame(width, height, pixels);
    }

    public static RgbFrame Flat(byte red, byte green, byte blue) => Frame(64, 36, (_, _) => (red, green, blue));

    /// <summary>A stream of frames, the level of a pixel by frame, column and row.</summary>
    public static LumaStream Luma(int frames, double rate, Func<int, int, int, int> level)
    {
        var bytes = new byte[frames * LumaStream.FrameBytes];
        for (var i = 0; i < bytes.Length; i++)
        {
            var at = i % LumaStream.FrameBytes;
            bytes[i] = (byte)level(i / LumaStream.FrameBytes, at % LumaStream.Width, at / LumaStream.Width);
        }
        return new LumaStream(bytes, rate);
    }

    public static Sound Sound(double seconds, Func<double, double> amplitude) => new(
        Enumerable.Range(0, (int)(seconds * Groundswell.Media.Analysis.Sound.SamplesPerSecond))
            .Select(i => (short)(short.MaxValue * amplitude(i / (double)Groundswell.Media.Analysis.Sound.SamplesPerSecond))).ToArray(),
        LoudnessLufs: -20,
        PeakDbfs: -3);
}
