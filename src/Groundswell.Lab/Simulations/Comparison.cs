using System.Collections.Immutable;

namespace Groundswell.Lab.Simulations;

/// <summary>A figure under one policy and under another.</summary>
/// <param name="First">Mean under the first policy, over seeds that have the figure under both; <paramref name="Second"/> the same under the second.</param>
/// <param name="Difference">Second less first, mean over seeds.</param>
/// <param name="Error">Half of the 95 % confidence interval of the difference, by Student's t over the seeds' differences; null with a single seed.</param>
public sealed record ComparedFigure(Figure Figure, double First, double Second, double Difference, double? Error)
{
    /// <summary>The interval leaves out zero: the policies differ, as far as these seeds tell. False with a single seed.</summary>
    public bool IsClear => Error is { } error && Math.Abs(Difference) > error;

    /// <summary>The second policy is clearly better, or clearly worse; null where it is neither or the figure has no good side.</summary>
    public bool? SecondIsBetter => !IsClear || Figure.Better == Better.Neither ? null : Difference > 0 == (Figure.Better == Better.Higher);
}

/// <summary>
/// Two policies in the same worlds. Each seed is a pair: the same people, uploads and views meet both policies, so the
/// differences of pairs vary much less than the figures themselves (common random numbers; Glasserman and Yao, 1992).
/// </summary>
public sealed record Comparison(ImmutableArray<ComparedFigure> Figures)
{
    /// <param name="first">One result a seed, under the first policy.</param>
    /// <param name="second">The same seeds under the second, in any order.</param>
    /// <exception cref="ArgumentException">The seeds or scenarios of the two are not the same.</exception>
    public static Comparison Of(IReadOnlyList<SimulationResult> first, IReadOnlyList<SimulationResult> second)
    {
        var pairs = first.Join(second, one => one.Seed, other => other.Seed, (one, other) => (One: one, Other: other)).ToArray();
        if (pairs.Length == 0 || pairs.Length != first.Count || pairs.Length != second.Count || pairs.Any(pair => pair.One.Scenario != pair.Other.Scenario))
            throw new ArgumentException("A comparison needs the same scenario and the same seeds under both policies, each once.");
        return new Comparison([.. Figure.All.Select(figure => Compare(figure, pairs)).OfType<ComparedFigure>()]);
    }

    /// <summary>The figure of that name, or null where no pair of worlds has it.</summary>
    public ComparedFigure? this[string name] => Figures.FirstOrDefault(compared => compared.Figure.Name == name);

    /// <summary>Of the pairs in which both have the figure.</summary>
    private static ComparedFigure? Compare(Figure figure, (SimulationResult One, SimulationResult Other)[] pairs)
    {
        var known = new List<(double One, double Other)>();
        foreach (var pair in pairs)
            if (figure.Of(pair.One) is { } one && figure.Of(pair.Other) is { } other) known.Add((one, other));
        if (known.Count == 0) return null;
        double[] differences = [.. known.Select(pair => pair.Other - pair.One)];
        return new ComparedFigure(figure, known.Average(pair => pair.One), known.Average(pair => pair.Other), differences.Average(), StudentT.HalfInterval(differences));
    }
}
