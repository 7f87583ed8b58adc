namespace Groundswell.Media.Analysis;

/// <summary>One decoded frame: 24-bit RGB, rows from the top, no padding.</summary>
/// <param name="Pixels">3 × width × height bytes.</param>
public sealed record RgbFrame(int Width, int Height, ReadOnlyMemory<byte> Pixels)
{
    /// <summary>Luma of each pixel in [0, 1] by the weights of BT.709, rows from the top.</summary>
    public float[] Luma()
    {
        var pixels = Pixels.Span;
        var luma = new float[Width * Height];
        for (var i = 0; i < luma.Length; i++)
            luma[i] = (0.2126f * pixels[3 * i] + 0.7152f * pixels[3 * i + 1] + 0.0722f * pixels[3 * i + 2]) / 255f;
        return luma;
    }
}

/// <summary>Every frame of a video as a small grey picture, the aspect ratio squeezed into 64 × 36.</summary>
/// <param name="Bytes">Frames one after the other, rows from the top; 0 black, 255 white.</param>
/// <param name="FramesPerSecond">Rate of the frames.</param>
public sealed record LumaStream(ReadOnlyMemory<byte> Bytes, double FramesPerSecond)
{
    public const int Width = 64;
    public const int Height = 36;
    public const int FrameBytes = Width * Height;

    public int Frames => Bytes.Length / FrameBytes;

    public ReadOnlySpan<byte> this[int frame] => Bytes.Span.Slice(frame * FrameBytes, FrameBytes);

    /// <summary>Mean absolute difference of two frames, in [0, 1].</summary>
    public float Difference(int left, int right)
    {
        var a = this[left];
        var b = this[right];
        var sum = 0;
        for (var i = 0; i < FrameBytes; i++) sum += Math.Abs(a[i] - b[i]);
        return sum / (255f * FrameBytes);
    }
}

/// <summary>The sound of a video mixed to one channel.</summary>
/// <param name="Samples">16-bit samples.</param>
/// <param name="LoudnessLufs">Integrated loudness by EBU R 128 of the stereo sound; −70 for silence.</param>
/// <param name="PeakDbfs">Highest sample of the stereo sound in dBFS; −96, the floor of 16 bits, for silence.</param>
public sealed record Sound(ReadOnlyMemory<short> Samples, float LoudnessLufs, float PeakDbfs)
{
    public const int SamplesPerSecond = 22_050;
    public const float SilentLufs = -70;
    public const float SilentPeakDbfs = -96;
}
