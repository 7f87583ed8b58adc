using Groundswell.Media.Ffmpeg;

namespace Groundswell.Media.Tests.Ffmpeg;

public class MediaLimitsTests
{
    [Fact]
    public void Checked_AcceptsTheDefaults() => new MediaLimits().Checked().ShouldBe(new MediaLimits());

    [Fact]
    public void Checked_NamesTheLimitThatIsOutOfRange() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new MediaLimits { Threads = 0 }.Checked()).Message.ShouldContain("Threads must be from 1 to 64");

    [Fact]
    public void TimeoutFor_GrowsWithTheDuration() =>
        new MediaLimits().TimeoutFor(TimeSpan.FromSeconds(60)).ShouldBe(TimeSpan.FromSeconds(630));
}
