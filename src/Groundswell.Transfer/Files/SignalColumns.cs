using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Groundswell.Core.Ledger;

namespace Groundswell.Transfer.Files;

internal enum ColumnKind
{
    Text,
    Whole,
    Real,
    Flag,
    Time,
}

/// <param name="Path">Where its value stands in the entry's JSON; empty for what is computed and not read back.</param>
/// <param name="Required">Every signal has it.</param>
internal sealed record Column(string Name, ColumnKind Kind, ImmutableArray<string> Path, bool Required = false)
{
    /// <summary>Its place in a row.</summary>
    public int Index { get; init; }
}

/// <summary>
/// A signal as one flat row and back. What people compute with has a column; whatever else an entry holds stays as JSON in
/// the column <c>rest</c>, so that a row rebuilds its entry exactly, also when signals have learnt new fields.
/// </summary>
internal static class SignalColumns
{
    private const int LongestEventId = 64;
    private const string Rest = "rest";

    public static ImmutableArray<Column> All { get; } =
    [
        .. new[]
        {
            new Column("position", ColumnKind.Whole, []),
            new Column("at", ColumnKind.Time, ["at"], Required: true),
            new Column("event_time", ColumnKind.Time, ["event_time"], Required: true),
            new Column("event_id", ColumnKind.Text, ["event_id"], Required: true),
            new Column("type", ColumnKind.Text, ["type"], Required: true),
            new Column("viewer", ColumnKind.Text, ["viewer"], Required: true),
            new Column("video", ColumnKind.Text, ["video"], Required: true),
            new Column("creator", ColumnKind.Text, ["creator"], Required: true),
            new Column("played_ms", ColumnKind.Whole, ["play", "played_ms"]),
            new Column("total_ms", ColumnKind.Whole, ["play", "total_ms"]),
            new Column("max_position_ms", ColumnKind.Whole, ["play", "max_position_ms"]),
            new Column("loops", ColumnKind.Whole, ["play", "loops"]),
            new Column("end_reason", ColumnKind.Text, ["play", "end"]),
            new Column("text", ColumnKind.Text, ["text"]),
            new Column("late", ColumnKind.Flag, ["late"], Required: true),
            new Column("verdict", ColumnKind.Text, []),
            new Column("reason", ColumnKind.Text, ["disqualified"]),
            new Column("points", ColumnKind.Real, []),
            new Column("points_before", ColumnKind.Real, ["points_before"], Required: true),
            new Column("points_after", ColumnKind.Real, ["points_after"], Required: true),
            new Column("slot_request", ColumnKind.Text, ["slot", "request"]),
            new Column("slot_position", ColumnKind.Whole, ["slot", "position"]),
            new Column("slot_source", ColumnKind.Text, ["slot", "source"]),
            new Column("slot_cohort", ColumnKind.Whole, ["slot", "cohort"]),
            new Column("slot_follows_creator", ColumnKind.Flag, ["slot", "follows_creator"]),
            new Column("slot_propensity", ColumnKind.Real, ["slot", "propensity"]),
            new Column(Rest, ColumnKind.Text, []),
        }.Select((column, index) => column with { Index = index }),
    ];

    private static readonly Column RestColumn = Named(Rest) ?? throw new InvalidOperationException("Rows need a rest.");

    public static Column? Named(string name) => All.FirstOrDefault(column => column.Name == name);

    /// <summary>The row's values by column: text, a whole number, a real number, a flag, a time, or null.</summary>
    public static object?[] RowOf(long position, SignalRecorded signal)
    {
        var json = JsonSerializer.SerializeToNode<LedgerEntry>(signal, GroundswellJson.Options)?.AsObject() ?? throw new JsonException("An entry is a JSON object.");
        json.Remove("fact");
        var row = new object?[All.Length];
        foreach (var column in All)
        {
            row[column.Index] = column.Name switch
            {
                "position" => position,
                "verdict" => signal.Disqualified is not null ? "disqualified" : signal.Late ? "late" : "accepted",
                "points" => signal.PointsAfter - signal.PointsBefore,
                _ => Take(json, column),
            };
        }
        row[RestColumn.Index] = json.Count == 0 ? null : json.ToJsonString(GroundswellJson.Options);
        return row;
    }

    /// <summary>The signal that a row holds, or why it holds none.</summary>
    public static (LedgerEntry? Entry, string? Problem) EntryOf(object?[] row)
    {
        if (All.FirstOrDefault(column => column.Required && row[column.Index] is null) is { } missing) return (null, $"{missing.Name} is missing.");
        if (All.FirstOrDefault(column => row[column.Index] is double value && !double.IsFinite(value)) is { } infinite) return (null, $"{infinite.Name} is not a finite number.");
        try
        {
            var json = new JsonObject { ["fact"] = "signal" };
            if (row[RestColumn.Index] is string rest)
                foreach (var (name, value) in JsonNode.Parse(rest)?.AsObject() ?? []) json[name] = value?.DeepClone();
            foreach (var column in All)
                if (row[column.Index] is { } value && !column.Path.IsEmpty) Put(json, column, value);
            return Checked(json.Deserialize<LedgerEntry>(GroundswellJson.Options));
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or ArgumentException)
        {
            // Of a value that its field cannot take the path says which; of a rest that is no JSON object nothing does.
            return (null, wrong is JsonException { Path: { Length: > 2 } path } ? $"{NameOf(path[2..])} is not of the expected form." : "rest is not a JSON object.");
        }
    }

    /// <summary>What no type holds: an event id is 1 to 64 characters, and points are finite.</summary>
    public static (LedgerEntry? Entry, string? Problem) Checked(LedgerEntry? entry) => entry switch
    {
        null => (null, "It is no entry."),
        SignalRecorded { EventId: not { Length: >= 1 and <= LongestEventId } } => (null, $"event_id must have 1 to {LongestEventId} characters."),
        _ => (entry, null),
    };

    private static string NameOf(string path) => All.FirstOrDefault(column => string.Join('.', column.Path) == path)?.Name ?? path;

    private static object? Take(JsonObject json, Column column)
    {
        if (column.Path.IsEmpty) return null;
        var holder = column.Path.Length == 1 ? json : json[column.Path[0]]?.AsObject();
        if (holder is null || !holder.Remove(column.Path[^1], out var node) || node is null) return null;
        if (column.Path.Length > 1 && holder.Count == 0) json.Remove(column.Path[0]);
        return column.Kind switch
        {
            ColumnKind.Text => node.GetValue<string>(),
            ColumnKind.Whole => (object)ToLong(node),
            ColumnKind.Real => ToDouble(node),
            ColumnKind.Flag => node.GetValue<bool>(),
            _ => DateTimeOffset.Parse(node.GetValue<string>(), null, System.Globalization.DateTimeStyles.None),
        };
    }

    // Through the text: a node made from a float or an int says no to every other type of number.
    private static double ToDouble(JsonNode node) => double.Parse(node.ToJsonString());

    private static long ToLong(JsonNode node) => long.Parse(node.ToJsonString());

    private static void Put(JsonObject json, Column column, object value)
    {
        var holder = json;
        if (column.Path.Length > 1) json[column.Path[0]] = holder = json[column.Path[0]]?.AsObject() ?? [];
        holder[column.Path[^1]] = value switch
        {
            string text => JsonValue.Create(text),
            long whole => JsonValue.Create(whole),
            double real => JsonValue.Create(real),
            bool flag => JsonValue.Create(flag),
            DateTimeOffset time => JsonValue.Create(time),
            _ => throw new ArgumentException($"{column.Name} holds a {value.GetType().Name}.", nameof(value)),
        };
    }
}
