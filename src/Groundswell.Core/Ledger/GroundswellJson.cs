using System.Text.Json;
using System.Text.Json.Serialization;

namespace Groundswell.Core.Ledger;

/// <summary>The one JSON dialect: snake_case names and enums, typed ids as text, nulls left out.</summary>
public static class GroundswellJson
{
    public static JsonSerializerOptions Options { get; } = Create(JsonIgnoreCondition.WhenWritingNull);

    /// <summary>
    /// The dialect of the ledger's own entries: as <see cref="Options"/>, and what is zero or false is left out as well, which
    /// halves a signal. For records whose every default is their type's own, as a test asserts.
    /// </summary>
    public static JsonSerializerOptions Ledger { get; } = Create(JsonIgnoreCondition.WhenWritingDefault);

    /// <summary>Sets the dialect on options that a host already has.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
    }

    private static JsonSerializerOptions Create(JsonIgnoreCondition leavingOut)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Apply(options);
        options.DefaultIgnoreCondition = leavingOut;
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
