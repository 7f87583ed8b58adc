namespace Groundswell.Demo.Clips;

/// <summary>Orbits, waves and algorithms at work, over bleeps that follow the same arithmetic.</summary>
internal static class Science
{
    public const string Genre = "science";

    public static IReadOnlyList<Draft> Drafts =>
    [
        new("pendulum-wave", 12, "sixteen pendulums, one equation, no editing #physics #science #satisfying", "Sixteen Swings",
            Sprites.Canvas("28/255*(1+lt(abs(y),0.004))", Palette.Digits(0x0B132B, 0x0B132B, 0x1C2F5A, 0x3FA7D6, 0x3FA7D6, 0x59C3C3, 0x9AE5E6, 0xFFE8B6, 0xFFC857, 0xF25F5C), Bobs), Orbits(12)) { Stills = [.. Bobs.Select(bob => bob.Still)] },
        new("little-solar-system", 10, "a solar system that fits in your pocket #space #nasa #physics", "Pocket Orbits",
            Sprites.Canvas(Orbitals, Palette.Digits(0x070B1A, 0x070B1A, 0x1B2A5E, 0x4A6FA5, 0xE4572E, 0x8AC6D0, 0x76E5FC, 0xFFD166, 0xFFE9A8, 0xFFFFFF), Planets), Orbits(7)) { Stills = [.. Planets.Select(planet => planet.Still)] },
        new("spiral-galaxy", 11, "two arms and a hundred billion places to be #space #science #galaxy", "Two Arms",
            Field.Loop("st(4,hypot(x,y*0.8));st(5,atan2(y*0.8,x));exp(-14*ld(4)*ld(4))+(0.5+0.5*sin(2*ld(5)+9*log(ld(4)+0.05)+u))*exp(-3.2*ld(4))*0.75+0.25*gt(mod(abs(sin(floor(X)*12.9+floor(Y)*78.2)*437.5),1),0.988)*(0.6+0.4*sin(u+X))", Palette.Even(0x05060F, 0x2B1B58, 0xA05BC5, 0xFFE9C9), 5, 63, 10), Orbits(5)),
        new("double-slit", 8, "one light, two slits, and suddenly everyone is a wave #physics #quantum #science", "Two Slits",
            Field.Loop("st(4,hypot(x-0.12,y-0.55));st(5,hypot(x+0.12,y-0.55));if(gt(y,0.55),0.25+0.2*sin(50*(y-0.55)-u)-0.25*lt(abs(y-0.57),0.02)*gt(abs(abs(x)-0.12),0.03),pow(sin(50*ld(4)-u)+sin(50*ld(5)-u),2)*0.22*exp(-0.5*ld(4))+0.12)", Palette.Lagoon, 0.75, 108), Orbits(9)),
        new("sorting-bars", 7, "insertion sort is just tidying with patience #coding #computer #algorithm", "Tidying Up",
            Field.Pixels(Sorting, Palette.Even(0x10101A, 0x3D348B, 0x7678ED, 0xF7B801, 0xF35B04), 54), Sound.Of(new Tune("7162534415263740", 0.09, 262).Chip(0.2, 10), new Tune("1234567712345677", 0.18, 131).Pluck(0.4, 6)).Room()),
        new("dna-twist", 9, "you are carrying about two metres of this per cell #science #chemistry #biology", "Two Metres",
            Field.Loop(Helix, Palette.Even(0x081C24, 0x0F4C5C, 0x5FBFB0, 0xFFF1C1), 3, 63, 16), Orbits(6)),
        new("fourier-square", 6, "how many sines make a square? all of them #engineering #physics #fourier", "All the Sines",
            Field.Smooth(Fourier, Palette.Neon, 54, 12) + ",fps=24", Sound.Of("0.4*(sin(2*PI*110*t)+gt(t,1.2)*sin(6*PI*110*t)/3+gt(t,2.4)*sin(10*PI*110*t)/5+gt(t,3.6)*sin(14*PI*110*t)/7)*(0.6+0.4*sin(2*PI*2*t))").Room()),
        new("electron-cloud", 5, "an atom on a good day #science #physics #tech", "Good Day",
            Field.Loop("st(4,x*cos(t)+y*sin(t));st(5,y*cos(t)-x*sin(t));0.9*exp(-90*r*r)+0.55*exp(-400*pow(hypot(ld(4)*2.6,ld(5))-0.5,2))+0.45*exp(-400*pow(hypot(x*2.6*cos(1.05+t)+y*2.6*sin(1.05+t),y*cos(1.05+t)-x*sin(1.05+t))-0.5,2))+0.45*exp(-400*pow(hypot(x*2.6*cos(2.1+t)+y*2.6*sin(2.1+t),y*cos(2.1+t)-x*sin(2.1+t))-0.5,2))+0.2*exp(-4*r)", Palette.Aurora, 2.0944, 72, 16), Orbits(8)),
    ];

    // The n-th bob swings 10 + n times in twelve seconds: they start and end as one line.
    private static IReadOnlyList<Sprite> Bobs =>
        [.. Enumerable.Range(0, 16).Select(i => new Sprite(Still.Disc(13, 4 + i * 5 / 15), $"{2 + 13 * i + i / 4}", FormattableString.Invariant($"185+140*cos(2*PI*t*{10 + i}/12)")))];

    private const string Orbitals =
        "28/255*if(lt(min(abs(r-0.2),min(abs(r-0.33),abs(r-0.48))),0.004),2,if(gt(mod(abs(sin(X*12.9+Y*78.2)*437.5),1),0.997),5,1))";

    private static IReadOnlyList<Sprite> Planets =>
    [
        new(Still.Disc(44, 7), "86", "170"), new(Still.Disc(30, 8), "90", "174"),
        Orbit(14, 4, 0.2, 2.4, 0), Orbit(20, 6, 0.33, 1.3, 2), Orbit(26, 3, 0.48, 0.7, 4),
        new(Still.Disc(7, 9), "104.5+63.4*cos(1.3*t+2)+17*cos(6*t)", "188.5+63.4*sin(1.3*t+2)+17*sin(6*t)"),
    ];

    private static Sprite Orbit(int diameter, int colour, double radius, double speed, double phase) => new(
        Still.Disc(diameter, colour),
        FormattableString.Invariant($"{108 - diameter / 2.0}+{192 * radius:0.#}*cos({speed}*t+{phase})"),
        FormattableString.Invariant($"{192 - diameter / 2.0}+{192 * radius:0.#}*sin({speed}*t+{phase})"));

    // Bars left of the moving boundary have found their place; the others still stand in their first disorder.
    private const string Sorting =
        "st(4,floor(Y/4));st(5,mod(ld(4)*7+3,24));st(6,t*3.8);st(7,clip(ld(6)-ld(4),0,1));st(8,2+2*(ld(5)+(ld(4)-ld(5))*ld(7)));" +
        "if(mod(Y,4),if(lt(abs(X-27),ld(8)/2+0.5),if(lt(abs(ld(6)-ld(4)-0.5),0.6),1,0.25+0.5*ld(8)/52),0.06*lt(abs(ld(6)-ld(4)-0.5),0.6)),0)";

    private const string Helix =
        "st(4,6*y+u);st(5,0.28*sin(ld(4)));st(6,cos(ld(4)));st(7,abs(mod(y*21/PI+7*u/(2*PI),1)-0.5));" +
        "max(clip(1-abs(x-ld(5))/(0.045+0.02*ld(6))*0.9,0,1)*(0.65+0.35*ld(6)),max(clip(1-abs(x+ld(5))/(0.045-0.02*ld(6))*0.9,0,1)*(0.65-0.35*ld(6)),0.45*lt(ld(7),0.16)*lt(abs(x),abs(ld(5)))))+0.08*(1-y*y)+0.06";

    private const string Fourier =
        "st(4,PI*3*(y-t/2));st(5,sin(ld(4)));st(5,ld(5)+clip(t-1.2,0,1)*sin(3*ld(4))/3);st(5,ld(5)+clip(t-2.4,0,1)*sin(5*ld(4))/5);st(5,ld(5)+clip(t-3.6,0,1)*sin(7*ld(4))/7);" +
        "st(6,cos(ld(4))+clip(t-1.2,0,1)*cos(3*ld(4))+clip(t-2.4,0,1)*cos(5*ld(4))+clip(t-3.6,0,1)*cos(7*ld(4)));" +
        "0.9*exp(-1600*pow(x-0.33*ld(5),2)/(1+9*ld(6)*ld(6)))+0.3*exp(-60*pow(x-0.33*ld(5),2))+0.16*exp(-900*pow(x-0.33*sin(ld(4)),2))+0.05*lt(mod(x*8+9,1),0.06)+0.05*lt(mod(y*8+9,1),0.06)";

    private static string Orbits(int bodies) =>
        Sound.Of(
            new Tune("1040603070502040"[..Math.Max(4, bodies)], 0.25, 220).Bell(0.3, 5), new Tune("1537", 0.25 * bodies / 2, 110).Flute(0.25), Sound.Pad(0.05, 55, 82.5)).Hall();
}
