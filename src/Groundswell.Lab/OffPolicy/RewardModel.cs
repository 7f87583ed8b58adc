using System.Collections.Immutable;

namespace Groundswell.Lab.OffPolicy;

/// <summary>
/// What an item earns at a position: its mean reward there, drawn to that of the item, and the item's to that of all. Doubly
/// robust estimates need no right model; a poor one costs width.
/// </summary>
public sealed class RewardModel
{
    /// <summary>Decisions that what a mean is drawn to is worth: about one click at the rates of the Open Bandit logs, 0.5 to 0.7 %.</summary>
    private const double PriorDecisions = 200;

    private readonly Dictionary<long, (double Sum, int Count)> _items = [];
    private readonly Dictionary<int, (double Sum, int Count)> _positions = [];
    private readonly Dictionary<(int Position, long Item), (double Sum, int Count)> _cells = [];
    private readonly double _mean;

    public RewardModel(IEnumerable<LoggedChoice> log)
    {
        var (sum, count) = (0.0, 0);
        foreach (var choice in log)
        {
            Add(_items, choice.Item, choice.Reward);
            Add(_positions, choice.Position, choice.Reward);
            Add(_cells, (choice.Position, choice.Item), choice.Reward);
            sum += choice.Reward;
            count++;
        }
        _mean = count == 0 ? 0 : sum / count;
    }

    public double Reward(int position, long item)
    {
        var ofItem = Drawn(_items.GetValueOrDefault(item), _mean);
        var ofPosition = Drawn(_positions.GetValueOrDefault(position), _mean) - _mean;
        return Drawn(_cells.GetValueOrDefault((position, item)), ofItem + ofPosition);
    }

    /// <summary>The reward to expect where a policy fills a position.</summary>
    public double Value(int position, PositionPolicy policy) => policy.At(position).Sum(one => one.Value * Reward(position, one.Key));

    /// <summary>
    /// A log's choices as decisions of another policy, each with what a model expects that has not seen it: the log is cut into
    /// parts in its own order, and the model of a part learns from all others (Chernozhukov et al., "Double/debiased machine
    /// learning", 2018). Items of one page stand together in a log, so they are seldom parted.
    /// </summary>
    public static ImmutableArray<LoggedDecision> Decisions(IReadOnlyList<LoggedChoice> log, PositionPolicy policy, int parts = 5)
    {
        var decisions = ImmutableArray.CreateBuilder<LoggedDecision>(log.Count);
        for (var part = 0; part < parts; part++)
        {
            var (from, to) = ((int)((long)log.Count * part / parts), (int)((long)log.Count * (part + 1) / parts));
            var model = new RewardModel(log.Take(from).Concat(log.Skip(to)));
            var values = log.Skip(from).Take(to - from).Select(choice => choice.Position).Distinct().ToDictionary(position => position, position => model.Value(position, policy));
            for (var i = from; i < to; i++)
            {
                var (position, item, reward, propensity) = log[i];
                decisions.Add(new LoggedDecision(reward, propensity, policy.Probability(position, item), model.Reward(position, item), values[position]));
            }
        }
        return decisions.MoveToImmutable();
    }

    private static double Drawn((double Sum, int Count) seen, double to) => (seen.Sum + (PriorDecisions * to)) / (seen.Count + PriorDecisions);

    private static void Add<TKey>(Dictionary<TKey, (double Sum, int Count)> to, TKey key, double reward) where TKey : notnull
    {
        var (sum, count) = to.GetValueOrDefault(key);
        to[key] = (sum + reward, count + 1);
    }
}
