using System.Text;

namespace Groundswell.Demo.Clips;

/// <summary>A still at a moving place: pixels from the top left of the screen as formulas of <c>t</c>.</summary>
internal sealed record Sprite(Still Still, string X, string Y);

/// <summary>Sprites over a brightness field, coloured together at the end: digit <c>n</c> of a still is colour <c>n</c> of the palette, 0 is transparent.</summary>
internal static class Sprites
{
    /// <summary>A pixel-art screen of 72×128 coarse pixels over a field that is repainted ten or twelve times a second.</summary>
    public static string Screen(string field, Palette palette, IReadOnlyList<Sprite> sprites, double loopSeconds = 0)
    {
        var ground = loopSeconds > 0
            ? $"{Field.Source(field, 72, 12, loopSeconds)},{Field.Repeated((int)Math.Round(12 * loopSeconds), 12)}"
            : $"{Field.Source(field, 72, 10)},fps={Rendering.FramesPerSecond}";
        return $"{Stacked(ground, sprites, floor: true)},{palette.Filter},scale={Rendering.Width}:{Rendering.Height}:flags=neighbor";
    }

    /// <summary>A screen of 216×384 pixels over one still field, enlarged smoothly.</summary>
    public static string Canvas(string field, Palette palette, IReadOnlyList<Sprite> sprites) =>
        $"{Stacked($"{Field.Source(field, 216, 24)},{Field.Repeated(1, 24)}", sprites, floor: false)},{palette.Filter},scale={Rendering.Width}:{Rendering.Height}:flags=bicubic";

    private static string Stacked(string ground, IReadOnlyList<Sprite> sprites, bool floor)
    {
        var round = floor ? "floor" : "round";
        var chain = new StringBuilder(ground).Append(",format=yuv444p[b0];");
        for (var i = 0; i < sprites.Count; i++)
            chain.Append(
                $"[{i}:v]format=gray,split[c{i}][m{i}];[m{i}]lutyuv=y='255*gt(val,0)'[k{i}];[c{i}][k{i}]alphamerge[s{i}];" +
                $"[b{i}][s{i}]overlay=x='{round}({sprites[i].X})':y='{round}({sprites[i].Y})':format=yuv444[b{i + 1}];");
        return $"{chain}[b{sprites.Count}]format=gray";
    }
}
