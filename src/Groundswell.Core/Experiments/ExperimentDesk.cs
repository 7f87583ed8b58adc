using Groundswell.Core.RuleBook;

namespace Groundswell.Core.Experiments;

/// <summary>Decides whether an experiment may start. Pure.</summary>
public static class ExperimentDesk
{
    public const int LongestName = 80;
    public const int LongestText = 300;

    /// <summary>Fewer would never be enough to read.</summary>
    public const double LeastShare = 0.01;

    /// <summary>Everything that is against it; empty when it may start.</summary>
    /// <param name="alive">The experiments that run or wait.</param>
    public static IEnumerable<Objection> ToStart(ExperimentPlan plan, IReadOnlyCollection<Experiment> alive, Rules rules, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(plan.Name) || plan.Name.Length > LongestName) yield return new("name", $"Name it, in 1 to {LongestName} characters.");
        if (alive.Any(other => string.Equals(other.Plan.Name, plan.Name, StringComparison.OrdinalIgnoreCase))) yield return new("name", "An experiment of that name runs or waits already.");
        if (alive.Count >= rules.Experiments.MostRunning) yield return new("name", $"At most {rules.Experiments.MostRunning} experiments run at once; stop one first.");
        if (string.IsNullOrWhiteSpace(plan.Why) || plan.Why.Length > LongestText) yield return new("why", $"Say what you expect, in 1 to {LongestText} characters: it is kept.");
        if (plan.Share is not (>= LeastShare and <= 1)) yield return new("share", $"Give a share from {LeastShare:0.##} to 1; half of it has the treatment.");
        if (plan.Until <= now || plan.Until <= plan.From) yield return new("until", "An experiment ends after it begins, and in the future.");
        if (plan.Until - plan.From > TimeSpan.FromDays(rules.Experiments.LongestDays)) yield return new("until", $"An experiment lasts at most {rules.Experiments.LongestDays} days.");
        foreach (var objection in ToVary(plan, alive, rules)) yield return objection;
    }

    private static IEnumerable<Objection> ToVary(ExperimentPlan plan, IReadOnlyCollection<Experiment> alive, Rules rules)
    {
        var reading = RulesDocument.Read(plan.Rules, rules);
        foreach (var problem in reading.Problems) yield return new(At(problem.Path), problem.Message);
        if (reading.Rules is not { } treatment) yield break;
        if (RulesDiff.Between(rules, treatment).IsEmpty) yield return new("rules", "The treatment changes nothing of the rules in force.");
        foreach (var path in RulesDocument.Paths(plan.Rules))
        {
            if (!Variation.May(plan.Unit, path)) yield return new(At(path), $"{path} cannot be varied here; {Variation.Text(plan.Unit)}.");
            else if (alive.FirstOrDefault(other => other.Plan.Unit == plan.Unit && RulesDocument.Paths(other.Plan.Rules).Contains(path)) is { } other)
                yield return new(At(path), $"“{other.Plan.Name}” varies {path} already; stop that first.");
        }
    }

    private static string At(string path) => path.Length == 0 ? "rules" : $"rules.{path}";
}
