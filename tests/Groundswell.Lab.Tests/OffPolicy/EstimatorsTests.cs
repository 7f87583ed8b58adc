using Groundswell.Lab.OffPolicy;

namespace Groundswell.Lab.Tests.OffPolicy;

public class EstimatorsTests
{
    /// <summary>Weights 0.5, 1, 2 and 1.5.</summary>
    private static readonly LoggedDecision[] Four = [new(1, 0.5, 0.25, 0.5, 0.4), new(0, 0.5, 0.5, 0.5, 0.4), new(1, 0.25, 0.5, 0.5, 0.4), new(0, 0.25, 0.375, 0.5, 0.4)];

    [Fact]
    public void Values_AreThoseWorkedOutByHand()
    {
        Is(Estimators.InversePropensity(Four), 0.625, Math.Sqrt(2.6875 / 3 / 4), 25 / 7.5);
        Is(Estimators.SelfNormalised(Four), 0.5, Math.Sqrt(2.5) / 5, 25 / 7.5);
        Is(Estimators.DoublyRobust(Four), 0.4, Math.Sqrt(1.875 / 3 / 4), 25 / 7.5);
        Is(Estimators.OnPolicy([1, 0, 1, 0]), 0.5, Math.Sqrt(0.25 / 3), 4);
    }

    [Fact]
    public void AClip_CountsGreaterWeightsAsItself_AndSaysWhatItTook()
    {
        Weighting.Of(Four, 1).Summary.ShouldBe(new WeightSummary(Most: 2, Clip: 1, Clipped: 2, Lost: 0.375));
        Is(Estimators.InversePropensity(Four, 1), 0.375, Math.Sqrt(0.6875 / 3 / 4), 12.25 / 3.25);
        Estimators.SelfNormalised(Four, 1).Value.ShouldBe(1.5 / 3.5, 1e-12);
        Estimators.DoublyRobust(Four, 1).Value.ShouldBe(0.4 + ((0.25 - 0.5 + 0.5 - 0.5) / 4), 1e-12);
        Estimators.InversePropensity(Four, 2).ShouldBe(Estimators.InversePropensity(Four), "nothing is above it");
    }

    [Fact]
    public void AClip_TakesAtMostTheLostWeightTimesTheGreatestReward()
    {
        foreach (var clip in new[] { 0.25, 0.5, 1, 1.5 })
        {
            var taken = Estimators.InversePropensity(Four).Value - Estimators.InversePropensity(Four, clip).Value;
            taken.ShouldBeInRange(0, Weighting.Of(Four, clip).Summary.Lost + 1e-12, $"clip {clip}");
        }
    }

    [Fact]
    public void WithoutAModel_DoublyRobustIsInversePropensity()
    {
        LoggedDecision[] plain = [.. Four.Select(decision => decision with { ModelReward = 0, ModelValue = 0 })];
        Estimators.DoublyRobust(plain).ShouldBe(Estimators.InversePropensity(plain) with { Estimator = "DR" });
    }

    [Fact]
    public void SelfNormalised_MovesWithTheRewards()
    {
        var lifted = Estimators.SelfNormalised([.. Four.Select(decision => decision with { Reward = decision.Reward + 10 })]);
        lifted.Value.ShouldBe(10.5, 1e-12);
        lifted.StandardError.ShouldBe(Estimators.SelfNormalised(Four).StandardError, 1e-12);
    }

    [Fact]
    public void Intervals_AreThoseOfTheBinomialLikelihoodWhereRewardsAreOneOrZero()
    {
        var mean = Estimators.OnPolicy(Enumerable.Range(0, 200).Select(i => i < 6 ? 1.0 : 0));
        foreach (var end in new[] { mean.Low, mean.High })
            (2 * ((6 * Math.Log(0.03 / end)) + (194 * Math.Log(0.97 / (1 - end))))).ShouldBe(3.8415, 1e-3);
        (mean.High - mean.Value).ShouldBeGreaterThan(mean.Value - mean.Low, "few rewards leave more room above");
    }

    [Fact]
    public void WhatIsAlwaysTheSame_IsAPoint()
    {
        var mean = Estimators.OnPolicy(Enumerable.Repeat(0.1, 30));
        (mean.Low, mean.High).ShouldBe((mean.Value, mean.Value));
    }

    [Theory]
    [InlineData(1, 0, 0.5, "propensity is 0")]
    [InlineData(1, -0.1, 0.5, "propensity is -0.1")]
    [InlineData(1, 1.01, 0.5, "propensity is 1.01")]
    [InlineData(1, double.NaN, 0.5, "propensity is NaN")]
    [InlineData(1, 0.5, 1.5, "probability is 1.5")]
    [InlineData(1, 0.5, -0.5, "probability is -0.5")]
    [InlineData(double.PositiveInfinity, 0.5, 0.5, "reward is")]
    public void AnImpossibleDecision_IsRefusedByItsPlace(double reward, double propensity, double target, string says)
    {
        var refused = Should.Throw<ArgumentException>(() => Estimators.SelfNormalised([Four[0], new LoggedDecision(reward, propensity, target)]));
        refused.Message.ShouldContain("Decision 1");
        refused.Message.ShouldContain(says);
    }

    [Fact]
    public void WhatSaysNothingOfThePolicy_IsRefused()
    {
        Should.Throw<ArgumentException>(() => Estimators.InversePropensity([])).Message.ShouldContain("no decisions");
        Should.Throw<ArgumentException>(() => Estimators.InversePropensity([new LoggedDecision(1, 0.5, 0)])).Message.ShouldContain("chosen nothing");
        Should.Throw<ArgumentException>(() => Estimators.InversePropensity(Four, 0)).Message.ShouldContain("above 0");
    }

    private static void Is(Estimate estimate, double value, double error, double size)
    {
        estimate.Value.ShouldBe(value, 1e-12);
        estimate.StandardError.ShouldBe(error, 1e-12);
        estimate.EffectiveSize.ShouldBe(size, 1e-12);
        estimate.Covers(value).ShouldBeTrue();
    }
}
