using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Groundswell.Demo.Clips;

/// <summary>
/// A small grey image that travels inside the command line as a data address, so that a recipe needs no file.
/// Format: binary PGM (https://netpbm.sourceforge.net/doc/pgm.html), one byte a pixel, rows from the top.
/// </summary>
public sealed record Still(int Width, int Height, ImmutableArray<byte> Pixels)
{
    public IReadOnlyList<string> InputArguments => ["-framerate", "24", "-f", "pgm_pipe", "-i", $"data:image/x-portable-graymap;base64,{Convert.ToBase64String(Pgm())}"];

    /// <summary>Rows of digits 0 to 9 (or spaces, which are 0), each digit a brightness step of 28.</summary>
    public static Still FromDigits(params string[] rows)
    {
        var width = rows.Max(row => row.Length);
        return new Still(width, rows.Length, [.. rows.SelectMany(row => row.PadRight(width).Select(c => c == ' ' ? (byte)0 : (byte)((c - '0') * 28)))]);
    }

    /// <summary>A filled disc in the brightness of a digit.</summary>
    public static Still Disc(int diameter, int digit) =>
        new(diameter, diameter, [.. Enumerable.Range(0, diameter * diameter).Select(i => InDisc(diameter, i) ? (byte)(digit * 28) : (byte)0)]);

    private static bool InDisc(int diameter, int pixel)
    {
        var x = pixel % diameter + 0.5 - diameter / 2.0;
        var y = pixel / diameter + 0.5 - diameter / 2.0;
        return x * x + y * y <= diameter * diameter / 4.0;
    }

    private byte[] Pgm() => [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P5\n{Width} {Height}\n255\n")), .. Pixels];
}
