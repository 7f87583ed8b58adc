using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Groundswell.Core.Audience;

/// <summary>
/// The country or territory a viewer says they are in: an ISO 3166-1 alpha-2 code, such as <c>DE</c>. Only the viewer says
/// so; nothing derives it.
/// </summary>
/// <param name="Number">1 to <see cref="Most"/>, by the alphabet: AA is 1. 0 is no region.</param>
[JsonConverter(typeof(RegionJsonConverter))]
public readonly record struct Region(int Number)
{
    /// <summary>The number of ZZ.</summary>
    public const int Most = Letters * Letters;

    private const int Letters = 26;

    /// <summary>The 249 codes that ISO 3166-1 assigns, and XK, which it leaves to its users and they use for Kosovo.</summary>
    private const string Codes =
        "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO " +
        "CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR " +
        "HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN " +
        "MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD " +
        "SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK " +
        "YE YT ZA ZM ZW";

    /// <summary>Every region there is, by code.</summary>
    public static ImmutableArray<Region> All { get; } = [.. Codes.Split(' ').Select(code => new Region(NumberOf(code)))];

    private static readonly FrozenSet<int> Known = All.Select(region => region.Number).ToFrozenSet();

    /// <summary>Reads a code in capitals; false for any other text.</summary>
    public static bool TryParse(string? text, out Region region)
    {
        region = text is [>= 'A' and <= 'Z', >= 'A' and <= 'Z'] ? new Region(NumberOf(text)) : default;
        return Known.Contains(region.Number);
    }

    public override string ToString() => Number is >= 1 and <= Most
        ? string.Create(2, Number - 1, static (text, place) => (text[0], text[1]) = ((char)('A' + (place / Letters)), (char)('A' + (place % Letters))))
        : "";

    private static int NumberOf(string code) => 1 + ((code[0] - 'A') * Letters) + code[1] - 'A';
}

internal sealed class RegionJsonConverter : JsonConverter<Region>
{
    public override Region Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is var text && Region.TryParse(text, out var region) ? region : throw new JsonException($"'{text}' is not a region's code.");

    public override void Write(Utf8JsonWriter writer, Region value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
