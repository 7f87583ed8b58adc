using System.CommandLine;
using Groundswell.Storage;
using Groundswell.Transfer.Ledgers;

namespace Groundswell.Cli;

/// <summary><c>groundswell import</c>: a file's entries into the ledger of a stopped server.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var source = new Argument<string>("FILE") { Description = "The file to read; its ending says the format." };
        var data = ExportCommand.DataOption();
        var format = ExportCommand.FormatOption();
        var store = StoreOption.Create();
        var command = new Command("import", "Append a file's entries to the ledger; the server must be stopped. What is there already changes nothing.") { source, data, format, store };
        command.SetAction((parsed, cancellation) => Lines.RunAsync(
            () => Import(parsed.GetRequiredValue(data), parsed.GetRequiredValue(source), parsed.GetValue(format), Stores.Chosen(parsed.GetValue(store)), cancellation),
            "What was written is consistent; running it again goes on."));
        return command;
    }

    private static async Task<int> Import(string data, string source, string? format, string chosenStore, CancellationToken cancellation)
    {
        var chosen = ExportCommand.FormatOf(format, source);
        if (!File.Exists(source)) return Lines.Fail($"There is no file '{source}'.");
        await using var store = await Stores.OpenAsync(chosenStore, Path.Combine(Path.GetFullPath(data), "store"), TimeProvider.System, new StoreOptions());
        var report = await LedgerImport.RunAsync(store.Ledger, source, chosen, Lines.Rows(), cancellation);
        System.Console.Error.WriteLine();
        foreach (var bad in report.Bad) System.Console.Error.WriteLine($"{source}:{bad.Line}: {bad.Problem}");
        if (report.BadRows > 0) return Lines.Fail($"{report.BadRows:N0} of {report.Rows:N0} rows are not valid; nothing was imported.");
        System.Console.WriteLine($"{report.Rows:N0} rows: {report.Appended:N0} appended, {report.Known:N0} were there already");
        return report.Stopped is { } stopped ? Lines.Fail($"{source}:{stopped.Line}: {stopped.Problem} Everything before this row is in; nothing after it.") : Lines.Ok;
    }
}
