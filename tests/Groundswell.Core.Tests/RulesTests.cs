using Groundswell.Core.Audience;
using Groundswell.Core.Signals;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests;

public class RulesTests
{
    [Fact]
    public void Validate_AcceptsWhatIsShipped() => new Rules().Validate().ShouldBeEmpty();

    public static TheoryData<string, Rules> Wrong => new()
    {
        { "qualification.completion_share", new Rules { Qualification = QualificationRules.Default with { CompletionShare = double.NaN } } },
        { "qualification.play_lost_after", new Rules { Qualification = QualificationRules.Default with { PlayLostAfter = TimeSpan.FromSeconds(5) } } },
        { "gate.pause_at must be below", new Rules { Gate = new GateRules(WidenAt: 0.2, PauseAt: 0.3) } },
        { "test_batch.least must be at most test_batch.impressions", new Rules { TestBatch = new TestBatchRules(Impressions: 5) } },
        { "test_batch.follower_share", new Rules { TestBatch = new TestBatchRules(FollowerShare: 1.1) } },
        { "points.like", new Rules { Points = new PointRules(Like: -1) } },
        { "points.share", new Rules { Points = new PointRules(Share: double.PositiveInfinity) } },
        { "waves.factors[1]", new Rules { Waves = WaveRules.Default with { Factors = [10, 5] } } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Validate_NamesWhatIsOutOfRange(string problem, Rules rules) => rules.Validate().ShouldHaveSingleItem().Message.ShouldStartWith(problem);

    [Fact]
    public void Version_NamesTheseVeryRules()
    {
        var rules = new Rules();
        rules.Version.ShouldBe(new Rules().Version);
        rules.Version.ShouldMatch("^rules-[0-9a-f]{8}$");
        Given.Through(rules).Version.ShouldBe(rules.Version);
        (rules with { Points = new PointRules(Like: 3) }).Version.ShouldNotBe(rules.Version);
        rules.ShouldBe(new Rules(), "reading the name changes nothing");
    }
}
