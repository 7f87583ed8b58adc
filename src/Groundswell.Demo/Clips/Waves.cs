namespace Groundswell.Demo.Clips;

/// <summary>Oscilloscopes, spectra and interference: the picture is drawn by the sound or by the same arithmetic.</summary>
internal static class Waves
{
    public const string Genre = "waves";

    public static IReadOnlyList<Draft> Drafts =>
    [
        new("synth-ribbon", 8, "this is what my synth looks like when it sighs #oscilloscope #synth #wave", "Ribbon Synth",
            Scope(Sweep(110), "cline", Palette.Neon), Sound.Of(Sweep(110))),
        new("violet-scope", 6, "one oscillator, one filter, zero plans #synth #waves", "Zero Plans",
            Scope(Sweep(73), "p2p", Palette.Candy), Sound.Of(Sweep(73))),
        new("lissajous-knot", 10, "two sine waves tie a knot. perfect fifth, perfect bow #lissajous #vectorscope #soundart", "Perfect Fifth",
            Knot(3, 2, Palette.Aurora), Sound.Of(Interval(3, 2)).With("tremolo=f=0.4:d=0.4")),
        new("lissajous-flower", 7, "five against four draws a flower every time #lissajous #resonance", "Five Against Four",
            Knot(5, 4, Palette.Ember), Sound.Of(Interval(5, 4)).With("tremolo=f=0.6:d=0.4")),
        new("ripple-duet", 9, "two stones, one pond, all the maths #waves #ripple", "Two Stones",
            Field.Loop("0.5+0.28*sin(46*hypot(x-0.2*cos(u),y-0.5)-4*u)+0.22*sin(52*hypot(x+0.2,y+0.5+0.1*sin(u))-5*u)", Palette.Lagoon, 4, 72, 12), Sound.Of(Sweep(55)).Hall()),
        new("pulsar-lines", 12, "a pulsar whispering in twenty-four lines #frequency #wave #minimal", "Pulsar",
            Field.Loop(Ridges, Palette.Even(0x08080C, 0x2A2A36, 0xB9B9C6, 0xFFFFFF), 3, 99, 12), Sound.Of(Sweep(62)).With("tremolo=f=3:d=0.6")),
        new("string-modes", 5, "the first seven ways a string can shiver #resonance #waves #harmonics", "Seven Harmonics",
            Field.Loop(Strings, Palette.Gold, 2, 72), Sound.Of(new Tune("1234567765432", 0.4, 110).Pluck(0.5, 3)).Hall()),
        new("waterfall-spectrum", 11, "my voice memo as a waterfall of frequency #spectrum #visualizer", "Waterfall",
            $"{Sound.Of(Chirps)},aresample=6000,showspectrum=s=108x192:mode=combined:slide=scroll:orientation=horizontal:scale=cbrt:fps=24:gain=4,format=gray,scale={Rendering.Width}:{Rendering.Height}:flags=bicubic,{Palette.Dusk.Filter}",
            Sound.Of(Chirps).Room()),
    ];

    // Joy of stacked profiles: each row is a ridge whose height is noise under a bell, hiding the rows behind it.
    private const string Ridges =
        "st(4,floor((y+1)*16));st(5,(y+1)*16-ld(4));st(6,exp(-14*x*x)*(0.5+0.5*sin(ld(4)*3.1+x*17+2*u)*cos(ld(4)*1.7-x*29-u)));" +
        "between(ld(4),4,27)*(clip(1-abs(ld(5)-0.95+0.85*ld(6))*5,0,1)+0.12*ld(6))";

    private const string Strings =
        "st(4,floor((y+1)*3.5));st(5,(y+1)*3.5-ld(4)-0.5);st(6,0.34*sin(PI*(x+0.5625)/1.125*(ld(4)+1))*cos(u*(1+ld(4))));" +
        "clip(1.1-abs(ld(5)-ld(6))*14,0,1)+0.35*clip(1-abs(ld(5))/(0.05+abs(0.34*sin(PI*(x+0.5625)/1.125*(ld(4)+1)))),0,1)+0.06";

    private const string Chirps =
        "0.35*sin(2*PI*(300+260*sin(1.3*t))*t/3)+0.25*sin(2*PI*(900*t+180*sin(2.1*t)))+0.2*sin(2*PI*(1800*t+420*sin(0.9*t)))*(0.5+0.5*sin(7*t))";

    private static string Sweep(double hertz) => FormattableString.Invariant(
        $"0.5*sin(2*PI*{hertz}*t+3*sin(0.7*t)*sin(2*PI*{hertz * 2}*t))*(0.6+0.4*sin(1.9*t))+0.2*sin(2*PI*{hertz * 1.5}*t+sin(2*PI*{hertz * 3}*t)*sin(0.31*t))");

    private static string Interval(int upper, int lower) => FormattableString.Invariant(
        $"0.4*sin(2*PI*{55 * upper}*t)+0.4*sin(2*PI*{55 * lower}*t)+0.1*sin(2*PI*{110 * upper}*t)");

    private static string Scope(string terms, string mode, Palette palette) =>
        $"{Sound.Of(terms)},showwaves=s=192x108:mode={mode}:r=24:colors=white:draw=full:scale=sqrt:n=5,format=gray,lagfun=decay=0.7,transpose=1," +
        $"scale={Rendering.Width}:{Rendering.Height}:flags=bicubic,{palette.Filter}";

    private static string Knot(int upper, int lower, Palette palette) =>
        FormattableString.Invariant($"aevalsrc='0.8*sin(2*PI*{9.6 * upper}*t+0.5*t)|0.8*sin(2*PI*{9.6 * lower}*t)':s=32000") +
        ",avectorscope=s=216x216:m=lissajous_xy:draw=line:r=24:rc=255:gc=255:bc=255:ac=255:rf=24:gf=24:bf=24:zoom=1.1,format=gray," +
        $"pad=216:384:0:84:black,format=gray,lut=y='1.1*max(0,val-24)',split[s][g];[g]gblur=sigma=6,lut=y='min(255,val*2)'[h];[s][h]blend=all_mode=screen,scale={Rendering.Width}:{Rendering.Height}:flags=bicubic,{palette.Filter}";
}
