using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Groundswell.Demo.Clips;

/// <summary>
/// A gradient map: brightness 0 to 1 becomes a colour, linear between stops. Two stops close together make a hard edge, so that
/// one small brightness field upscaled smoothly comes out as crisp flat shapes (the idea of Green, "Improved Alpha-Tested
/// Magnification for Vector Textures", 2007).
/// </summary>
internal sealed record Palette(ImmutableArray<Stop> Stops)
{
    public static readonly Palette Dusk = Even(0x1B1035, 0x5B2A86, 0xD9577A, 0xFFD29A);
    public static readonly Palette Ember = Even(0x120806, 0x6B1D12, 0xE2571E, 0xFFE08A);
    public static readonly Palette Lagoon = Even(0x041C32, 0x04506B, 0x1FA6A0, 0xE4F7D2);
    public static readonly Palette Aurora = Even(0x06101F, 0x0B4F5C, 0x35D09A, 0xDDFFA8);
    public static readonly Palette Candy = Even(0x2A1650, 0x8F3FBF, 0xFF6FB1, 0xFFE6A7);
    public static readonly Palette Neon = Even(0x07051A, 0x3A0CA3, 0xF72585, 0x4CF5FF);
    public static readonly Palette Sand = Even(0x3A2A22, 0xA86F4A, 0xE8C39A, 0xFFF5E0);
    public static readonly Palette Forest = Even(0x0C1F17, 0x1F5D3B, 0x8DBB52, 0xF6F0B5);
    public static readonly Palette Ink = Even(0xF6EFE2, 0xDCC9A8, 0x6A5F68, 0x15141C);
    public static readonly Palette Peach = Even(0xFFF1E0, 0xFFC9A8, 0xFF8B7B, 0x7B3B66);
    public static readonly Palette Ice = Even(0x071527, 0x1D4E89, 0x7EC4E8, 0xF4FBFF);
    public static readonly Palette Gold = Even(0x0B0A12, 0x3B2A3F, 0xC98B2B, 0xFFF0B8);

    /// <summary>A filter for planar RGB pictures whose three channels are equal.</summary>
    public string Filter => $"format=gbrp,lutrgb=r='{Channel(16)}':g='{Channel(8)}':b='{Channel(0)}'";

    /// <summary>Stops at equal distances from 0 to 1; colours as 0xRRGGBB.</summary>
    public static Palette Even(params int[] colours) =>
        new([.. colours.Select((colour, i) => new Stop(i / (colours.Length - 1.0), colour))]);

    /// <summary>Flat bands around the given brightness levels (ascending), blending over a hair's breadth halfway between two levels.</summary>
    public static Palette Bands(params (double Level, int Colour)[] bands)
    {
        var stops = ImmutableArray.CreateBuilder<Stop>();
        stops.Add(new Stop(0, bands[0].Colour));
        for (var i = 1; i < bands.Length; i++)
        {
            var edge = (bands[i - 1].Level + bands[i].Level) / 2;
            stops.Add(new Stop(edge - 0.02, bands[i - 1].Colour));
            stops.Add(new Stop(edge + 0.02, bands[i].Colour));
        }
        stops.Add(new Stop(1, bands[^1].Colour));
        return new Palette(stops.ToImmutable());
    }

    /// <summary>One flat colour for each digit of a <see cref="Still.FromDigits"/> picture, from 0 up.</summary>
    public static Palette Digits(params int[] colours) => Bands([.. colours.Select((colour, digit) => (digit * 28 / 255.0, colour))]);

    private string Channel(int shift)
    {
        var text = new StringBuilder();
        for (var i = 0; i + 1 < Stops.Length; i++)
            text.Append(CultureInfo.InvariantCulture, $"if(lt(val,{Stops[i + 1].Position * 255:0.##}),{Segment(Stops[i], Stops[i + 1], shift)},");
        return text.Append(Level(Stops[^1], shift)).Append(')', Stops.Length - 1).ToString();
    }

    private static string Segment(Stop from, Stop to, int shift)
    {
        var slope = (Level(to, shift) - Level(from, shift)) / Math.Max(1e-6, (to.Position - from.Position) * 255);
        return string.Create(CultureInfo.InvariantCulture, $"{Level(from, shift)}+(val-{from.Position * 255:0.##})*{slope:0.####}");
    }

    private static int Level(Stop stop, int shift) => (stop.Colour >> shift) & 255;
}

/// <summary>A colour (0xRRGGBB) at a brightness from 0 to 1.</summary>
internal readonly record struct Stop(double Position, int Colour);
