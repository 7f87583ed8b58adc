using Groundswell.Core.Audience;
using Groundswell.Core.Chances;
using Groundswell.Ranking.Learning;
using Groundswell.Ranking.Ranker;

namespace Groundswell.Ranking.Tests.Ranker;

/// <summary>Which predictions are trusted: an audience of which half finishes everything, and half nothing.</summary>
public class ModelGuardTests
{
    [Fact]
    public void Guard_TrustsWhoeverKnowsMoreThanTheLength_AfterAFewHundredViews()
    {
        var guard = new ModelGuard();
        Show(guard, views: 200, finisher: 0.9f, skipper: 0.1f).ShouldBe(0);
        guard.Trusts.ShouldBeFalse("two hundred views say too little");
        Show(guard, views: 400, finisher: 0.9f, skipper: 0.1f);
        guard.Trusts.ShouldBeTrue();
        guard.LossRatio.ShouldBeLessThan(1);
    }

    [Theory]
    [InlineData(0.1f, 0.9f, "it has them the wrong way round")]
    [InlineData(1f, 0.9f, "it says that nearly everybody finishes")]
    [InlineData(float.NaN, 0.1f, "it says nothing")]
    public void Guard_LosesItsTrust_Once(float finisher, float skipper, string why)
    {
        var guard = new ModelGuard();
        Show(guard, views: 1_000, finisher: 0.9f, skipper: 0.1f);
        Show(guard, views: 1_000, finisher, skipper).ShouldBe(1, why);
        guard.Trusts.ShouldBeFalse(why);
    }

    /// <returns>How often it lost its trust.</returns>
    private static int Show(ModelGuard guard, int views, float finisher, float skipper)
    {
        var (row, lost) = (new FeatureRow(), 0);
        for (var view = 0; view < views; view++)
        {
            var finishes = new Chance(3).For(view).Hits(0.5);
            Array.Fill(row.Probabilities, 0.01f);
            row.Probabilities[(int)Outcome.Completion] = finishes ? finisher : skipper;
            if (guard.See(DurationBucket.Under15s, row, new Reaction(Reaction.Bit(Outcome.Completion, finishes), 0xFF, 8))) lost++;
        }
        return lost;
    }
}
