namespace Groundswell.Demo.Clips;

/// <summary>Symmetry, tilings and illusions over marimba-like cycles.</summary>
internal static class Patterns
{
    public const string Genre = "patterns";

    public static IReadOnlyList<Draft> Drafts =>
    [
        new("kaleido-rose", 9, "turned the kaleidoscope until it became a rose #kaleidoscope #symmetry #rose", "Rose Window",
            Field.Mirrored(Kaleidoscope(8, "0.5+0.28*sin(14*ld(5)+2*sin(9*ld(6)+u)-u)+0.22*cos(17*ld(6)-u+3*ld(5))"), Palette.Candy, 4, 108, 18), Cycle("1352463572461357", 0.16, 220)),
        new("mandala-slow", 12, "slow mandala, fast thoughts, guess who wins #mandala #symmetry", "Guess Who Wins",
            Field.Mirrored(Kaleidoscope(12, "0.5+0.25*sin(22*r-u+2*sin(8*ld(6)))+0.25*sin(30*ld(6)*ld(5)+u)"), Palette.Gold, 4, 108, 16), Cycle("1030507050301020", 0.24, 165)),
        new("moire-moons", 7, "two sets of circles and your eyes do the rest #moire #optical #illusion", "Beat Frequency",
            Field.Loop("abs((0.5+0.5*sin(70*hypot(x-0.13*cos(u),y-0.2*sin(u))))-(0.5+0.5*sin(70*hypot(x+0.13*cos(u),y+0.2*sin(u)))))", Palette.Ink, 3, 108, 12), Cycle("1515263626153747", 0.14, 247)),
        new("hypno-spiral", 5, "do not follow the spiral. too late #hypnotic #illusion #spiral", "Too Late",
            Field.Loop("0.5+0.6*sin(5*a+26*sqrt(r)-u)*(1-exp(-6*r))", Palette.Even(0x2B1055, 0xE84A5F, 0xFFF4E0), 1.25, 108), Cycle("1234321234543212", 0.18, 196)),
        new("truchet-river", 8, "quarter circles pretending to be a river #geometric #tiles #pattern", "Quarter Circles",
            Field.Loop(Truchet, Palette.Bands((0, 0xF3E9D2), (0.3, 0x88D498), (0.6, 0x1A936F), (1, 0x114B5F)), 2, 108, 12), Cycle("1302503060204010", 0.2, 262)),
        new("op-bulge", 6, "this wall is flat, i promise #optical #geometry", "Flat Wall",
            Field.Loop("st(4,1+0.9*exp(-5*(pow(x-0.2*sin(u),2)+pow(y-0.4*cos(u),2))));st(5,(x-0.2*sin(u))/ld(4)+0.2*sin(u));st(6,(y-0.4*cos(u))/ld(4)+0.4*cos(u));0.5+0.9*sin(36*ld(5))*sin(36*ld(6))", Palette.Even(0x14110F, 0xF1EDE4), 3, 99, 12), Cycle("1717262635354444", 0.15, 294)),
        new("hex-glow", 10, "honeycomb with a pulse #tiles #geometric #hypnotic", "Honeycomb",
            Field.Mirrored("st(4,cos(24*x)+cos(12*x+20.8*y)+cos(12*x-20.8*y));0.35+0.2*ld(4)*(0.7+0.3*sin(5*r-u))+0.12*sin(9*r-2*u)", Palette.Ember, 3), Cycle("1050607050301030", 0.21, 185)),
        new("islamic-star", 11, "eight-fold star, one compass, no mistakes #pattern #symmetry #geometry", "Compass Work",
            Field.Mirrored("st(4,mod(x*3+9,1)-0.5);st(5,mod(y*3+9,1)-0.5);st(6,max(abs(ld(4)),abs(ld(5))));st(7,(abs(ld(4))+abs(ld(5)))*0.7071);st(8,min(ld(6),ld(7)));0.5+0.5*sin(30*ld(8)-u)*(0.75+0.25*cos(5*ld(7)))", Palette.Bands((0, 0x0B3954), (0.35, 0x087E8B), (0.6, 0xBFD7EA), (1, 0xFF9F43)), 3, 126, 16), Cycle("1357246713572467", 0.19, 233)),
    ];

    private const string Truchet =
        "st(4,(x+2)*6);st(5,(y+2)*6);st(6,mod(abs(sin(floor(ld(4))*12.9+floor(ld(5))*78.2)*437.5),1));st(4,mod(ld(4),1));st(5,mod(ld(5),1));" +
        "st(4,if(gt(ld(6),0.5),1-ld(4),ld(4)));st(7,min(abs(hypot(ld(4),ld(5))-0.5),abs(hypot(1-ld(4),1-ld(5))-0.5)));clip(1.05-(4.6+2.2*sin(5*r-u))*ld(7),0,1)";

    // Folds the plane into one wedge: register 5 is the distance, 6 the angle inside the wedge.
    private static string Kaleidoscope(int wedges, string formula) =>
        FormattableString.Invariant($"st(5,r);st(6,abs(mod(a+10*PI,{2 * Math.PI / wedges:0.#####})-{Math.PI / wedges:0.#####}));{formula}");

    private static string Cycle(string steps, double step, double root) =>
        Sound.Of(new Tune(steps, step, root).Pluck(0.4, 9), new Tune(steps, step * 1.5, root / 2).Pluck(0.35, 6)).Room();
}
