using Groundswell.Media.Ffmpeg;
using Groundswell.Media.Renditions;

namespace Groundswell.Media.Tests.Renditions;

public class RenditionPlanTests
{
    private static readonly FrameRate Thirty = new(30, 1);

    [Theory]
    [InlineData(1920, 1080, 1280, 720)]
    [InlineData(1080, 1920, 720, 1280)]
    [InlineData(640, 360, 640, 360)]
    [InlineData(641, 361, 640, 360)]
    [InlineData(1000, 3000, 426, 1280)]
    [InlineData(8000, 20, 1280, 2)]
    public void For_ShrinksToEvenSidesAndNeverEnlarges(int width, int height, int toWidth, int toHeight)
    {
        var plan = RenditionPlan.For(Picture(width, height, Thirty, Thirty), sound: null);

        (plan.Width, plan.Height).ShouldBe((toWidth, toHeight));
    }

    [Theory]
    [InlineData("25/1", "25/1", "25/1")]
    [InlineData("30000/1001", "30000/1001", "30000/1001")]
    [InlineData("60/1", "60/1", "30/1")]
    [InlineData("750000/71393", "90000/1", "30/1")]
    [InlineData("1000/1", "60/1", "30/1")]
    [InlineData("0/0", "0/0", "30/1")]
    public void For_KeepsASteadyRateUpToThirty(string average, string nominal, string expected) =>
        RenditionPlan.For(Picture(640, 360, Rate(average), Rate(nominal)), sound: null).Rate.ToString().ShouldBe(expected);

    [Theory]
    [InlineData(48_000, 48_000)]
    [InlineData(44_100, 44_100)]
    [InlineData(22_050, 44_100)]
    [InlineData(8_000, 48_000)]
    [InlineData(96_000, 48_000)]
    public void For_ResamplesSoundAlongItsOwnFamilyOfRates(int from, int to) =>
        RenditionPlan.For(Picture(640, 360, Thirty, Thirty), new AudioTrack(1, "aac", from)).SampleRate.ShouldBe(to);

    [Fact]
    public void For_MapsHighDynamicRangeToTheStandardOne() =>
        RenditionPlan.For(Picture(640, 360, Thirty, Thirty) with { Transfer = "arib-std-b67" }, sound: null).Filters.ShouldContain("tonemap");

    [Fact]
    public void For_JoinsInterlacedFields() =>
        RenditionPlan.For(Picture(640, 360, Thirty, Thirty) with { IsInterlaced = true }, sound: null).Filters.ShouldStartWith("bwdif");

    private static FrameRate Rate(string text) => new(int.Parse(text.Split('/')[0]), int.Parse(text.Split('/')[1]));

    private static VideoTrack Picture(int width, int height, FrameRate average, FrameRate nominal) =>
        new(0, "h264", width, height, 0, average, nominal, Duration: null, IsInterlaced: false, Matrix: null, Transfer: null);
}
