using System.Collections.Immutable;

namespace Groundswell.Demo.Clips;

/// <summary>
/// A small lowercase alphabet of dots, drawn for this demo so that clips with words depend on no installed font. A glyph is five columns
/// of eight dots, the lowest bit on top; the baseline is the seventh dot, the eighth is for descenders.
/// </summary>
internal static class PixelFont
{
    public const int Advance = 6;
    public const int LineHeight = 12;

    private const string Letters = "abcdefghijklmnopqrstuvwxyz0123456789.,'!?-:";

    private static readonly ulong[] Glyphs =
    [
        0x2054545478, 0x7F48444438, 0x3844444428, 0x384444487F, 0x3854545418, 0x08087E0902, 0x18A4A4A47C, 0x7F08040478,
        0x00007D4000, 0x4080847D00, 0x7F10284400, 0x00013F4040, 0x7C04780478, 0x7C08040478, 0x3844444438, 0xFC24242418,
        0x18242424FC, 0x7C08040408, 0x4854545424, 0x04043F4424, 0x3C4040207C, 0x1C2040201C, 0x3C4038403C, 0x4428102844,
        0x1CA0A0A07C, 0x4464544C44,
        0x3E4141413E, 0x00427F4000, 0x6251494946, 0x2241494936, 0x1814127F10, 0x2745454539, 0x3E49494932, 0x0171090503,
        0x3649494936, 0x264949493E,
        0x0000600000, 0x0080600000, 0x0005030000, 0x00005F0000, 0x0201510906, 0x0008080800, 0x0000280000,
    ];

    /// <summary>
    /// Lines of text centred in a picture. Brightness carries the order: the n-th of N letters has brightness 1 + 254·n/N, so that a
    /// threshold that rises types the text.
    /// </summary>
    public static Still Typed(int width, int height, params string[] lines)
    {
        var pixels = new byte[width * height];
        var letters = lines.Sum(line => line.Length);
        var written = 0;
        var top = (height - lines.Length * LineHeight) / 2;
        foreach (var line in lines)
        {
            var left = (width - line.Length * Advance + 1) / 2;
            foreach (var letter in line)
            {
                Stamp(pixels, width, left, top, letter, (byte)(1 + 254 * ++written / letters));
                left += Advance;
            }
            top += LineHeight;
        }
        return new Still(width, height, [.. pixels]);
    }

    /// <summary>One line in one brightness, cut to size.</summary>
    public static Still Label(string text, byte brightness)
    {
        var pixels = new byte[text.Length * Advance * 8];
        for (var i = 0; i < text.Length; i++) Stamp(pixels, text.Length * Advance, i * Advance, 0, text[i], brightness);
        return new Still(text.Length * Advance, 8, ImmutableArray.Create(pixels));
    }

    private static void Stamp(byte[] pixels, int width, int left, int top, char letter, byte brightness)
    {
        if (letter == ' ') return;
        var index = Letters.IndexOf(letter, StringComparison.Ordinal);
        if (index < 0) throw new ArgumentException($"The pixel font has no '{letter}'.", nameof(letter));
        for (var column = 0; column < 5; column++)
            for (var row = 0; row < 8; row++)
                if (((Glyphs[index] >> (8 * (4 - column) + row)) & 1) == 1)
                    pixels[(top + row) * width + left + column] = brightness;
    }
}
