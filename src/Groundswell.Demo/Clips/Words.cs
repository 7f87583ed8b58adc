namespace Groundswell.Demo.Clips;

/// <summary>Short poems, typed letter by letter over slow colour.</summary>
internal static class Words
{
    public const string Genre = "words";

    public static IReadOnlyList<Draft> Drafts =>
    [
        Poem("tide-poem", 11, "wrote this waiting for the ferry #poem #poetry #sea", "Ferry Keys", Palette.Lagoon, 220,
            "the tide came in", "without a word.", "", "it left a shell,", "it took a bird,", "", "it left a line", "the sand had", "overheard."),
        Poem("kettle-haiku", 7, "haiku for the first cup #haiku #quiet", "First Cup", Palette.Ember, 262,
            "kettle starts to", "hum", "", "before anyone", "i know", "", "has said my name", "yet"),
        Poem("last-bus", 12, "for everyone who ever missed it #poem #storytime #night", "Night Route", Palette.Dusk, 196,
            "the last bus", "knows my street.", "", "it slows down", "a little", "at every window", "still lit,", "", "and then it goes", "home without me."),
        Poem("small-instructions", 10, "small instructions for a heavy day #quote #poetry", "Small Instructions", Palette.Forest, 247,
            "water the plant.", "", "open one window.", "", "answer one note.", "", "the rest of it", "is weather."),
        Poem("moon-invoice", 9, "the moon finally sent me the bill #poetry #letters #moon", "Invoice", Palette.Ice, 233,
            "dear sleeper,", "", "for moonlight,", "seven nights: 0.", "", "please return", "the quiet", "", "yours, the moon"),
        Poem("two-umbrellas", 8, "a love story in twenty words #story #poem", "Two Umbrellas", Palette.Candy, 277,
            "two umbrellas", "argue in the", "hall.", "", "outside,", "two people", "walk home wet", "", "and do not mind", "at all."),
        Poem("typo", 6, "autocorrect wrote a better poem than me #typography #quotes #haiku", "Typo", Palette.Neon, 294,
            "i meant to type", "goodnight.", "", "my thumb wrote", "goodlight.", "", "i sent it", "anyway."),
        Poem("counting-down", 13, "read it to the end, then read it up #poem #letters #slow", "Counting Down", Palette.Gold, 185,
            "ten cold steps,", "nine brass keys,", "eight red doors,", "seven seas,", "six lost gloves,", "five grey birds,", "four blue cups,", "three old songs,", "two warm hands,", "one soft light:", "", "goodnight."),
    ];

    private const int Width = 108;
    private const int Height = 192;

    private static Draft Poem(string name, double seconds, string caption, string sound, Palette palette, double root, params string[] lines)
    {
        var letters = lines.Sum(line => line.Length);
        var typing = seconds * 0.72;
        return new Draft(name, seconds, caption, sound, Page(palette, typing), Keys(typing / letters, root)) { Stills = [PixelFont.Typed(Width, Height, lines)] };
    }

    // The threshold rises with time; the letter under it flares a little (the writing head).
    private static string Page(Palette palette, double typing) =>
        $"{Field.Loop("0.16+0.1*sin(3*x+2*y+u)+0.1*sin(2*y-u+2*sin(2*x))+0.06*(1-y)", palette, 8, 27, 12)}[page];" +
        "[0:v]format=gray,loop=loop=-1:size=1,setpts=N/24/TB,fps=12,geq=lum='" +
        FormattableString.Invariant($"st(0,p(X,Y));if(gt(ld(0),0)*lte(ld(0),1+254*(T-0.4)/{typing}),if(gt(ld(0),-11+254*(T-0.4)/{typing}),255,225),0)'") +
        $",scale={Rendering.Width}:{Rendering.Height}:flags=neighbor,format=yuv420p,fps=24[ink];[page][ink]blend=c0_mode=screen";

    // A soft key for every second letter and a slow chord underneath.
    private static string Keys(double letter, double root) =>
        Sound.Of(
            Sound.Wood(letter * 2, 0.4, 1500, 0.12),
            new Tune("1003005002004060", Math.Max(0.3, letter * 4), root).Pluck(0.35, 2),
            Sound.Pad(0.07, root / 2, root * 0.75)).Hall();
}
