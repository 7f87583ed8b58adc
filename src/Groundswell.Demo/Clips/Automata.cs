namespace Groundswell.Demo.Clips;

/// <summary>Cells that live by simple rules, with blips for births.</summary>
internal static class Automata
{
    public const string Genre = "automata";

    public static IReadOnlyList<Draft> Drafts =>
    [
        new("conway-soup", 10, "dropped some random soup into conway's world, look who survives #gameoflife #conway #cells", "Primordial Blips",
            Colony("B3/S23", 0.28, 11, "0xFFE08A", "0xB5341C", "0x160A12"), Blips("1503604020507030", 0.16, 330)),
        new("highlife-bloom", 8, "one extra rule and the cells start copying themselves #automata #emergence", "Replicator",
            Colony("B36/S23", 0.22, 23, "0xC9FFE2", "0x1B7F79", "0x061A23"), Blips("1357053070503010", 0.14, 294)),
        new("day-and-night", 7, "day and night argue over every single cell #cellular #automata", "Two Sides",
            Colony("B3678/S34678", 0.47, 5, "0xFFD6E8", "0x7A2E8E", "0x1E0F3C"), Blips("1100550033007700", 0.2, 247)),
        new("coral-growth", 9, "it grows like coral but it is four lines of rules #cells #emergence #slowgrowth", "Coral Clock",
            Colony("B3/S45678", 0.36, 31, "0xFFB59E", "0xD94F70", "0x0B2239"), Blips("1020304050403020", 0.22, 262)),
        new("maze-maker", 6, "an automaton that only knows how to build mazes #automaton #maze", "Corridors",
            Colony("B3/S12345", 0.1, 47, "0xF4F1DE", "0x3D5A80", "0x14213D"), Blips("1234567654321234", 0.12, 220)),
        new("rule-30", 8, "rule 30: chaos from one black square #rule30 #cellular #chaos", "Thirty",
            Rule(30, "pattern=@:start_full=0:r=36", Palette.Ember), Blips("1605204030705010", 0.125, 349)),
        new("rule-110", 11, "rule 110 can compute anything, including how long you stare at it #rule110 #automata", "One Ten",
            Rule(110, "ratio=0.3:random_seed=110:start_full=1:r=24", Palette.Ice), Blips("5040302010203040", 0.18, 277)),
        new("rule-90-lace", 5, "rule 90 knits lace if you let it #automaton #emergence #lace", "Lacework",
            Rule(90, "ratio=0.02:random_seed=90:start_full=1:r=24", Palette.Candy), Blips("7050302030507050", 0.15, 392)),
    ];

    private static string Colony(string rule, double fill, int seed, string alive, string dying, string ground) =>
        FormattableString.Invariant(
            $"life=s=72x128:r=12:rule={rule}:ratio={fill}:random_seed={seed}:mold=6:life_color={alive}:death_color={dying}:mold_color={ground}") +
        $",scale={Rendering.Width}:{Rendering.Height}:flags=neighbor,fps=24";

    private static string Rule(int number, string start, Palette palette) =>
        $"cellauto=s=108x192:rule={number}:scroll=1:{start},fps=24,format=gray," +
        $"lagfun=decay={(number == 90 ? "0.86" : "0.55")},scale={Rendering.Width}:{Rendering.Height}:flags=neighbor,{palette.Filter}";

    private static string Blips(string steps, double step, double root) =>
        Sound.Of(new Tune(steps, step, root, 4).Pluck(0.4, 16), new Tune(steps, step * 4, root / 4, 4).Bass(0.35), Sound.Hat(step * 2)).Room();
}
