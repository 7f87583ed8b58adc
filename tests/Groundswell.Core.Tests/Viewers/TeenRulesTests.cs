using Groundswell.Core.Viewers;

namespace Groundswell.Core.Tests.Viewers;

public class TeenRulesTests
{
    [Theory]
    [InlineData(0, 60)]
    [InlineData(1, 59)]
    [InlineData(59, 1)]
    [InlineData(60, 60)]
    [InlineData(150, 30)]
    [InlineData(-2, 60)]
    public void PauseIn_CountsDownToEachFullHourOfASession(int minutes, int left) =>
        TeenRules.Default.PauseIn(TimeSpan.FromMinutes(minutes)).ShouldBe(TimeSpan.FromMinutes(left));

    [Fact]
    public void AreWeakened_WhenTheyProtectLessThanThoseShipped()
    {
        TeenRules.Default.AreWeakened.ShouldBeFalse();
        (TeenRules.Default with { PauseAfter = TimeSpan.FromMinutes(30) }).AreWeakened.ShouldBeFalse();
        (TeenRules.Default with { PauseAfter = TimeSpan.FromMinutes(61) }).AreWeakened.ShouldBeTrue();
        (TeenRules.Default with { Profiled = true }).AreWeakened.ShouldBeTrue();
    }
}
