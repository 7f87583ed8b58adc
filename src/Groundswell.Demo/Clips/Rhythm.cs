namespace Groundswell.Demo.Clips;

/// <summary>Shapes that jump on the beat; never more than two bright changes a second.</summary>
internal static class Rhythm
{
    public const string Genre = "rhythm";

    public static IReadOnlyList<Draft> Drafts =>
    [
        new("ring-kick", 8, "every kick throws a ring. headphones please #beat #techno #bass", "Ring Kick",
            Field.Loop("st(4,mod(t,0.5));0.5*exp(-60*pow(r-1.6*ld(4)-0.15,2))*exp(-2*ld(4))+0.4*exp(-60*pow(r-1.6*(ld(4)+0.5)-0.15,2))*exp(-1.2)+clip(8*(0.13+0.07*exp(-8*ld(4))-r),0,1)", Palette.Neon, 0.5, 72),
            Drums(0.5, "1013105010131060", 55)),
        new("led-bars", 6, "drew the drum machine as a wall of lights #drum #beats #machine", "Wall of Lights",
            Field.Pixels(LightWall, Palette.Bands((0, 0x0A0B14), (0.25, 0x1C2340), (0.5, 0x17C3B2), (0.75, 0xFFCB77), (1, 0xFE6D73)), 27),
            Drums(0.5, "1101201101104010", 65)),
        new("metronome-arm", 5, "metronome at 96, heart at 97 #metronome #bpm", "Ninety-Six",
            Field.Loop(Metronome, Palette.Bands((0, 0x16324F), (0.35, 0x2E86C1), (0.6, 0xF2E2BA), (1, 0xFF6B35)), 1.25, 72),
            Sound.Of(Sound.Wood(0.625, 0, 900), Sound.Wood(2.5, 0, 1350, 0.5), new Tune("1353", 0.625, 110).Bass(0.35)).Room()),
        new("dot-grid-groove", 9, "sixteen by nine dots, one groove #groove #rhythm #dots", "Dot Grid",
            Field.Loop("st(4,abs(mod((x+0.5625)*8,1)-0.5));st(5,abs(mod((y+1)*8,1)-0.5));st(6,0.16+0.3*pow(0.5+0.5*sin(2*PI*t*1-9*floor((y+1)*8)/8-floor((x+0.5625)*8)*0.7),3));clip(14*(ld(6)-hypot(ld(4),ld(5))),0,1)*(0.35+ld(6)*1.4)", Palette.Candy, 1, 90),
            Drums(0.5, "1030105030107010", 73)),
        new("polyrhythm-balls", 12, "seven balls, seven tempos, they all meet at the end #rhythm #polyrhythm #satisfying", "They All Meet",
            Sprites.Canvas(Lanes, Palette.Digits(0x10121F, 0x1A1F38, 0x2B3562, 0x5B6FB5, 0xF25F5C, 0xFF9770, 0xFFE066, 0x70D6FF, 0xB8F2E6, 0xFFFFFF), Balls),
            Sound.Of([.. Enumerable.Range(0, 7).Select(i => Sound.Wood(12.0 / (12 + i), 0, 330 * Math.Pow(2, Math.Floor(2.4 * i) / 12), 0.3))]).Hall()) { Stills = [.. Balls.Select(ball => ball.Still)] },
        new("spoke-techno", 7, "warehouse at 2am but it is a bicycle wheel #techno #pulse", "Warehouse Wheel",
            Field.Loop("st(4,mod(t,0.5));st(5,floor(t*2));clip(0.15+0.5*gt(sin(8*a+ld(5)*PI+0.7*(1-exp(-9*ld(4)))),0.1)*exp(-1.4*r)+0.5*exp(-40*pow(r-0.3-0.05*exp(-8*ld(4)),2)),0,1)", Palette.Ember, 1, 81),
            Drums(0.5, "1000100010001007", 49)),
        new("sub-heart", 10, "sub bass for small hearts #bass #beat", "Small Heart",
            Field.Loop("st(4,mod(t,1));st(5,1+0.22*exp(-7*ld(4))+0.14*exp(-7*abs(ld(4)-0.25)));st(6,x/ld(5)/0.33);st(7,0.3-y/ld(5)/0.33);st(8,hypot(ld(6),1.2*ld(7)-sqrt(abs(ld(6))))-1);0.62*clip(0.5-9*ld(8),0,1)+0.3*exp(-2.5*r)*(0.6+0.4*exp(-4*ld(4)))+0.1*clip(0.5-9*ld(8),0,1)*y", Palette.Bands((0, 0x1A0B1E), (0.2, 0x3B1034), (0.35, 0x611A45), (0.7, 0xFF4D6D), (1, 0xFFB3C1)), 1, 72),
            Sound.Of(Sound.Kick(1), Sound.Kick(1, 0.25, 0.6), new Tune("1100", 1, 41).Bass(0.5, 1.2), Sound.Hat(0.5, 0.25)).Room()),
        new("step-sequencer", 4, "four bars, loop it until the neighbours dance #drum #groove #beats", "Until the Neighbours Dance",
            Field.Pixels(Sequencer, Palette.Bands((0, 0x121420), (0.3, 0x252A45), (0.6, 0x7B2FF7), (0.8, 0xF107A3), (1, 0xFFF3B0)), 36),
            Drums(0.5, "1010300510103007", 82)),
    ];

    private const string LightWall =
        "st(4,floor(X/3));st(5,mod(abs(sin(ld(4)*37.7+floor(t*4)*5.3)*437.5),1));st(6,exp(-5*mod(t,0.25))*0.5+0.5);st(7,2+14*ld(5)*ld(6)*(0.6+0.4*sin(ld(4)+t)));" +
        "st(8,16-floor(Y/3));if(mod(X,3)*mod(Y,3),if(lt(ld(8),ld(7)),if(gt(ld(8),11),1,if(gt(ld(8),7),0.75,0.5)),0.25),0)";

    private const string Lanes = "28/255*(gt(mod((y+1)*3.5,1),0.03)+lt(abs(abs(x)-0.53),0.008)*2)";

    // The n-th ball crosses its lane 12 + n times in twelve seconds, so all seven meet at the walls when the clip ends.
    private static IReadOnlyList<Sprite> Balls =>
        [.. Enumerable.Range(0, 7).Select(i => new Sprite(Still.Disc(20, 4 + i % 5), FormattableString.Invariant($"98+91*cos(PI*t*{12 + i}/12)"), $"{17 + 55 * i}"))];

    private const string Sequencer =
        "st(4,floor(X/4.5));st(5,floor(Y/4));st(6,mod(abs(sin(ld(4)*3.3+ld(5)*17.1)*91.7),1));st(7,eq(ld(5),mod(floor(t*8),16)));" +
        "if(lt(mod(X,4.5),1)+lt(mod(Y,4),1),0,if(gt(ld(6),0.68),if(ld(7),1,0.6),if(ld(7),0.45,0.3)))";

    private static Layers Metronome { get; } = Layers
        .On("0.1*(1-y)")
        .Over(0.35, "max(abs(x)-0.16-0.14*(y+0.6)/1.2,abs(y)-0.6)")
        .Over(0.3, Shape.Box("0", "0.1", "0.02", "0.5"))
        .Then("st(4,0.45*sin(PI*t/0.625));st(5,x*cos(ld(4))+(y-0.5)*sin(ld(4)));st(6,-x*sin(ld(4))+(y-0.5)*cos(ld(4)))")
        .Over(0.6, "max(abs(ld(5))-0.012,abs(ld(6)+0.55)-0.55)")
        .Over(1, "max(abs(ld(5))-0.06,abs(ld(6)+0.75)-0.06)");

    private static string Drums(double beat, string bass, double root) =>
        Sound.Of(Sound.Kick(beat), Sound.Snare(beat * 2, beat), Sound.Hat(beat / 2, beat / 4), new Tune(bass, beat / 4, root, 4).Bass(0.4, 6));
}
