using System.CommandLine;
using Groundswell.Cluster.Retention;

namespace Groundswell.Cli;

/// <summary><c>--retention-days</c>, the same range for every command that deletes.</summary>
internal static class RetentionOption
{
    public static Option<double?> Create(string description)
    {
        var option = new Option<double?>("--retention-days") { Description = description };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is { } days && !(days >= RetentionRules.Least.TotalDays && days <= RetentionRules.Most.TotalDays))
                result.AddError($"--retention-days must be from {RetentionRules.Least.TotalDays} to {RetentionRules.Most.TotalDays}: an event id stays known for {RetentionRules.Least.TotalDays} days.");
        });
        return option;
    }
}
