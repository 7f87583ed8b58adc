using Groundswell.Core.Duplicates;
using Groundswell.Media.Analysis;
using Groundswell.Media.Fingerprints;
using Groundswell.Media.Tests.Analysis;

namespace Groundswell.Media.Tests.Fingerprints;

public class FrameHashTests
{
    private static readonly RgbFrame Scene = Draw(256, 144);

    [Fact]
    public void Fingerprint_IsNearlyTheSameAtAnotherSize() => DistanceTo(Draw(128, 72)).ShouldBeLessThanOrEqualTo(3);

    [Fact]
    public void Fingerprint_IsNearlyTheSameBrighter() =>
        DistanceTo(Map(Scene, level => (byte)Math.Min(255, level + 20))).ShouldBeLessThanOrEqualTo(3);

    [Fact]
    public void Fingerprint_LooksInsideALetterbox()
    {
        var boxed = TestFrames.Frame(256, 200, (x, y) => y is < 28 or >= 172 ? ((byte)0, (byte)0, (byte)0) : At(Scene, x, y - 28));

        DistanceTo(boxed).ShouldBeLessThanOrEqualTo(6);
    }

    [Fact]
    public void Fingerprint_OfAMirroredFrameIsTheMirroredFingerprint()
    {
        var mirrored = TestFrames.Frame(256, 144, (x, y) => At(Scene, 255 - x, y));

        Fingerprint.Distance(Hash(mirrored), FrameHash.Fingerprint([Scene]).Mirrored().FrameHashes[0]).ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public void Fingerprint_KeepsDifferentScenesApart() =>
        DistanceTo(TestFrames.Frame(256, 144, (x, y) => Grey(128 + 100 * Math.Sin(x * y / 900.0)))).ShouldBeGreaterThan(16);

    [Fact]
    public void Fingerprint_CallsAPlainColourUninformative()
    {
        FrameHash.Fingerprint([TestFrames.Flat(90, 90, 90)]).Informative.ShouldBe([false]);
        FrameHash.Fingerprint([Scene]).Informative.ShouldBe([true]);
    }

    private static int DistanceTo(RgbFrame other) => Fingerprint.Distance(Hash(Scene), Hash(other));

    private static ulong Hash(RgbFrame frame) => FrameHash.Fingerprint([frame]).FrameHashes[0];

    /// <summary>A scene of soft blobs, the same at every size.</summary>
    private static RgbFrame Draw(int width, int height) => TestFrames.Frame(width, height, (x, y) =>
    {
        var (u, v) = (6.0 * x / width, 4.0 * y / height);
        return Grey(110 + 50 * Math.Sin(u * 1.7 + 0.3) * Math.Cos(v * 2.1) + 40 * Math.Cos(u * v * 0.7 + 1) + 20 * Math.Sin(u * 5 + v * 3));
    });

    private static RgbFrame Map(RgbFrame frame, Func<byte, byte> map) => frame with { Pixels = frame.Pixels.ToArray().Select(map).ToArray() };

    private static (byte, byte, byte) At(RgbFrame frame, int x, int y)
    {
        var at = 3 * (y * frame.Width + x);
        return (frame.Pixels.Span[at], frame.Pixels.Span[at + 1], frame.Pixels.Span[at + 2]);
    }

    private static (byte, byte, byte) Grey(double level)
    {
        var value = (byte)Math.Clamp(level, 0, 255);
        return (value, value, value);
    }
}
