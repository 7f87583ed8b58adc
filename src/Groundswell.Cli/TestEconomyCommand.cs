using System.CommandLine;
using System.Text.Json;
using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Lab.TestBatches;
using Spectre.Console;

namespace Groundswell.Cli;

/// <summary><c>groundswell lab t3</c>: the economy of test batches on real viewers.</summary>
internal static class TestEconomyCommand
{
    public static Command Create()
    {
        var data = new Option<FileInfo>("--data") { Description = "A log of user,video,watch_ratio; .gz is read as it is.", Required = true };
        var seeds = new Option<int>("--seeds") { Description = "How many draws of viewers.", DefaultValueFactory = _ => 5 };
        var least = new Option<int>("--least-viewers") { Description = "Known viewers from which a video is an upload.", DefaultValueFactory = _ => 100 };
        var share = new Option<double>("--share") { Description = "Share of the uploads that is to be found.", DefaultValueFactory = _ => 0.2 };
        var output = new Option<FileInfo?>("--out") { Description = "Where the report goes, as JSON." };
        var command = new Command("t3", "The economy of test batches: how many impressions finding the best uploads takes.") { data, seeds, least, share, output };
        command.SetAction((parsed, cancellation) => Lines.RunAsync(
            async () =>
            {
                var (count, viewers, wanted) = (parsed.GetValue(seeds), parsed.GetValue(least), parsed.GetValue(share));
                if (count < 1) return Lines.Fail("--seeds must be at least 1.");
                if (wanted is not (> 0 and < 1)) return Lines.Fail("--share must be between 0 and 1.");
                var uploads = WatchLog.Uploads(parsed.GetRequiredValue(data).FullName, viewers);
                if (uploads.Length < 5) return Lines.Fail($"Only {uploads.Length} videos have {viewers} known viewers; five are needed. Try a lower --least-viewers.");
                EconomyReport report;
                using (var line = new ProgressLine("Tests")) report = TestEconomy.Run(uploads, viewers, wanted, count, TestEconomy.Policies(new Rules()), line, cancellation);
                Print(report);
                if (parsed.GetValue(output) is { } file)
                    await File.WriteAllTextAsync(file.FullName, JsonSerializer.Serialize(report, GroundswellJson.Options), CancellationToken.None);
                return Lines.Ok;
            },
            "Nothing was written."));
        return command;
    }

    private static void Print(EconomyReport report)
    {
        System.Console.WriteLine($"{report.Uploads} uploads of at least {report.LeastViewers} known viewers, {report.Best} of them the true best; {report.Seeds} draws.");
        var table = new Table().AddColumns("budget", "policy", "impressions, mean", "max", "precision", "recall", "±");
        foreach (var at in report.Budgets)
            foreach (var row in at.Policies)
                table.AddRow($"{at.Budget}", row.Policy, $"{row.Mean:0.0}", $"{row.Max}", $"{row.Precision:0.000}", $"{row.Recall:0.000}", $"{row.RecallError:0.000}");
        AnsiConsole.Write(table);
    }
}
