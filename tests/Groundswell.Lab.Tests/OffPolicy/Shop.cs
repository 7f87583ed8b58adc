using System.Collections.Immutable;
using Groundswell.Core.Chances;
using Groundswell.Lab.OffPolicy;

namespace Groundswell.Lab.Tests.OffPolicy;

/// <summary>A shop whose every item's true reward is known, and whose shelf is filled by a policy that changes from day to day.</summary>
/// <param name="Rate">About how often a choice is rewarded.</param>
/// <param name="Uneven">Spread of the log of the policy's probabilities over items; the days move each by a third of it.</param>
internal sealed record Shop(int Items, double Rate, double Uneven, Chance Chance)
{
    private const int Positions = 2, Days = 5;

    /// <summary>What a policy that shows everything alike earns.</summary>
    public double UniformValue => Enumerable.Range(1, Positions).Average(position => Enumerable.Range(0, Items).Average(item => Reward(position, item)));

    /// <summary>What the shop's own policy earns.</summary>
    public double OwnValue => Enumerable.Range(1, Positions).Average(position => Enumerable.Range(0, Items).Sum(item => OwnProbability(position, item) * Reward(position, item)));

    public double Reward(int position, int item) => Math.Min(1, Rate * Math.Exp(0.4 * Chance.For("reward").For(item).Normal()) * (position == 1 ? 1.2 : 0.8));

    /// <summary>Mean over the days.</summary>
    public double OwnProbability(int position, int item) => Enumerable.Range(0, Days).Average(day => OwnProbabilities(day, position)[item]);

    /// <summary>What the shop's own policy has written.</summary>
    public ImmutableArray<LoggedChoice> OwnLog(int choices, Chance chance)
    {
        var probabilities = (from day in Enumerable.Range(0, Days) from position in Enumerable.Range(1, Positions) select OwnProbabilities(day, position)).ToArray();
        return Log(choices, chance, (day, position) => probabilities[(day * Positions) + position - 1]);
    }

    public ImmutableArray<LoggedChoice> UniformLog(int choices, Chance chance)
    {
        double[] alike = [.. Enumerable.Repeat(1.0 / Items, Items)];
        return Log(choices, chance, (_, _) => alike);
    }

    private ImmutableArray<LoggedChoice> Log(int choices, Chance chance, Func<int, int, double[]> policy)
    {
        var rewards = (from position in Enumerable.Range(1, Positions) from item in Enumerable.Range(0, Items) select Reward(position, item)).ToArray();
        return
        [
            .. Enumerable.Range(0, choices).Select(i =>
            {
                var key = chance.For(i);
                var position = 1 + key.For("position").Below(Positions);
                var probabilities = policy((int)((long)i * Days / choices), position);
                var (item, left) = (0, key.For("item").Unit());
                while (item < Items - 1 && (left -= probabilities[item]) >= 0) item++;
                return new LoggedChoice(position, item, key.For("reward").Hits(rewards[((position - 1) * Items) + item]) ? 1 : 0, probabilities[item]);
            }),
        ];
    }

    private double[] OwnProbabilities(int day, int position)
    {
        var weights = Enumerable.Range(0, Items).Select(item =>
        {
            var key = Chance.For("policy").For(position).For(item);
            return Math.Exp(Uneven * (key.Normal() + (key.For(day).Normal() / 3)));
        }).ToArray();
        var sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }
}
