using System.CommandLine;
using System.Text.Json;
using Groundswell.Bench;
using Groundswell.Core.Ledger;
using Groundswell.Storage;
using Spectre.Console;

namespace Groundswell.Cli;

/// <summary><c>groundswell bench</c>: measures a hot path on this machine beside its raw limit.</summary>
internal static class BenchCommand
{
    public static Command Create() => new("bench", "Measure a hot path on this machine.") { Feed(), Signals(), LedgerOnPostgres() };

    private static Command Feed()
    {
        var videos = Number("--videos", "Open videos in the catalogue.", 10_000);
        var viewers = Number("--viewers", "Viewers who ask.", 500);
        var clients = Number("--clients", "Requests under way at once.", 16);
        var seconds = Number("--seconds", "How long to measure.", 10);
        var json = new Option<bool>("--json") { Description = "Print the figures as one line of JSON." };
        var command = new Command("feed", "POST /v1/feed over HTTP.") { videos, viewers, clients, seconds, json };
        command.SetAction(async (parsed, cancellation) => Print(
            await FeedBench.RunAsync(
                parsed.GetRequiredValue(videos), parsed.GetRequiredValue(viewers), parsed.GetRequiredValue(clients), TimeSpan.FromSeconds(parsed.GetRequiredValue(seconds)), Progress(), cancellation),
            parsed.GetValue(json)));
        return command;
    }

    private static Command Signals()
    {
        var batch = Number("--batch", "Events of one request.", 100);
        var clients = Number("--clients", "Requests under way at once.", 16);
        var seconds = Number("--seconds", "How long to measure.", 10);
        var json = new Option<bool>("--json") { Description = "Print the figures as one line of JSON." };
        var command = new Command("signals", "POST /v1/events over HTTP, durable, all rules and projections on.") { batch, clients, seconds, json };
        command.SetAction(async (parsed, cancellation) => Print(
            await SignalsBench.RunAsync(parsed.GetRequiredValue(batch), parsed.GetRequiredValue(clients), TimeSpan.FromSeconds(parsed.GetRequiredValue(seconds)), Progress(), cancellation),
            parsed.GetValue(json)));
        return command;
    }

    private static Command LedgerOnPostgres()
    {
        var store = StoreOption.Create();
        store.Validators.Add(result =>
        {
            if (Stores.Chosen(result.GetValueOrDefault<string?>()) == Stores.Embedded) result.AddError($"Name a database with --store or {Stores.Variable}.");
        });
        var rows = Number("--rows", "Entries a run.", 100_000);
        var json = new Option<bool>("--json") { Description = "Print the figures as one line of JSON." };
        var command = new Command("ledger-postgres", "The ledger in a PostgreSQL database, beside PostgreSQL's own bulk format.") { store, rows, json };
        command.SetAction(async (parsed, cancellation) => Print(
            await PostgresLedgerBench.RunAsync(Stores.Chosen(parsed.GetValue(store)), parsed.GetRequiredValue(rows), Progress(), cancellation), parsed.GetValue(json)));
        return command;
    }

    private static Option<int> Number(string name, string what, int usual) => new(name) { Description = what, DefaultValueFactory = _ => usual };

    private static Progress<string> Progress() => new(message => System.Console.Error.WriteLine($"… {message}"));

    private static int Print<T>(T figures, bool asJson)
    {
        var json = JsonSerializer.Serialize(figures, GroundswellJson.Options);
        if (!asJson)
        {
            var table = new Table().AddColumns("figure", "value");
            foreach (var figure in JsonDocument.Parse(json).RootElement.EnumerateObject()) table.AddRow(figure.Name, figure.Value.ToString());
            AnsiConsole.Write(table);
        }
        else
        {
            System.Console.WriteLine(json);
        }
        return 0;
    }
}
