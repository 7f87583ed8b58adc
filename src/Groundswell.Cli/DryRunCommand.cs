using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Groundswell.Cluster.RuleBook;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;

namespace Groundswell.Cli;

/// <summary><c>groundswell rules dry-run</c>: what the verdicts of a day would have been with other rules.</summary>
internal static class DryRunCommand
{
    public static Command Create()
    {
        var source = new RulesOf();
        var which = new Argument<string>("RULES") { Description = RulesOf.Forms };
        var from = new Option<string?>("--from") { Description = "Verdicts from this time on (ISO 8601); a day before --to when left out." };
        var to = new Option<string?>("--to") { Description = "Verdicts before this time; now when left out." };
        var all = new Option<bool>("--all") { Description = "List also the trials that would have gone the same." };
        var json = new Option<bool>("--json") { Description = "Print everything as one JSON object." };
        var command = new Command("dry-run", "Judge what has happened again, with other rules. Changes nothing; the server may run.") { which, source.Data, source.Store, from, to, all, json };
        command.SetAction((parsed, cancellation) => Lines.RunAsync(
            async () =>
            {
                var end = Time(parsed.GetValue(to), "--to") ?? TimeProvider.System.GetUtcNow();
                var request = new DryRunRequest(await source.FindAsync(parsed, parsed.GetRequiredValue(which)), Time(parsed.GetValue(from), "--from") ?? end.AddDays(-1), end);
                var report = await source.ReadAsync(parsed, ledger => Run(request, ledger, cancellation));
                if (parsed.GetValue(json)) System.Console.WriteLine(JsonSerializer.Serialize(report, GroundswellJson.Options));
                else Tell(report, parsed.GetValue(all));
                return Lines.Ok;
            },
            "Nothing was changed."));
        return command;
    }

    private static DryRunReport Run(DryRunRequest request, LedgerReading ledger, CancellationToken cancellation)
    {
        using var line = new ProgressLine();
        return DryRun.Run(request, ledger, Taxonomy.Default.Count, line, cancellation);
    }

    private static void Tell(DryRunReport report, bool all)
    {
        var console = System.Console.Out;
        console.WriteLine($"{report.Version} → {report.Tried}: {(report.Changes.IsEmpty ? "the same rules" : "")}");
        foreach (var change in report.Changes) console.WriteLine($"  {change.Text}");
        var totals = report.Totals;
        console.WriteLine($"{report.From:u} to {report.To:u}: {totals.Trials:N0} trials with a verdict, {totals.Agreements:N0} of them end alike");
        console.WriteLine($"  at the same moment         {totals.Same,8:N0}");
        console.WriteLine($"  earlier                    {totals.Earlier,8:N0}");
        console.WriteLine($"  later                      {totals.Later,8:N0}   {totals.SavedImpressions:N0} impressions saved in all");
        console.WriteLine($"  would widen, not pause     {totals.WidensInstead,8:N0}");
        console.WriteLine($"  would pause, not widen     {totals.PausesInstead,8:N0}");
        console.WriteLine($"  no verdict yet             {totals.NoVerdictYet,8:N0}");
        console.WriteLine($"  a verdict where none came  {totals.NewVerdicts,8:N0}");
        console.WriteLine($"  test impressions           {totals.TestImpressions,8:N0} → {totals.TriedTestImpressions:N0}");
        foreach (var trial in report.Trials)
            if (all || trial.Outcome != DryRunOutcome.Same) console.WriteLine($"{trial.Video}  {trial.Trial,-12}  {Outcome(trial.Outcome),-16}  {Verdict(trial.Real)}  →  {Verdict(trial.Tried)}");
        foreach (var limit in report.Limits) console.WriteLine($"note: {limit}");
    }

    private static string Outcome(DryRunOutcome outcome) => JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString()).Replace('_', ' ');

    private static string Verdict(DryRunVerdict? verdict) => verdict is null
        ? "no verdict"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{(verdict.Widens ? "widened" : "paused")} after {verdict.Impressions} at {verdict.At:MM-dd HH:mm} ({verdict.Score:0.00} against {verdict.Gate:0.00}, P {verdict.Probability:0.00})");

    private static DateTimeOffset? Time(string? text, string option)
    {
        if (text is null) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new ArgumentException($"{option} takes a time in ISO 8601 such as 2026-03-02T08:00Z, not '{text}'.");
    }
}
