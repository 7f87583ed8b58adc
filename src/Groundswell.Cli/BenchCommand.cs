using System.CommandLine;
using System.Text.Json;
using Groundswell.Bench;
using Groundswell.Core.Ledger;
using Groundswell.Ranking.Learning;
using Groundswell.Storage;
using Spectre.Console;

namespace Groundswell.Cli;

/// <summary><c>groundswell bench</c>: measures a hot path on this machine beside its raw limit.</summary>
internal static class BenchCommand
{
    public static Command Create() =>
        new("bench", "Measure a hot path on this machine.") { Feed(), Retrieval(), Signals(), LedgerOnPostgres(), Viewers(), Model(), Fill(), ColdStart(), FuzzCommand.Create() };

    private static Command Feed()
    {
        var videos = Number("--videos", "Open videos in the catalogue.", 10_000);
        var viewers = Number("--viewers", "Viewers who ask; in the process they are there and have watched two videos each.", 500);
        var clients = new Option<int?>("--clients") { Description = "Requests under way at once: 2, over HTTP 16." };
        var seconds = Number("--seconds", "How long to measure.", 10);
        var signals = Number("--signals-per-s", "Signals of other viewers that arrive meanwhile; in the process only.", 5_000);
        var http = new Option<bool>("--http") { Description = "Through POST /v1/feed, the client on the same cores; without it, through the grains of the process." };
        var json = new Option<bool>("--json") { Description = "Print the figures as one line of JSON." };
        var command = new Command("feed", "Pages of five, every rule, source and projection on.") { videos, viewers, clients, seconds, signals, http, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (of, who, time) = (parsed.GetRequiredValue(videos), parsed.GetRequiredValue(viewers), TimeSpan.FromSeconds(parsed.GetRequiredValue(seconds)));
            return parsed.GetValue(http)
                ? Print(await HttpFeedBench.RunAsync(of, who, parsed.GetValue(clients) ?? 16, time, Lines.Steps(), cancellation), parsed.GetValue(json))
                : Print(await FeedBench.RunAsync(of, who, parsed.GetValue(clients) ?? 2, parsed.GetRequiredValue(signals), time, Lines.Steps(), cancellation), parsed.GetValue(json));
        });
        return command;
    }

    private static Command Retrieval()
    {
        var videos = Number("--videos", "Videos in the index.", 1_000_000);
        var dims = Number("--dims", "Numbers of a content vector.", 64);
        var queries = Number("--queries", "Searches.", 500);
        var alone = new Option<bool>("--no-peer") { Description = "Without Faiss, which is otherwise built and measured where g++ and libfaiss-dev are installed." };
        var kind = new Option<string>("--peer-rows") { Description = "How Faiss keeps its rows: SQ8, a byte a dimension as here, or Flat, as floats.", DefaultValueFactory = _ => "SQ8" };
        kind.AcceptOnlyFromAmong("SQ8", "Flat");
        var json = new Option<bool>("--json") { Description = "Print the figures as one line of JSON." };
        var command = new Command("retrieval", "The nearest videos to a taste, beside an exact search and Faiss.") { videos, dims, queries, alone, kind, json };
        dims.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 2 or > 400) result.AddError("--dims must be between 2 and 400.");
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            var figures = await RetrievalBench.RunAsync(
                parsed.GetRequiredValue(videos), parsed.GetRequiredValue(dims), parsed.GetRequiredValue(queries),
                parsed.GetValue(alone) ? null : parsed.GetRequiredValue(kind), Lines.Steps(), cancellation);
            if (!parsed.GetValue(json)) PrintBeside(figures);
            return Print(figures, parsed.GetValue(json));
        });
        return command;
    }

    private static Command Signals()
    {
        var signals = Number("--signals", "Signals to measure.", 400_000);
        var batch = Number("--batch", "Events of one call.", 100);
        var clients = new Option<int?>("--clients") { Description = "Calls under way at once: 16, over HTTP 4." };
        var store = new Option<string>("--store") { Description = "sqlite, or postgres: a PostgreSQL server of its own, from the machine's package.", DefaultValueFactory = _ => "sqlite" };
        store.AcceptOnlyFromAmong("sqlite", "postgres");
        store.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() == "postgres" && SignalsBench.PostgresMissing is { } missing) result.AddError($"--store postgres: {missing}");
        });
        var http = new Option<bool>("--http") { Description = "Through POST /v1/events, the client on the same cores; without it, through the grains of the process." };
        var json = new Option<bool>("--json") { Description = "Print the figures as one line of JSON." };
        var command = new Command("signals", "Durable signals a second, all rules and projections on.") { store, signals, batch, clients, http, json };
        command.SetAction(async (parsed, cancellation) => Print(
            await SignalsBench.RunAsync(
                parsed.GetValue(http) ? SignalsPath.Http : SignalsPath.InProcess, parsed.GetRequiredValue(store) == "postgres",
                parsed.GetRequiredValue(signals), parsed.GetRequiredValue(batch), parsed.GetValue(clients), Lines.Steps(), cancellation),
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
            await PostgresLedgerBench.RunAsync(Stores.Chosen(parsed.GetValue(store)), parsed.GetRequiredValue(rows), Lines.Steps(), cancellation), parsed.GetValue(json)));
        return command;
    }

    private static Command Viewers()
    {
        var viewers = Number("--viewers", "Viewers who watch.", 20_000);
        var json = new Option<bool>("--json") { Description = "Print the figures as one line of JSON." };
        var command = new Command("viewers", "Memory for each viewer who is here, and for each who has gone.") { viewers, json };
        command.SetAction(async (parsed, cancellation) => Print(await ViewersBench.RunAsync(parsed.GetRequiredValue(viewers), Lines.Steps(), cancellation), parsed.GetValue(json)));
        return command;
    }

    private static Command Model()
    {
        var viewers = Number("--viewers", "Viewers, and as many videos, that the model is made for and has met.", ModelSize.Usual);
        viewers.Validators.Add(result =>
        {
            if (!ModelSize.Allows(result.GetValueOrDefault<int>())) result.AddError($"--viewers: {ModelSize.Range}");
        });
        var json = new Option<bool>("--json") { Description = "Print the figures as one line of JSON." };
        var command = new Command("model", "The learned model, full: published, saved while it learns, and brought back.") { viewers, json };
        command.SetAction(async (parsed, cancellation) => Print(await ModelBench.RunAsync(parsed.GetRequiredValue(viewers), Lines.Steps(), cancellation), parsed.GetValue(json)));
        return command;
    }

    private static Command Fill()
    {
        var data = new Option<string>("--data") { Description = "The data folder to fill.", Required = true };
        var signals = Number("--signals", "Signals to write.", 1_000_000);
        var videos = Number("--videos", "Open videos in the catalogue.", 10_000);
        var viewers = Number("--viewers", "Viewers whose signals they are.", 20_000);
        var json = new Option<bool>("--json") { Description = "Print the figures as one line of JSON." };
        var command = new Command("fill", "Fill a data folder, for cold-start and ledger verify to be measured on.") { data, signals, videos, viewers, json };
        command.SetAction(async (parsed, cancellation) => Print(
            await FillBench.RunAsync(parsed.GetRequiredValue(data), parsed.GetRequiredValue(signals), parsed.GetRequiredValue(videos), parsed.GetRequiredValue(viewers), Lines.Steps(), cancellation),
            parsed.GetValue(json)));
        return command;
    }

    private static Command ColdStart()
    {
        var data = new Option<string>("--data") { Description = "A data folder that was filled.", Required = true };
        var json = new Option<bool>("--json") { Description = "Print the figures as one line of JSON." };
        var command = new Command("cold-start", "From the start on a full store to the first page.") { data, json };
        command.SetAction(async (parsed, cancellation) => Print(await ColdStartBench.RunAsync(parsed.GetRequiredValue(data), Lines.Steps(), cancellation), parsed.GetValue(json)));
        return command;
    }

    private static Option<int> Number(string name, string what, int usual) => new(name) { Description = what, DefaultValueFactory = _ => usual };

    private static void PrintBeside(RetrievalFigures of)
    {
        var table = new Table().AddColumns("one thread", "recall@500", "searches/s", "built in s", "added/s", "bytes a video");
        table.AddRow("Groundswell", $"{of.RecallAt500}", $"{of.Qps}", $"{of.BuildS}", $"{of.InsertPerS}", $"{of.BytesAVideo}");
        table.AddRow("exact search", "1", $"{of.BruteQps}", "", "", "");
        if (of.FaissQps is not null) table.AddRow($"Faiss {of.FaissIndex}", $"{of.FaissRecallAt500}", $"{of.FaissQps}", $"{of.FaissBuildS}", $"{of.FaissAddPerS}", $"{of.FaissBytesPerVideo}");
        AnsiConsole.Write(table);
    }

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
