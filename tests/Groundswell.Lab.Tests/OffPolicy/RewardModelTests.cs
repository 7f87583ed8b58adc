using Groundswell.Core.Chances;
using Groundswell.Lab.OffPolicy;

namespace Groundswell.Lab.Tests.OffPolicy;

public class RewardModelTests
{
    [Fact]
    public void NothingKnown_IsTheMeanOfAll_AndMuchKnownItsOwn()
    {
        var model = new RewardModel([.. Enumerable.Repeat(new LoggedChoice(1, 1, 1, 0.5), 100_000), .. Enumerable.Repeat(new LoggedChoice(1, 2, 0, 0.5), 100_000)]);
        model.Reward(1, 3).ShouldBe(0.5, 1e-9);
        model.Reward(1, 1).ShouldBe(1, 0.01);
        model.Reward(1, 2).ShouldBe(0, 0.01);
        model.Value(1, new PositionPolicy([(1, 1, 0.2), (1, 2, 0.8)])).ShouldBe(0.2, 0.01);
    }

    [Fact]
    public void Decisions_AreModelledWithoutTheirOwnReward()
    {
        var log = new Shop(4, 0.3, 0.5, new Chance(5)).OwnLog(100, new Chance(6));
        var policy = PositionPolicy.Uniform(log);
        var decisions = RewardModel.Decisions(log, policy);
        for (var i = 0; i < log.Length; i++)
        {
            var other = RewardModel.Decisions(log.SetItem(i, log[i] with { Reward = 1000 }), policy);
            (other[i].ModelReward, other[i].ModelValue).ShouldBe((decisions[i].ModelReward, decisions[i].ModelValue), $"choice {i}, seeds 5 and 6");
            other.Where((decision, place) => decision.ModelReward != decisions[place].ModelReward).Count().ShouldBe(80, "all other parts learned from it");
        }
    }
}
