using Groundswell.Core.Audience;
using Groundswell.Core.Chances;
using Groundswell.Core.Creators;
using Groundswell.Core.Tests.Fixtures;
using Groundswell.Core.Trends;
using Groundswell.Core.Videos;

namespace Groundswell.Core.Tests.Audience;

public class RevivalTests
{
    private static readonly RevivalRules Rules = RevivalRules.Default;
    private static readonly CreatorState Busy = Given.NewCreator with { LastUploadAt = Given.Now.AddHours(-1), MeanPauseHours = 5 };

    public static TheoryData<string, CreatorState, double, ReasonCode?> Triggers => new()
    {
        { "nothing", Busy, 1, null },
        { "no upload known", Given.NewCreator, 1, null },
        { "two days, never before", Busy with { LastUploadAt = Given.Now.AddDays(-2), MeanPauseHours = 0 }, 1, null },
        { "more than two days and than twice the usual pause", Busy with { LastUploadAt = Given.Now.AddDays(-2.1) }, 1, ReasonCode.CreatorQuiet },
        { "more than two days, but usual", Busy with { LastUploadAt = Given.Now.AddDays(-2.1), MeanPauseHours = 30 }, 1, null },
        { "left early", Busy with { Sessions = 3, MeanSessionMinutes = 30, LastSessionMinutes = 9 }, 1, ReasonCode.CreatorLeavingEarly },
        { "left early, but nothing is usual yet", Busy with { Sessions = 2, MeanSessionMinutes = 30, LastSessionMinutes = 9 }, 1, null },
        { "left as usual", Busy with { Sessions = 3, MeanSessionMinutes = 30, LastSessionMinutes = 10 }, 1, null },
        { "trend", Busy, 1.1, ReasonCode.TrendRising },
        { "not quite a trend", Busy, 1.09, null },
        { "quiet before trend", Busy with { LastUploadAt = Given.Now.AddDays(-9) }, 1.2, ReasonCode.CreatorQuiet },
    };

    [Theory]
    [MemberData(nameof(Triggers))]
    public void Trigger_IsTheFirstThatHolds(string when, CreatorState creator, double lift, ReasonCode? trigger) =>
        (Revival.Trigger(creator, new TopicLift(lift, Topic.Hashtag("tag")), Rules, Given.Now)?.Code).ShouldBe(trigger, when);

    [Fact]
    public void IsHeldOut_StandsForACreatorAndASpell_AndIsNearItsShare()
    {
        var held = HeldAt(Given.Now);

        held.Count(isHeld => isHeld).ShouldBeInRange(3_800, 4_200);
        HeldAt(Given.Now.AddDays(30)).ShouldBe(held);
        // The next spell is another lot: about a fifth of those held out once are again.
        held.Zip(HeldAt(Given.Now.AddDays(91))).Count(both => both is (true, true)).ShouldBeInRange(700, 900);

        static bool[] HeldAt(DateTimeOffset at) => [.. Enumerable.Range(0, 20_000).Select(i => Revival.IsHeldOut(new CreatorId(i), at, Rules, new Chance(42)))];
    }
}
