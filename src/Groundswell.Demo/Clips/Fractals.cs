namespace Groundswell.Demo.Clips;

/// <summary>Endless zooms and self-similar weaves over slowly climbing drones.</summary>
internal static class Fractals
{
    public const string Genre = "fractals";

    public static IReadOnlyList<Draft> Drafts =>
    [
        new("seahorse-valley", 9, "falling into the seahorse valley and never landing #fractal #mandelbrot #zoom", "Seahorse Drone",
            Dive(-0.743643887, 0.131825904, 1.2, 0.0016, 9, Palette.Dusk), Climb(110)),
        new("mini-brot", 12, "there is a tiny copy of everything at the bottom. keep watching #mandelbrot #infinite #mindbending", "Copy of a Copy",
            Dive(-1.7687788, -0.0017389, 1.5, 0.004, 12, Palette.Ice), Climb(98)),
        new("elephant-trunks", 7, "elephant trunks made of pure arithmetic #fractals #math", "Trunk Call",
            Dive(0.2925755, -0.0149977, 0.9, 0.003, 7, Palette.Ember), Climb(123)),
        new("lightning-tips", 6, "found a lightning storm inside an equation #fractal #zoom #electric", "Static Bloom",
            Dive(-0.1011, 0.9563, 1.1, 0.004, 6, Palette.Neon), Climb(131)),
        new("branching-reef", 10, "every branch of this reef hides a smaller reef #selfsimilar #fractalart #mandelbrot", "Reef",
            Dive(-0.235125, 0.827215, 0.5, 0.0035, 10, Palette.Forest), Climb(104)),
        new("golden-filigree", 8, "gold lace at ten thousand times magnification #fractal #infinite", "Filigree",
            Dive(-1.25066, 0.02012, 0.7, 0.0012, 8, Palette.Gold), Climb(116)),
        new("triangle-fall", 5, "sierpinski all the way down, three corners at a time #sierpinski #fractal", "Three Corners",
            Field.Loop(Triangles, Palette.Candy, 2.5, 108, 16), Climb(147)),
        new("carpet-weave", 8, "weaving a carpet with more holes than thread #sierpinski #selfsimilar #weave", "Loom in D",
            Field.Loop(Carpet, Palette.Lagoon, 2.4, 81, 16), Climb(87)),
    ];

    // Pascal's triangle modulo 2 (a bit pattern of x and y) magnified twofold every 2.5 s: the jump back is invisible.
    private const string Triangles =
        "st(4,256*pow(2,-mod(t/2.5,1)));st(5,floor((y+1.02)*ld(4)));st(6,floor((x+0.5625)*ld(4)));" +
        "if(bitand(ld(5),ld(6)),0.12+0.1*sin(8*r-u),0.62+0.38*sin(5*a+6*r-u))";

    // The carpet by base-3 digits at three depths, magnified threefold every 2.4 s.
    private const string Carpet =
        "st(4,pow(3,-t/2.4));st(5,1.5+(x-0.0625)*ld(4)/1.2);st(6,1.5+(y-0.1)*ld(4)/1.2);" +
        "st(7,if(eq(mod(floor(ld(5)*3),3),1)*eq(mod(floor(ld(6)*3),3),1),1,0));" +
        "st(7,if(ld(7),1,if(eq(mod(floor(ld(5)*9),3),1)*eq(mod(floor(ld(6)*9),3),1),0.7,0)));" +
        "st(7,if(ld(7),ld(7),if(eq(mod(floor(ld(5)*27),3),1)*eq(mod(floor(ld(6)*27),3),1),0.45,0.1)));" +
        "ld(7)*(0.8+0.2*sin(6*r-u))";

    private static string Dive(double x, double y, double from, double to, double seconds, Palette palette) =>
        FormattableString.Invariant(
            $"mandelbrot=s=162x288:r=24:start_x={x}:start_y={y}:start_scale={from}:end_scale={to}:end_pts={seconds * 24}:maxiter=150:inner=convergence") +
        $",format=gray,scale={Rendering.Width}:{Rendering.Height}:flags=bicubic,{palette.Filter}";

    private static string Climb(double root) =>
        Sound.Of(
            Sound.Pad(0.16, root, root * 1.5),
            new Tune("1030502040607050", 0.32, root * 2).Bell(0.3, 4),
            FormattableString.Invariant($"0.12*sin(2*PI*{root}*t*(1+t/40))")).Hall();
}
