using System.Text;
using Groundswell.Media.Ffmpeg;

namespace Groundswell.Media.Tests.Ffmpeg;

public class ProbeTests
{
    [Theory]
    [InlineData(0, 0, 1920, 1080)]
    [InlineData(-90, 90, 1080, 1920)]
    [InlineData(90, 270, 1080, 1920)]
    [InlineData(-180, 180, 1920, 1080)]
    [InlineData(180, 180, 1920, 1080)]
    public void Parse_TurnsTheDisplayMatrixIntoAClockwiseRotation(int matrix, int rotation, int width, int height)
    {
        var video = Video($$"""{ "index": 0, "codec_type": "video", "width": 1920, "height": 1080, "side_data_list": [ { "rotation": {{matrix}} } ] }""");

        (video.RotationDegrees, video.Width, video.Height).ShouldBe((rotation, width, height));
    }

    [Fact]
    public void Parse_StretchesPixelsThatAreNotSquare() =>
        Video("""{ "codec_type": "video", "width": 720, "height": 576, "sample_aspect_ratio": "16:15" }""").Width.ShouldBe(768);

    [Theory]
    [InlineData("attached_pic")]
    [InlineData("still_image")]
    [InlineData("timed_thumbnails")]
    public void Parse_TakesNoPictureThatStandsStill(string disposition) =>
        Parse($$"""{ "codec_type": "video", "width": 600, "height": 600, "disposition": { "{{disposition}}": 1 } }""").Video.ShouldBeNull();

    [Fact]
    public void Parse_TakesTheLargestPictureAndTheDefaultSound()
    {
        var probe = Parse(
            """
            { "index": 0, "codec_type": "video", "width": 320, "height": 180 },
            { "index": 1, "codec_type": "video", "width": 640, "height": 360 },
            { "index": 2, "codec_type": "audio", "codec_name": "aac", "sample_rate": "48000" },
            { "index": 3, "codec_type": "audio", "codec_name": "aac", "sample_rate": "44100", "disposition": { "default": 1 } }
            """);

        (probe.Video?.Index, probe.Audio?.Index).ShouldBe((1, 3));
    }

    [Fact]
    public void Parse_LeavesOutSoundInAnUnknownCode() =>
        Parse("""{ "codec_type": "audio", "sample_rate": "48000" }""").Audio.ShouldBeNull();

    [Fact]
    public void Parse_ReadsTheTrackLengthThatMatroskaKeepsInATag() =>
        Video("""{ "codec_type": "video", "width": 64, "height": 64, "tags": { "DURATION": "00:00:03.333000000" } }""")
            .Duration.ShouldBe(TimeSpan.FromSeconds(3.333));

    [Theory]
    [InlineData("30000/1001", "30000/1001", 29.97)]
    [InlineData("1000/1", "60/1", 60)]
    [InlineData("0/0", "90000/1", 0)]
    public void FramesPerSecond_PassesOverImplausibleRates(string average, string nominal, double expected) =>
        Video($$"""{ "codec_type": "video", "width": 64, "height": 64, "avg_frame_rate": "{{average}}", "r_frame_rate": "{{nominal}}" }""")
            .FramesPerSecond.ShouldBe(expected, 0.01);

    [Fact]
    public void Parse_IsNullWithoutAContainer() => Probe.Parse("{}"u8.ToArray()).ShouldBeNull();

    private static VideoTrack Video(string stream) => Parse(stream).Video.ShouldNotBeNull();

    private static Probe Parse(string streams) =>
        Probe.Parse(Encoding.UTF8.GetBytes($$"""{ "format": { "format_name": "mov,mp4" }, "streams": [ {{streams}} ] }""")).ShouldNotBeNull();
}
