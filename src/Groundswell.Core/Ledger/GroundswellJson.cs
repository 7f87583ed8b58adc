using System.Text.Json;
using System.Text.Json.Serialization;

namespace Groundswell.Core.Ledger;

/// <summary>The one JSON dialect: snake_case names and enums, typed ids as text, nulls left out.</summary>
public static class GroundswellJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>Sets the dialect on options that a host already has.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Apply(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
