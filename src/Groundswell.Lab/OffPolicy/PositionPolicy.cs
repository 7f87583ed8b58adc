using System.Collections.Immutable;

namespace Groundswell.Lab.OffPolicy;

/// <summary>A policy that asks nothing about the viewer: at every position, a probability for each item.</summary>
public sealed class PositionPolicy
{
    /// <summary>How far from 1 the probabilities of a position may sum: rounding, no more.</summary>
    private const double Rounding = 1e-6;

    private readonly ImmutableSortedDictionary<int, ImmutableSortedDictionary<long, double>> _positions;

    /// <exception cref="ArgumentException">A probability is outside [0, 1], or those of a position do not sum to 1.</exception>
    public PositionPolicy(IEnumerable<(int Position, long Item, double Probability)> probabilities)
    {
        _positions = probabilities.GroupBy(one => one.Position)
            .ToImmutableSortedDictionary(at => at.Key, at => at.ToImmutableSortedDictionary(one => one.Item, one => one.Probability));
        foreach (var (position, items) in _positions)
        {
            foreach (var (item, probability) in items)
                if (probability is not (>= 0 and <= 1)) throw new ArgumentException($"The probability of item {item} at position {position} is {probability}, not in [0, 1].");
            if (Math.Abs(items.Values.Sum() - 1) is not < Rounding) throw new ArgumentException($"The probabilities at position {position} sum to {items.Values.Sum():0.######}, not to 1.");
        }
    }

    /// <summary>Every item of a log alike, at every position.</summary>
    public static PositionPolicy Uniform(IReadOnlyCollection<LoggedChoice> log)
    {
        long[] items = [.. log.Select(choice => choice.Item).Distinct()];
        return new(log.Select(choice => choice.Position).Distinct().SelectMany(position => items.Select(item => (position, item, 1.0 / items.Length))));
    }

    /// <summary>
    /// The policy that wrote a log, averaged over its time: for each item and position the harmonic mean of the logged
    /// propensities, scaled to sum to 1. A learning policy's propensity of an item changes, and moments at which it was high are
    /// logged more often: the plain mean is biased towards E[p²] / E[p], while the mean of 1 / p over what was chosen is 1 / E[p].
    /// </summary>
    public static PositionPolicy Of(IEnumerable<LoggedChoice> log) => new(
        from at in log.GroupBy(choice => choice.Position)
        let means = at.GroupBy(choice => choice.Item).Select(same => (Item: same.Key, Mean: same.Count() / same.Sum(choice => 1 / choice.Propensity))).ToArray()
        let sum = means.Sum(one => one.Mean)
        from one in means
        select (at.Key, one.Item, one.Mean / sum));

    /// <summary>0 for an item that it does not know.</summary>
    /// <inheritdoc cref="At" path="/exception"/>
    public double Probability(int position, long item) => At(position).GetValueOrDefault(item);

    /// <summary>The probabilities at one position.</summary>
    /// <exception cref="ArgumentException">It says nothing of that position.</exception>
    public ImmutableSortedDictionary<long, double> At(int position) => _positions.TryGetValue(position, out var items)
        ? items
        : throw new ArgumentException($"The policy has no probabilities at position {position}.");

    /// <summary>Probability, over the positions of a log, of what was never logged there: of that part the log says nothing.</summary>
    public double Unsupported(IReadOnlyCollection<LoggedChoice> log) => log.GroupBy(choice => choice.Position).Sum(at =>
    {
        var seen = at.Select(choice => choice.Item).ToHashSet();
        return At(at.Key).Where(one => !seen.Contains(one.Key)).Sum(one => one.Value) * at.Count() / log.Count;
    });
}
