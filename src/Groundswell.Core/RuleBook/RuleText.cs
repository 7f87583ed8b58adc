using System.Globalization;
using System.Text.Json;

namespace Groundswell.Core.RuleBook;

/// <summary>A rule's value in a line of text.</summary>
public static class RuleText
{
    private const int Longest = 60;

    /// <summary>As in the rules' file, without quotation marks round a single text.</summary>
    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => "not set",
        JsonValueKind.String => value.GetString() ?? "",
        _ => value.GetRawText(),
    };

    /// <summary>As somebody wrote it, cut where it gets long.</summary>
    internal static string Written(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= Longest ? text : text[..Longest] + "…";
    }

    internal static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);
}
