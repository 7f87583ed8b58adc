using CsCheck;
using Groundswell.Ranking.Learning;

namespace Groundswell.Ranking.Tests.Learning;

public class TrustTests
{
    private const float Effects = -1, Head = 1;

    private readonly Trust _trust = new(outcomes: 8);

    [Fact]
    public void AHeadThatHasPredictedNothing_HardlyCounts() => _trust.Mix(Outcome.Like, Effects, Head).ShouldBeInRange(Effects, Effects + 0.3f);

    [Fact]
    public void AHeadThatPredictsBetter_IsSoonBelieved_AndOneThatPredictsWorseNever()
    {
        for (var view = 0; view < 10; view++)
        {
            _trust.Learn(Outcome.Like, Effects, Head, happened: true);
            _trust.Learn(Outcome.Share, Effects, Head, happened: false);
        }
        _trust.Mix(Outcome.Like, Effects, Head).ShouldBe(Head, 0.01f);
        _trust.Mix(Outcome.Share, Effects, Head).ShouldBe(Effects, 0.01f);
        _trust.Mix(Outcome.Comment, Effects, Head).ShouldBe(new Trust(8).Mix(Outcome.Comment, Effects, Head));
    }

    [Fact]
    public void AHeadThatHasFailed_CanWinBackWhatItLost()
    {
        for (var view = 0; view < 100_000; view++) _trust.Learn(Outcome.Like, Effects, Head, happened: false);
        for (var view = 0; view < 40; view++) _trust.Learn(Outcome.Like, Effects, Head, happened: true);
        _trust.Mix(Outcome.Like, Effects, Head).ShouldBe(Head, 0.01f);
    }

    [Fact]
    public void TheMix_LiesBetweenBoth() => Gen.Select(Gen.Float[-12, 12], Gen.Float[-12, 12], Gen.Bool.Array[0, 50]).Sample((effects, head, outcomes) =>
    {
        var trust = new Trust(8);
        foreach (var happened in outcomes) trust.Learn(Outcome.Completion, effects, head, happened);
        trust.Mix(Outcome.Completion, effects, head).ShouldBeInRange(Math.Min(effects, head) - 1e-4f, Math.Max(effects, head) + 1e-4f);
    });
}
