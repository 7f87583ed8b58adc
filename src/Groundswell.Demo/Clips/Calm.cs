namespace Groundswell.Demo.Clips;

/// <summary>Slow colour, soft pads, room to breathe.</summary>
internal static class Calm
{
    public const string Genre = "calm";

    public static IReadOnlyList<Draft> Drafts =>
    [
        new("breathe-in-four", 12, "in for four, out for four. stay for one more #breathe #calm #meditation", "Four Counts",
            Field.Loop("0.18+0.72*exp(-pow(r/(0.27-0.13*cos(u)),4))+0.12*sin(3*r-u)", Palette.Dusk, 8, 36, 12), Soft(110, 165, 220)),
        new("peach-drift", 10, "a gradient the colour of the last good day of summer #gradient #relax", "Late Peach",
            Drift(0xFFF1E0, 0xFFB58A, 0xFF7F7F, 0xB65F8F), Soft(98, 147, 196)),
        new("deep-blue-drift", 15, "turn the lights off and let this one play #sleep #ambient #slow", "Lights Off",
            Drift(0x04122B, 0x1B1F4B, 0x0B3B66, 0x2A7F9E), Soft(82, 123, 164)),
        new("lava-lamp", 11, "the lava lamp i wanted when i was nine #lofi #relaxing", "Nine Again",
            Field.Sway(Lava, Palette.Bands((0, 0x2B0A3D), (0.3, 0x5A1A5E), (0.5, 0xD2405A), (0.75, 0xFF8A4C), (1, 0xFFD27A)), 5, 54, 9), Soft(92, 138, 185)),
        new("northern-hush", 9, "northern lights, volume low #calm #gradients #night", "Hush",
            Field.Sway(Curtains, Palette.Aurora, 5), Soft(104, 156, 208)),
        new("bokeh-evening", 8, "city lights when you take your glasses off #slow #ambient", "Without Glasses",
            Field.Sway(Bokeh, Palette.Even(0x0A0C1C, 0x2C2350, 0xC4577A, 0xFFD9A0), 4), Soft(117, 175, 233)),
        new("paper-dunes", 7, "folded paper dunes, one breath per fold #calm #lofi", "Paper Dunes",
            Field.Sway("st(4,(y+1)*4+0.5*sin(3*x+t/2+floor((y+1)*2)));0.2+0.6*mod(ld(4),1)*(0.5+0.5*y)+0.1*y", Palette.Peach, 3.5, 90), Soft(131, 196, 262)),
        new("moss-breath", 6, "six green seconds for your nervous system #relax #breathe #green", "Moss",
            Drift(0x0C2F23, 0x14403A, 0x2E6B4A, 0x9CC77B), Soft(123, 185, 247)),
    ];

    private const string Lava =
        "st(4,0.022/(0.01+pow(x-0.2*sin(t*0.7),2)+pow(y-0.8*sin(t*0.45),2)));" +
        "st(5,0.018/(0.01+pow(x+0.25*cos(t*0.5),2)+pow(y-0.7*cos(t*0.38+1),2)));" +
        "st(6,0.02/(0.01+pow(x-0.15*cos(t*0.9+2),2)+pow(y+0.75*sin(t*0.31+2),2)));" +
        "st(7,0.05/(0.02+pow(x,2)+4*pow(y-1.05,2)));0.6*(ld(4)+ld(5)+ld(6)+ld(7))";

    private const string Curtains =
        "st(4,0.1+0.22*sin(3*x+t/3)+0.1*sin(7*x-t/2));st(5,0.6+0.4*sin(26*x+4*sin(3*x+t/4)+t/3));" +
        "if(gt(y,0.74+0.06*sin(6*x)),0,0.05+0.1*(1+y)/2+if(lt(y,ld(4)),ld(5)*exp(-1.9*(ld(4)-y)),exp(-16*(y-ld(4)))*ld(5))*0.85)";

    private const string Bokeh =
        "st(4,floor((x+1+0.02*t)*4.5));st(5,floor((y+1-0.03*t)*4.5+0.5*mod(ld(4),2)));st(6,mod(abs(sin(ld(4)*12.99+ld(5)*78.23)*4375.5),1));" +
        "st(7,(x+1+0.02*t)*4.5-ld(4)-0.5);st(8,(y+1-0.03*t)*4.5+0.5*mod(ld(4),2)-ld(5)-0.5);" +
        "0.1*(1-y)+gt(ld(6),0.35)*ld(6)*(0.55+0.3*sin(t*ld(6)+ld(6)*40))*clip(8*(0.2+0.26*ld(6)-hypot(ld(7),ld(8))),0,1)";

    private static string Drift(params int[] colours) =>
        Field.Loop("0.5+0.3*sin(1.7*y+0.9*x+u)+0.24*sin(2.3*x-1.1*y-u+0.8*sin(1.5*y+u))", Palette.Even(colours), 12, 27, 12);

    private static string Soft(double low, double middle, double high) =>
        Sound.Of(Sound.Pad(0.2, low, middle, high, high * 1.25), Sound.Noise("0.03+0.02*sin(0.8*t)")).With("lowpass=f=1600").Hall();
}
