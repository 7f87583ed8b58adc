namespace Groundswell.Demo.Clips;

/// <summary>Weather, water and light over surf, rain and wind.</summary>
internal static class Nature
{
    public const string Genre = "nature";

    public static IReadOnlyList<Draft> Drafts =>
    [
        new("orange-sea", 10, "the sun took its time tonight #sunset #ocean #sea", "Evening Surf",
            Field.Loop(Sea, Palette.Even(0x1C1033, 0x57236B, 0xC7425F, 0xFF8A3D, 0xFFE9A8), 3, 63, 16), Surf(7)),
        new("snow-on-pines", 9, "first snow, the forest holds its breath #forest #nature #snow", "Snowfall",
            Field.Loop(Pines, Palette.Even(0x0E1B2C, 0x2F4F6F, 0x8FB3CC, 0xF7FBFF), 4, 63, 9), Wind("0.25+0.12*sin(0.7*t)", 500)),
        new("window-rain", 8, "rain on the garden, phone face down after this #garden #rain #nature", "Garden Rain",
            Field.Loop(Rain, Palette.Even(0x0B1A1F, 0x1E4248, 0x5A8F8A, 0xD7F0E4), 1, 90), Drizzle()),
        new("moon-mountains", 12, "seven ridges and a borrowed moon #mountains #mountain #nightwalk", "Ridge Wind",
            Field.Sway(Ridges, Palette.Even(0x0A0F24, 0x23305C, 0x5B6EA8, 0xF4EFD6), 5, 54, 9), Wind("0.2+0.15*sin(0.5*t)", 700)),
        new("fireflies", 7, "the meadow switched itself on #nature #sunset #fireflies", "Crickets",
            Field.Sway(Fireflies, Palette.Even(0x06140F, 0x123524, 0x4B7F2C, 0xFFF59D), 3.5), Crickets()),
        new("blue-swell", 6, "standing in it up to the knees #ocean #macro #sea", "Knee Deep",
            Field.Loop(Swell, Palette.Even(0x022B3A, 0x0B6E86, 0x4CC3C9, 0xF3FFFB), 3, 72, 16), Surf(4)),
        new("poppy-wind", 5, "poppies nodding at whatever the wind said #flowers #flower #plants", "Nodding",
            Field.Loop(Poppies, Palette.Bands((0, 0xBFE3F0), (0.25, 0x93C47D), (0.45, 0x4F8A43), (0.7, 0xD62828), (0.85, 0xF77F00), (1, 0x2B1A12)), 2.5, 72, 10), Wind("0.3+0.2*sin(1.1*t)", 900)),
        new("dawn-mist", 11, "sunrise before anyone could post it #sunrise #mountains #mist", "Dawn Chorus",
            Field.Sway(Dawn, Palette.Even(0x3A2E4D, 0x8C6A8E, 0xF0A98F, 0xFFF3D9), 4.5, 54, 9), Birds()),
    ];

    private const string Sea =
        "st(4,y-0.15);if(lt(ld(4),0),0.62-0.5*pow(-ld(4),1)+0.55*clip(18*(0.2-hypot(x,y+0.06)),0,1)+0.25*exp(-5*hypot(x,y+0.02))-0.05*exp(-120*pow(y+0.45+0.02*sin(9*x+sin(u)),2))," +
        "st(5,1/(ld(4)+0.06));0.14+0.18*exp(-3*ld(4))+0.1*sin(3*ld(5)+26*x*(0.4+ld(4))+u)*exp(-ld(4))+(0.55+0.3*sin(7*ld(5)*ld(4)+60*ld(4)-2*u+3*sin(9*x)))*exp(-pow(x/(0.09+0.22*ld(4)),2))*exp(-1.1*ld(4)))";

    private const string Flakes =
        "st(4,floor(x*FX+40));st(5,mod(abs(sin(ld(4)*91.7)*437.5),1));st(6,mod((y+1)/2-t*SP/4*(1+floor(1.5*ld(5)))+ld(5)*7,1));st(7,(x*FX+40-ld(4)-0.5-0.28*sin(u+ld(4)))/FX);" +
        "st(8,ld(8)+clip(1.2-hypot(ld(7),(ld(6)-0.5)*2)/SZ,0,1));";

    private static string Pines =>
        "st(8,0);" + FlakesNear + FlakesFar +
        "st(4,mod(x*4+0.5,1)-0.5);st(5,0.25+0.2*sin(floor(x*4+0.5)*7));st(6,lt(abs(ld(4)),(y-ld(5)+0.25)*0.5*(0.7+0.3*mod((y-ld(5))*7,1)))*gt(y,ld(5)-0.25));" +
        "st(4,mod(x*7+0.2,1)-0.5);st(7,lt(abs(ld(4)),(y-0.05)*0.9*(0.75+0.25*mod(y*9,1)))*gt(y,0.05+0.1*sin(floor(x*7+0.2)*5)));" +
        "min(1,if(ld(6),0.04+0.05*y,if(ld(7),0.22,0.62-0.25*y*y+0.05*y))+0.8*ld(8)+0.9*gt(y,0.86+0.04*sin(5*x)))";

    private static string FlakesNear => Flakes.Replace("FX", "7").Replace("SP", "1").Replace("SZ", "0.02");
    private static string FlakesFar => Flakes.Replace("FX", "13").Replace("SP", "1").Replace("SZ", "0.012");

    private const string Rain =
        "st(4,floor((x+0.05*y+1)*46));st(5,mod(abs(sin(ld(4)*12.9)*437.5),1));st(6,mod(y/2-t*(1+floor(2*ld(5)))+ld(5)*9,1));" +
        "st(7,floor(x*5+9)*3.3);st(8,hypot(mod(x*5+9,1)-0.5,(y-0.75-0.18*sin(ld(7)*5))*9));" +
        "0.26-0.16*y+0.07*sin(4*x+y*3)+0.4*gt(ld(6),0.93)*gt(ld(5),0.35)*(0.5+0.5*ld(5))+gt(y,0.5)*0.3*exp(-60*pow(ld(8)-1.6*mod(t+ld(7),1),2))*(1-mod(t+ld(7),1))";

    private const string Ridges =
        "st(4,0.3+0.12*(1-y)+0.9*clip(30*(0.13-hypot(x-0.2,y+0.58)),0,1)+0.25*exp(-6*hypot(x-0.2,y+0.58)));st(5,0);" +
        "st(6,-0.2+0.1*sin(5*x+t*0.05)+0.06*sin(13*x+1+t*0.1));st(4,if(gt(y,ld(6)),0.42-0.25*(y-ld(6)),ld(4)));" +
        "st(6,0.05+0.1*sin(4*x+2+t*0.12)+0.05*sin(11*x+t*0.24));st(4,if(gt(y,ld(6)),0.34-0.2*(y-ld(6)),ld(4)));" +
        "st(6,0.3+0.09*sin(6*x+4+t*0.2)+0.04*sin(17*x+t*0.4));st(4,if(gt(y,ld(6)),0.24-0.15*(y-ld(6)),ld(4)));" +
        "st(6,0.58+0.07*sin(5*x+1+t*0.35)+0.03*sin(23*x+t*0.7));st(4,if(gt(y,ld(6)),0.1-0.1*(y-ld(6)),ld(4)));ld(4)";

    private const string Fireflies =
        "st(4,floor(x*6+12));st(5,floor(y*5+10));st(6,mod(abs(sin(ld(4)*12.9+ld(5)*78.2)*437.5),1));" +
        "st(7,mod(x*6+12,1)-0.5-0.25*sin(t*(0.5+ld(6))+ld(6)*40));st(8,(mod(y*5+10,1)-0.5-0.25*cos(t*0.8+ld(6)*30))*1.2);" +
        "0.3-0.18*y+gt(ld(6),0.45)*exp(-60*(ld(7)*ld(7)+ld(8)*ld(8)))*(0.4+0.6*sin(t*2*ld(6)+ld(6)*50))-0.3*gt(y,0.72+0.1*abs(sin(40*x+sin(t+9*x)))*abs(sin(13*x)))";

    private const string Swell =
        "st(4,0.2+0.25*(1+y)/2);st(5,y+0.12*sin(4*x+u)+0.05*sin(11*x-u));st(6,mod(ld(5)*2.2-t/3+9,1));0.18+0.4*pow(ld(6),2)+0.5*exp(-500*pow(ld(6)-0.93-0.02*sin(40*x+2*u),2))+0.1*sin(30*x*ld(6)+9*y)";

    private static Layers Poppies { get; } = Enumerable.Range(0, 4).Aggregate(
        Layers.On("if(gt(y,0.55+0.05*sin(7*x)),0.45,if(gt(y,0.35+0.08*sin(4*x+2)),0.25,0))"),
        (scene, i) => scene
            .Then(FormattableString.Invariant($"st(4,{-0.4 + 0.265 * i}+0.05*sin(u+{i})*(0.75-y));st(5,{0.02 - 0.3 * Math.Sin(2.4 * i)})"))
            .Where("lt(abs(x-ld(4)),0.14)*gt(y,ld(5)-0.11)", poppy => poppy
            .Over(0.45, "max(abs(x-ld(4))-0.008,max(ld(5)-y,y-1))")
            .Over(0.7, Shape.Ellipse("ld(4)", "ld(5)", "0.12", "0.095"))
            .Over(0.85, Shape.Ellipse("ld(4)", "ld(5)-0.03", "0.085", "0.04"))
            .Over(1, Shape.Disc("ld(4)", "ld(5)", "0.028"))));

    private const string Dawn =
        "st(4,0.85-0.3*y-0.35*gt(y,0.2+0.15*sin(3*x+1)+0.05*sin(9*x)));st(5,0.2*sin(3*x+t/4)*exp(-20*pow(y-0.25-0.05*sin(4*x-t/3),2)));" +
        "ld(4)*0.75+0.35*clip(20*(0.14-hypot(x+0.15,y+0.1+t*0.008)),0,1)*lt(y,0.2+0.15*sin(3*x+1))+abs(ld(5))+0.18*exp(-30*pow(y-0.5-0.04*sin(5*x+t/2),2))-0.3*gt(y,0.68+0.1*sin(5*x))";

    private static string Surf(double period) =>
        Sound.Of(Sound.Noise(FormattableString.Invariant($"0.15+0.85*pow(0.5+0.5*sin(2*PI*t/{period}-1.2),2)"))).With("lowpass=f=1400,highpass=f=90").Room();

    private static string Wind(string level, double cutoff) =>
        Sound.Of(Sound.Noise(level), Sound.Pad(0.02, 147, 220)).With(FormattableString.Invariant($"lowpass=f={cutoff},highpass=f=80")).Hall();

    private static string Drizzle() =>
        Sound.Of(Sound.Noise("0.2+gt(random(6),0.9985)*3"), Sound.Wood(0.37, 0.1, 1900, 0.12), Sound.Wood(0.83, 0.3, 1300, 0.15)).With("highpass=f=400,lowpass=f=6000").Room();

    private static string Crickets() =>
        Sound.Of("0.25*sin(2*PI*4100*t)*gt(sin(2*PI*18*t),0)*gt(sin(2*PI*1.1*t),0.2)", "0.18*sin(2*PI*3600*t)*gt(sin(2*PI*15*t),0)*gt(sin(2*PI*0.8*t+2),0.3)", Sound.Noise("0.05")).With("lowpass=f=5000").Hall();

    private static string Birds() =>
        Sound.Of(
            "0.25*sin(2*PI*(2400*t+60*sin(2*PI*9*t)))*pow(max(0,sin(2*PI*0.7*t)),8)", "0.2*sin(2*PI*(3100*t+90*sin(2*PI*7*t)))*pow(max(0,sin(2*PI*0.45*t+1)),10)",
            Sound.Noise("0.08"), Sound.Pad(0.04, 196, 294)).With("lowpass=f=5500").Hall();
}
