using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Groundswell.Core.Ledger;
using Groundswell.Lab.OffPolicy;
using Spectre.Console;

namespace Groundswell.Cli;

/// <summary><c>groundswell lab ope</c>: what a policy would have earned, from the log of another one.</summary>
internal static class OffPolicyCommand
{
    private const string Uniform = "uniform";

    public static Command Create()
    {
        var log = new Option<FileInfo>("--log") { Description = "A log of the Open Bandit Dataset, with propensities; .gz is read as it is.", Required = true };
        var policy = new Option<string>("--policy") { Description = $"The policy to evaluate: {Uniform}, or a log that it wrote.", Required = true };
        var measured = new Option<FileInfo?>("--measured") { Description = "A log that the policy wrote itself: what it really earned." };
        var clip = new Option<double?>("--clip") { Description = "Weights above this count as this: less variance for some bias." };
        var json = new Option<bool>("--json") { Description = "Print the figures as one line of JSON." };
        var command = new Command("ope", "Off-policy evaluation: what a policy would have earned, from the log of another one.") { log, policy, measured, clip, json, LedgerPolicyCommand.Create() };
        command.SetAction((parsed, cancellation) => Lines.RunAsync(
            () =>
            {
                if (parsed.GetValue(clip) is { } bound && !(bound > 0 && double.IsFinite(bound))) return Task.FromResult(Lines.Fail("--clip must be above 0."));
                var choices = OpenBanditLog.Read(parsed.GetRequiredValue(log).FullName, cancellation);
                var evaluated = parsed.GetRequiredValue(policy) is Uniform ? PositionPolicy.Uniform(choices) : PositionPolicy.Of(OpenBanditLog.Read(parsed.GetRequiredValue(policy), cancellation));
                PolicyReport report;
                using (var line = new ProgressLine("Estimates"))
                    report = PolicyEvaluation.Run(
                        choices, evaluated, parsed.GetValue(measured) is { } own ? OpenBanditLog.Read(own.FullName, cancellation) : null, parsed.GetValue(clip), line, cancellation);
                if (parsed.GetValue(json)) System.Console.WriteLine(JsonSerializer.Serialize(report, GroundswellJson.Options));
                else Print(report);
                return Task.FromResult(Lines.Ok);
            },
            "Nothing was written."));
        return command;
    }

    private static void Print(PolicyReport report)
    {
        var table = new Table().AddColumns("estimator", "value", "95 % interval", "effective size", "holds measured", "minus measured");
        foreach (var (place, estimate) in report.Estimates.Index())
            table.AddRow([.. Cells(estimate), .. report.Comparisons is [] ? ["–", "–"] : Cells(report.Comparisons[place])]);
        if (report.Measured is { } measured) table.AddRow([.. Cells(measured with { Estimator = "measured" }), "", ""]);
        table.AddRow([.. Cells(report.Logged with { Estimator = "the log itself" }), "", ""]);
        AnsiConsole.Write(table);
        System.Console.WriteLine(Weights(report));
        if (report.Unsupported > 0) System.Console.WriteLine($"Of the policy, {report.Unsupported:P2} is what was never logged: of that part nothing is known, and IPS takes it for 0.");
    }

    private static string Weights(PolicyReport report) =>
        $"{report.Decisions:N0} decisions, greatest weight {Number(report.Weights.Most)}. " + (report.Weights.Clip is { } clip
            ? $"Clipped at {Number(clip)}: {report.Weights.Clipped:N0} weights, {report.Weights.Lost:P2} of the weight in the mean. IPS is too low by at most that share of the greatest reward."
            : "No weight was clipped.");

    private static string[] Cells(Estimate estimate) =>
        [estimate.Estimator, Number(estimate.Value), $"{Number(estimate.Low)} to {Number(estimate.High)}", estimate.EffectiveSize.ToString("0", CultureInfo.InvariantCulture)];

    private static string[] Cells(AgainstMeasured against) => [against.Covers ? "yes" : "no", $"{Number(against.Difference)} ± {Number(against.HalfInterval)}"];

    private static string Number(double value) => value.ToString("0.#####", CultureInfo.InvariantCulture);
}
