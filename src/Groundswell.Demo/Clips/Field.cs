using System.Text.RegularExpressions;

namespace Groundswell.Demo.Clips;

/// <summary>
/// Moving pictures as one formula: a brightness field of few pixels, upscaled, then coloured by a <see cref="Palette"/>.
/// In formulas <c>x</c> runs from −0.5625 (left) to 0.5625, <c>y</c> from −1 (top) to 1, <c>r</c> and <c>a</c> are distance and angle from
/// the middle, <c>t</c> is seconds and <c>u</c> the angle that turns once in a loop; registers 4 to 9 of ffmpeg's expressions are free.
/// A formula costs microseconds a pixel, so few frames are computed and then repeated.
/// </summary>
internal static partial class Field
{
    /// <summary>Frames of one cycle, upscaled smoothly and repeated for ever; the formula should end where it began.</summary>
    public static string Loop(string formula, Palette palette, double seconds, int columns = 54, int framesPerSecond = 24) =>
        $"{Source(formula, columns, framesPerSecond, seconds)},{Enlarged(palette)},{Repeated(Frames(seconds, framesPerSecond), framesPerSecond)}";

    /// <summary>Like <see cref="Loop"/>, but played forth and back, so that any slow motion closes.</summary>
    public static string Sway(string formula, Palette palette, double seconds, int columns = 54, int framesPerSecond = 12)
    {
        var frames = Frames(seconds, framesPerSecond);
        return $"{Source(formula, columns, framesPerSecond, seconds)},trim=end_frame={frames},split[forth][turn];[turn]reverse[back];[forth][back]concat=n=2," +
            $"{Enlarged(palette)},{Repeated(2 * frames, framesPerSecond)}";
    }

    /// <summary>A <see cref="Loop"/> that is symmetric about both axes: only the upper left quarter is computed.</summary>
    public static string Mirrored(string formula, Palette palette, double seconds, int columns = 108, int framesPerSecond = 24) =>
        $"{Raw(formula, columns / 2, columns * 8 / 9, framesPerSecond, seconds, "st(0,(X+0.5-W)/H);st(1,(Y+0.5)/H-1);")}," +
        "split[left][l2];[l2]hflip[right];[left][right]hstack,split[top][t2];[t2]vflip[bottom];[top][bottom]vstack," +
        $"{Enlarged(palette)},{Repeated(Frames(seconds, framesPerSecond), framesPerSecond)}";

    /// <summary>A field that never repeats; for very few pixels.</summary>
    public static string Smooth(string formula, Palette palette, int columns = 36, int framesPerSecond = 24) =>
        $"{Source(formula, columns, framesPerSecond)},{Enlarged(palette)}";

    /// <summary>A field whose pixels stay visible squares.</summary>
    public static string Pixels(string formula, Palette palette, int columns = 54, int framesPerSecond = 24) =>
        $"{Source(formula, columns, framesPerSecond)},{palette.Filter},scale={Rendering.Width}:{Rendering.Height}:flags=neighbor";

    /// <summary>A bare grid of cells in plain numbers: <c>X</c> and <c>Y</c> count cells from the top left, <c>T</c> is seconds.</summary>
    public static string Grid(string formula, int columns, int rows) => Raw(formula, columns, rows, Rendering.FramesPerSecond, 1, "");

    /// <summary>The bare grey field at its own small size.</summary>
    public static string Source(string formula, int columns, int framesPerSecond, double loopSeconds = 1) =>
        Raw(formula, columns, columns * 16 / 9, framesPerSecond, loopSeconds, "st(0,2*(X-W/2)/H);st(1,2*Y/H-1);");

    /// <summary>Repeats the first frames of a chain for ever.</summary>
    public static string Repeated(int frames, int framesPerSecond) =>
        $"trim=end_frame={frames},loop=loop=-1:size={frames},setpts=N/{framesPerSecond}/TB,fps={Rendering.FramesPerSecond}";

    /// <summary>A shape by its signed distance (negative inside), 1 inside and 0 outside with an edge of about a pixel and a half.</summary>
    public static string Inside(string distance) => $"clip(0.5-40*({distance}),0,1)";

    private static int Frames(double seconds, int framesPerSecond) => (int)Math.Round(seconds * framesPerSecond);

    private static string Enlarged(Palette palette) =>
        $"scale={Rendering.Width}:{Rendering.Height}:flags=bicubic,{palette.Filter},format=yuv420p";

    private static string Raw(string formula, int width, int height, int framesPerSecond, double loopSeconds, string prologue)
    {
        var names = Word().Matches(formula).Select(match => match.Value).ToHashSet();
        if (names.Contains("r")) prologue += "st(2,hypot(ld(0),ld(1)));";
        if (names.Contains("a")) prologue += "st(3,atan2(ld(1),ld(0)));";
        var turn = FormattableString.Invariant($"({2 * Math.PI / loopSeconds:0.######}*T)");
        return $"nullsrc=s={width}x{height}:r={framesPerSecond},format=gray,geq=lum='{prologue}clip(255*({Spell(formula, turn)}),0,255)'";
    }

    private static string Spell(string formula, string turn) => Word().Replace(formula, match => match.Value switch
    {
        "x" => "ld(0)",
        "y" => "ld(1)",
        "r" => "ld(2)",
        "a" => "ld(3)",
        "t" => "T",
        _ => turn,
    });

    [GeneratedRegex(@"\b[xyratu]\b")]
    private static partial Regex Word();
}

/// <summary>Flat shapes painted over each other: the brightness of the topmost shape wins, edges stay soft.</summary>
internal sealed record Layers(string Formula)
{
    public static Layers On(string background) => new($"st(9,{background});");

    /// <summary>Paints <paramref name="level"/> (0 to 1) where the signed distance is negative.</summary>
    public Layers Over(string level, string distance) => new($"{Formula}st(9,ld(9)+(({level})-ld(9))*{Field.Inside(distance)});");

    public Layers Over(double level, string distance) => Over(FormattableString.Invariant($"{level}"), distance);

    /// <summary>A step that computes a register before the next shapes.</summary>
    public Layers Then(string assignment) => new($"{Formula}{assignment};");

    /// <summary>Paints the given shapes only where a condition holds, and spends nothing elsewhere.</summary>
    public Layers Where(string condition, Func<Layers, Layers> shapes) =>
        new($"{Formula}if({condition},({shapes(new Layers("")).Formula}0),0);");

    public static implicit operator string(Layers layers) => layers.Formula + "ld(9)";
}

/// <summary>Signed distances of plain shapes, in field units (Quílez, "2D distance functions").</summary>
internal static class Shape
{
    public static string Disc(string x, string y, string radius) => $"hypot(x-({x}),y-({y}))-({radius})";

    public static string Ellipse(string x, string y, string rx, string ry) =>
        $"(hypot((x-({x}))/({rx}),(y-({y}))/({ry}))-1)*min({rx},{ry})";

    public static string Box(string x, string y, string halfWidth, string halfHeight) =>
        $"max(abs(x-({x}))-({halfWidth}),abs(y-({y}))-({halfHeight}))";

    public static string Ring(string x, string y, string radius, string halfThickness) => $"abs(hypot(x-({x}),y-({y}))-({radius}))-({halfThickness})";
}
