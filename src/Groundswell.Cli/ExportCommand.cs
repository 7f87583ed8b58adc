using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Storage;
using Groundswell.Transfer.Files;
using Groundswell.Transfer.Ledgers;

namespace Groundswell.Cli;

/// <summary><c>groundswell export</c>: the ledger's entries into a file, also while the server serves.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var target = new Argument<string>("FILE") { Description = "The file to write; its ending chooses the format." };
        var data = DataOption();
        var format = FormatOption();
        var facts = new Option<string[]>("--facts") { Description = $"Only these facts: {string.Join(", ", LedgerSelection.FactNames.Order())}.", AllowMultipleArgumentsPerToken = true };
        var types = new Option<string[]>("--types") { Description = "Of signals only these types, such as like or play_end.", AllowMultipleArgumentsPerToken = true };
        var from = new Option<string?>("--from") { Description = "From this position, or this time (ISO 8601), on." };
        var to = new Option<string?>("--to") { Description = "Up to this position, or before this time (ISO 8601)." };
        var viewer = new Option<string?>("--viewer") { Description = "Only what is about this viewer (u_…)." };
        var video = new Option<string?>("--video") { Description = "Only what is about this video (v_…)." };
        var command = new Command("export", "Write the ledger's entries into a file: NDJSON holds every fact, CSV and Parquet hold signals.")
        {
            target, data, format, facts, types, from, to, viewer, video,
        };
        command.SetAction((parsed, cancellation) => Lines.RunAsync(
            () => Export(
                parsed.GetRequiredValue(data), parsed.GetRequiredValue(target), parsed.GetValue(format), Split(parsed.GetValue(facts)), Split(parsed.GetValue(types)),
                Bound(parsed.GetValue(from), "--from"), Bound(parsed.GetValue(to), "--to"), Id<ViewerId>(parsed.GetValue(viewer), "--viewer"), Id<VideoId>(parsed.GetValue(video), "--video"), cancellation),
            "The file was not finished; running it again goes on (NDJSON) or starts anew."));
        return command;
    }

    public static Option<string> DataOption() => new("--data") { Description = "The server's data folder.", DefaultValueFactory = _ => "data" };

    public static Option<string?> FormatOption()
    {
        var format = new Option<string?>("--format") { Description = "ndjson, csv or parquet; without it the file's ending says which." };
        format.AcceptOnlyFromAmong("ndjson", "csv", "parquet");
        return format;
    }

    public static TransferFormat FormatOf(string? named, string file) =>
        named is { } name ? Enum.Parse<TransferFormat>(name, ignoreCase: true)
        : TransferFormats.OfFile(file) ?? throw new ArgumentException($"The ending of '{file}' names no format: choose one with --format ndjson, csv or parquet.");

    private static async Task<int> Export(
        string data, string target, string? format, string[] facts, string[] types, EntryBound? from, EntryBound? to, ViewerId? viewer, VideoId? video, CancellationToken cancellation)
    {
        if (facts.Except(LedgerSelection.FactNames).FirstOrDefault() is { } unknown)
            return Lines.Fail($"There is no fact '{unknown}': there are {string.Join(", ", LedgerSelection.FactNames.Order())}.");
        var chosen = FormatOf(format, target);
        if (chosen != TransferFormat.Ndjson && facts.Except(["signal"]).Any()) return Lines.Fail("CSV and Parquet hold signals only: choose --format ndjson for other facts.");
        using var store = ReadOnlyStore.Open(Path.Combine(Path.GetFullPath(data), "store"));
        var selection = new LedgerSelection([.. facts], viewer, video, from?.Time, to?.Time);
        var report = await LedgerExport.RunAsync(
            store, new ExportRequest(Path.GetFullPath(target), chosen, selection, [.. types.Select(TypeOf)], from?.Position ?? 1, to?.Position), Lines.Rows(), cancellation);
        System.Console.Error.WriteLine();
        System.Console.WriteLine($"{report.Rows:N0} rows{(report.Resumed ? " more" : "")}, {report.Bytes:N0} bytes in {target}");
        return Lines.Ok;
    }

    private static string[] Split(string[]? values) => [.. (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    private static SignalType TypeOf(string name)
    {
        foreach (var type in Enum.GetValues<SignalType>())
            if (JsonNamingPolicy.SnakeCaseLower.ConvertName(type.ToString()) == name) return type;
        throw new ArgumentException($"There is no signal type '{name}': there are {string.Join(", ", Enum.GetValues<SignalType>().Select(type => JsonNamingPolicy.SnakeCaseLower.ConvertName(type.ToString())))}.");
    }

    private static TId? Id<TId>(string? text, string option) where TId : struct, IId<TId>
    {
        if (text is null) return null;
        return IdText.TryParse<TId>(text, out var id) ? id : throw new ArgumentException($"{option} takes an id of the form {TId.Prefix}…, not '{text}'.");
    }

    private static EntryBound? Bound(string? text, string option)
    {
        if (text is null) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position)) return new EntryBound(position, null);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? new EntryBound(null, time)
            : throw new ArgumentException($"{option} takes a position or a time in ISO 8601, not '{text}'.");
    }

    private sealed record EntryBound(long? Position, DateTimeOffset? Time);
}
