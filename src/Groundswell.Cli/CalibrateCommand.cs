using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Groundswell.Core.Ledger;
using Groundswell.Lab.Calibration;
using Spectre.Console;

namespace Groundswell.Cli;

/// <summary><c>groundswell lab calibrate</c>: the simulated audience beside the data that it is set to.</summary>
internal static class CalibrateCommand
{
    public static Command Create()
    {
        var kuaiRand = new Option<string>("--kuairand") { Description = "Folder of KuaiRand-Pure, with its log_standard….csv files, plain or gzipped.", Required = true };
        var kuaiRec = new Option<string>("--kuairec") { Description = "File of KuaiRec's small matrix as user,video,watch_ratio.", Required = true };
        var seed = new Option<ulong>("--seed") { Description = "Seed of the simulated audience.", DefaultValueFactory = _ => 1 };
        var json = new Option<bool>("--json") { Description = "Print the figures as one line of JSON." };
        var command = new Command("calibrate", "Print what real viewers did beside what simulated ones do.") { kuaiRand, kuaiRec, seed, json };
        command.SetAction((parsed, cancellation) => Lines.RunAsync(
            () =>
            {
                var rows = Calibrations.Of(parsed.GetRequiredValue(kuaiRand), parsed.GetRequiredValue(kuaiRec), parsed.GetValue(seed), cancellation);
                if (parsed.GetValue(json)) System.Console.WriteLine(JsonSerializer.Serialize(rows, GroundswellJson.Options));
                else Print(rows);
                return Task.FromResult(Lines.Ok);
            },
            "Nothing was written."));
        return command;
    }

    private static void Print(IEnumerable<CalibrationRow> rows)
    {
        var table = new Table().AddColumns("data", "figure").AddColumn(new TableColumn("real").RightAligned()).AddColumn(new TableColumn("simulated").RightAligned()).AddColumn("");
        foreach (var row in rows) table.AddRow(row.Source, row.Figure, Number(row.Target), Number(row.Simulated), row.Set ? "set to it" : "comes out so");
        AnsiConsole.Write(table);
    }

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
