using Groundswell.Media.Analysis;

namespace Groundswell.Media.Tests.Analysis;

public class VisualAnalysisTests
{
    private static readonly LumaStream Still = TestFrames.Luma(30, 30, (_, _, _) => 128);

    [Theory]
    [InlineData(255, 0, 0, 0)]
    [InlineData(255, 255, 0, 2)]
    [InlineData(0, 255, 0, 4)]
    [InlineData(0, 0, 255, 8)]
    [InlineData(255, 0, 50, 0)]
    public void Analyse_PutsAColourIntoItsHue(byte red, byte green, byte blue, int bin)
    {
        var visual = VisualAnalysis.Analyse([TestFrames.Flat(red, green, blue)], Still);

        visual.HueHistogram[bin].ShouldBe(1);
        visual.Saturation.ShouldBe(1);
    }

    [Fact]
    public void Analyse_HasNoHueForGrey()
    {
        var visual = VisualAnalysis.Analyse([TestFrames.Flat(128, 128, 128)], Still);

        visual.HueHistogram.ShouldAllBe(share => share == 0);
        visual.MeanLuma.ShouldBe(0.5f, 0.01);
        visual.LumaDeviation.ShouldBe(0, 0.001);
        visual.EdgeDensity.ShouldBe(0);
    }

    [Fact]
    public void EdgeDensityOf_RisesWithDetail()
    {
        var coarse = TestFrames.Frame(64, 36, (x, _) => x / 16 % 2 == 0 ? ((byte)0, (byte)0, (byte)0) : ((byte)255, (byte)255, (byte)255));
        var fine = TestFrames.Frame(64, 36, (x, _) => x / 4 % 2 == 0 ? ((byte)0, (byte)0, (byte)0) : ((byte)255, (byte)255, (byte)255));

        VisualAnalysis.EdgeDensityOf(fine).ShouldBeInRange(2 * VisualAnalysis.EdgeDensityOf(coarse), 1);
    }

    [Fact]
    public void Pace_FindsEachCutOnce()
    {
        var threeShots = TestFrames.Luma(90, 30, (frame, x, _) => (frame / 30) switch { 0 => 40, 1 => 200, _ => x * 4 });

        Pace.Of(threeShots).CutsPerMinute.ShouldBe(40, 0.01);
    }

    [Fact]
    public void Pace_TakesFastMotionForNoCut()
    {
        var pan = TestFrames.Luma(90, 30, (frame, x, _) => (x + 8 * frame) / 16 % 2 * 200);

        Pace.Of(pan).CutsPerMinute.ShouldBe(0);
        Pace.Of(pan).Motion.ShouldBeGreaterThan(0.1f);
    }

    [Fact]
    public void Pace_TakesTheStepsOfASlowCameraForNoCuts()
    {
        var slowCamera = TestFrames.Luma(90, 30, (frame, x, _) => (x + 8 * (frame / 3)) / 16 % 2 * 200);

        Pace.Of(slowCamera).CutsPerMinute.ShouldBe(0);
    }

    [Fact]
    public void Pace_MeasuresBlackAndFrozenShares()
    {
        var halfBlack = TestFrames.Luma(60, 30, (frame, x, y) => frame < 30 ? 0 : 60 + (frame * 7 + x + y) % 100);

        Pace.Of(halfBlack).BlackShare.ShouldBe(0.5f);
        Pace.Of(halfBlack).FrozenShare.ShouldBe(0.5f, 0.02);
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(2, 2)]
    public void FlashMeter_CountsPairsOfOpposingChanges(int flashesPerSecond, int expected)
    {
        var halfPeriod = 30 / (2 * flashesPerSecond);
        var strobe = TestFrames.Luma(90, 30, (frame, _, _) => frame / halfPeriod % 2 * 220);

        FlashMeter.Measure(strobe).ShouldBeInRange(expected - 1, expected + 1);
    }

    [Fact]
    public void FlashMeter_PassesOverAFlashInACorner()
    {
        var corner = TestFrames.Luma(90, 30, (frame, x, y) => x < 16 && y < 9 ? frame / 3 % 2 * 220 : 100);

        FlashMeter.Measure(corner).ShouldBe(0);
    }

    [Fact]
    public void FlashMeter_PassesOverASlowFade() =>
        FlashMeter.Measure(TestFrames.Luma(90, 30, (frame, _, _) => frame * 2)).ShouldBe(0);
}
