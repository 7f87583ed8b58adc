using Groundswell.Ranking.Learning;

namespace Groundswell.Ranking.Tests.Learning;

public class TalliesTests
{
    /// <summary>A float stays as it is when one is added beyond 2²⁴: everybody's counts would come there within days.</summary>
    [Fact]
    public void Rates_StayTrue_HoweverManyViewsAreCounted()
    {
        var tallies = new Tallies(capacity: 4, default);
        for (var view = 0; view < 20_000_000; view++)
        {
            var finishes = view % 5 < 2;
            tallies.Add(1, new Reaction(Reaction.Bit(Outcome.Completion, finishes), 0xFF, finishes ? 10 : 1), played: finishes ? 1 : 0.1f, minute: 0);
        }
        var lately = tallies.Read(1, minute: 0).Lately;
        (lately.Completions / lately.Views).ShouldBe(0.4f, 0.002f);
        (lately.Played / lately.Views).ShouldBe(0.46f, 0.002f);
    }
}
