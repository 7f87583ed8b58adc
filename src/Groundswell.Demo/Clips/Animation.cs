namespace Groundswell.Demo.Clips;

/// <summary>Small characters with weight: they squash, blink, hop and swim.</summary>
internal static class Animation
{
    public const string Genre = "animation";

    public static IReadOnlyList<Draft> Drafts =>
    [
        new("bouncing-bean", 8, "meet bean. bean bounces #animation #cartoon #bean", "Bean Bounces", Paint(Bean, Sunny, 1.6, 12), Boing(0.8, "1353135713531642")),
        new("sleepy-cat-face", 7, "she blinks slowly, that means she trusts you #animated #cartoon #cosy", "Slow Blink", Paint(CatFace, Cosy, 3, 8), Boing(1.0, "1000300050003000")),
        new("jelly-walk", 9, "walk cycle practice, jelly edition #animation #render #practice", "Jelly Steps", Paint(JellyWalk, Minty, 1.2, 12), Boing(0.6, "1315131413151312")),
        new("goldfish-loop", 10, "tiny fish, very big opinions about bubbles #animated #cartoon", "Bubble Opinions", Paint(Goldfish, Pond, 2.25, 8), Boing(0.7, "1020304050403020")),
        new("hop-trio", 6, "the middle one is always late #animation #bunny #loop", "Always Late", Paint(HopTrio, Sunny, 0.75, 12), Boing(0.75, "1357531013575310")),
        new("balloon-ride", 12, "drew this balloon while mine got delayed #animation #cartoon #sky", "Delayed", Paint(Balloon, Sky, 3, 7), Boing(1.2, "1030502040607050")),
        new("ghost-peek", 5, "ghost learned a new trick: being seen #cartoon #animated #ghost", "Being Seen", Paint(Ghost, Spooky, 2.5, 10), Boing(0.5, "5040302010203040")),
        new("robot-nod", 8, "he agrees with everything you say #animation #3d #robotfriend", "Agreed", Paint(Robot, Minty, 2, 10), Boing(0.5, "1100330055003300")),
    ];

    // Levels: 0 and 0.15 background, 0.3 shade, 0.5 body, 0.65 second colour, 0.8 light, 1 ink. An edge between far levels shows the ones between as a soft outline.
    private static Palette Flat(int back, int back2, int shade, int body, int second, int light, int ink) =>
        Palette.Bands((0, back), (0.15, back2), (0.3, shade), (0.5, body), (0.65, second), (0.8, light), (1, ink));

    private static readonly Palette Sunny = Flat(0xFFE8B8, 0xFFD485, 0xD98E5F, 0xF25C54, 0xF7B267, 0xFFF8EC, 0x2E1F27);
    private static readonly Palette Cosy = Flat(0x4A3F6B, 0x5D4F85, 0x38305A, 0xF4A259, 0xE76F51, 0xFFF3E2, 0x231942);
    private static readonly Palette Minty = Flat(0xD8F3DC, 0xB7E4C7, 0x52B788, 0x2D6A4F, 0xFF8FA3, 0xFFFFFF, 0x081C15);
    private static readonly Palette Pond = Flat(0x0A5C7A, 0x0E7490, 0x0B4F6C, 0xFF8C42, 0xFFB563, 0xF1FAFF, 0x06283D);
    private static readonly Palette Sky = Flat(0xA7D8F0, 0xD6EFFA, 0x7FB6D6, 0xE63946, 0xFFCB69, 0xFFFFFF, 0x1D3557);
    private static readonly Palette Spooky = Flat(0x1B1B3A, 0x2A2A57, 0x101026, 0xE0D7FF, 0xB8A9E8, 0xFFFFFF, 0x15152E);

    private static Layers Bean { get; } = Layers
        .On("if(gt(y,0.62),0.15,0)")
        .Then("st(4,mod(t,0.8)/0.8);st(5,4*ld(4)*(1-ld(4)));st(6,1+0.35*exp(-9*ld(4))+0.35*exp(-9*(1-ld(4)))-0.08*ld(5));st(7,0.45-0.95*ld(5));st(8,0.1*sin(u))")
        .Over(0.3, Shape.Ellipse("ld(8)", "0.7", "0.22-0.12*ld(5)", "0.035"))
        .Where("lt(hypot(x-ld(8),y-ld(7)),0.33)", bean => bean
        .Over(0.5, Shape.Ellipse("ld(8)", "ld(7)", "0.2*ld(6)", "0.23/ld(6)"))
        .Over(0.65, Shape.Ellipse("ld(8)-0.06", "ld(7)-0.1/ld(6)", "0.05", "0.035"))
        .Over(0.8, Shape.Ellipse("ld(8)+0.02", "ld(7)-0.03", "0.05", "0.06")).Over(0.8, Shape.Ellipse("ld(8)+0.13", "ld(7)-0.03", "0.05", "0.06"))
        .Over(1, Shape.Disc("ld(8)+0.035", "ld(7)-0.03+0.02*(1-ld(5))", "0.024")).Over(1, Shape.Disc("ld(8)+0.14", "ld(7)-0.03+0.02*(1-ld(5))", "0.024"))
        .Over(1, "max(abs(hypot(x-ld(8)-0.08,y-ld(7)-0.06)-0.05)-0.01,ld(7)+0.07-y)"));

    private static Layers CatFace { get; } = Layers
        .On("0.15*gt(mod(x*3+y*1.5+9,1),0.5)")
        .Then("st(4,0.02*sin(u));st(5,clip(abs(mod(t,3)-1.7)*4,0.06,1));st(6,abs(x))")
        .Over(0.5, "max(ld(6)*1.6-y-ld(4)-0.74,abs(ld(6)-0.24)*1.9+(-y-ld(4))-0.55)")
        .Over(0.65, "max(abs(ld(6)-0.24)*2.4-y-ld(4)-0.46,y+0.2)")
        .Over(0.5, Shape.Ellipse("0", "ld(4)", "0.4", "0.34"))
        .Where("lt(ld(6),0.5)*lt(abs(y),0.36)", face => face
        .Over(0.65, "max(abs(x)-0.02,max(-0.33-y+ld(4),y-ld(4)+0.2))").Over(0.65, "max(abs(ld(6)-0.09)-0.016,max(-0.32-y+ld(4),y-ld(4)+0.23))")
        .Over(0.8, "(hypot((ld(6)-0.17)/0.085,(y-ld(4)+0.04)/(0.1*ld(5)))-1)*0.085*ld(5)")
        .Over(1, "max((hypot((ld(6)-0.17)/0.035,(y-ld(4)+0.04)/0.085)-1)*0.035,abs(y-ld(4)+0.04)-0.1*ld(5))")
        .Over(0.65, Shape.Ellipse("0", "0.1+ld(4)", "0.035", "0.025"))
        .Over(1, "max(abs(hypot(ld(6)-0.05,y-0.13-ld(4))-0.05)-0.009,0.13+ld(4)-y)")
        .Over(1, "max(abs(y-0.12-ld(4)-0.25*(ld(6)-0.3)*sin(u))-0.006,abs(ld(6)-0.38)-0.1)"));

    private static Layers JellyWalk { get; } = Layers
        .On("if(gt(y,0.5),0.15+0.15*lt(mod((x+t/2.4)*4,1),0.06),0.15*lt(hypot(mod(x+0.3,0.9)-0.45,y+0.5)-0.15,0))")
        .Then("st(4,0.05*abs(sin(u)));st(5,1+0.06*sin(2*u));st(6,0.14*sin(u))")
        .Over(0.3, Shape.Ellipse("0", "0.52", "0.26", "0.03"))
        .Over(0.5, "max(abs(x-0.08-ld(6)*(y-0.2)*1.6)-0.03,max(0.1-y,y-0.5+0.09*max(0,sin(u))))").Over(0.5, "max(abs(x+0.08+ld(6)*(y-0.2)*1.6)-0.03,max(0.1-y,y-0.5+0.09*max(0,-sin(u))))")
        .Over(0.5, "max((hypot((x-0.03*sin(u+y*5))/(0.24*ld(5)),(y+0.02+ld(4))/0.36)-1)*0.24,y-0.22+ld(4)+0.02*sin(20*x+u))")
        .Where("lt(abs(x),0.3)*lt(y,0.1)", face => face
        .Over(0.3, Shape.Ellipse("-0.1+0.02*sin(u)", "-0.2-ld(4)", "0.03", "0.07"))
        .Over(0.8, Shape.Disc("0.05", "-0.1-ld(4)", "0.055")).Over(0.8, Shape.Disc("0.17", "-0.1-ld(4)", "0.05"))
        .Over(1, Shape.Disc("0.07", "-0.1-ld(4)", "0.026")).Over(1, Shape.Disc("0.185", "-0.1-ld(4)", "0.024"))
        .Over(0.65, Shape.Ellipse("0.11", "0.02-ld(4)", "0.04", "0.025+0.02*sin(u)")));

    private static Layers Goldfish { get; } = Layers
        .On("0.15*lt(sin(7*y+2*sin(3*x+u)+u),0.2)")
        .Then("st(4,-0.02+0.08*sin(u));st(5,x-0.06*cos(u));st(6,0.05*sin(4*u)*clip(-ld(5)*3,0,1))")
        .Where("lt(abs(y-ld(4)),0.35)", fish => fish
        .Over(0.65, "max(abs(y-ld(4)-ld(6)*2)-0.6*(-ld(5)-0.2),max(ld(5)+0.2,-0.42-ld(5)))")
        .Over(0.65, "max(abs(ld(5)-0.02)*1.2+(-y+ld(4)-0.3),y-ld(4)+0.1)")
        .Over(0.5, "(hypot((ld(5)-0.04)/0.29,(y-ld(4)-ld(6))/0.19)-1)*0.19")
        .Over(0.65, "max((hypot((ld(5)-0.04)/0.27,(y-ld(4)-0.02)/0.17)-1)*0.17,0.5*sin(26*ld(5))*0.1+abs(y-ld(4)-0.1)-0.07)")
        .Over(0.8, "hypot(ld(5)-0.2,y-ld(4)+0.04)-0.06").Over(1, "hypot(ld(5)-0.215,y-ld(4)+0.04)-0.032")
        .Over(1, "max(abs(hypot(ld(5)-0.3,y-ld(4)-0.05)-0.04)-0.008,ld(5)-0.31)"))
        .Over(0.8, "abs(hypot(x-0.34-0.03*sin(2*u),y+0.9*mod(t/2.25,1)-0.05)-0.03)-0.008").Over(0.8, "abs(hypot(x-0.3-0.03*sin(3*u),y+0.9*mod(t/2.25+0.5,1)-0.02)-0.02)-0.007")
        .Over(0.3, "max(abs(x+0.4+0.04*sin(4*y+u))-0.03,0.45-y)").Over(0.3, "max(abs(x-0.45+0.04*sin(5*y+u))-0.025,0.3-y)").Over(0.3, "0.9-y+0.03*sin(9*x)");

    private static Layers HopTrio { get; } = Enumerable.Range(-1, 3).Aggregate(
        Layers.On("if(gt(y,0.42),0.15,0.15*gt(sin(8*hypot(x,y-0.4)),0.4))"),
        (scene, i) => scene
            .Then(FormattableString.Invariant($"st(4,{0.34 * i});st(5,mod(t+{(i == 0 ? 0.55 : 0.15 * i + 0.75):0.##},0.75)/0.75);st(6,4*ld(5)*(1-ld(5)));st(7,0.3-0.45*ld(6));st(8,1+0.25*exp(-9*ld(5))+0.25*exp(-9*(1-ld(5))))"))
            .Where("lt(abs(x-ld(4)),0.18)", bunny => bunny
            .Over(0.3, Shape.Ellipse("ld(4)", "0.48", "0.13-0.05*ld(6)", "0.02"))
            .Over(i == 0 ? 0.65 : 0.5, "(hypot((abs(x-ld(4))-0.055)/0.035,(y-ld(7)+0.26-0.05*(1-ld(6)))/0.14)-1)*0.035")
            .Over(i == 0 ? 0.65 : 0.5, Shape.Ellipse("ld(4)", "ld(7)", "0.13*ld(8)", "0.17/ld(8)"))
            .Over(0.8, Shape.Ellipse("ld(4)", "ld(7)+0.07", "0.07", "0.06"))
            .Over(1, "hypot(abs(x-ld(4))-0.05,y-ld(7)+0.05)-0.02").Over(1, Shape.Ellipse("ld(4)", "ld(7)+0.01", "0.018", "0.012"))));

    private static Layers Balloon { get; } = Layers
        .On("0.15*max(lt(hypot((mod(x+0.9+0.06*sin(u),1.3)-0.65)/2.2,y-0.5+0.03*sin(9*x))-0.1,0),lt(hypot((mod(x+0.2+0.05*sin(u),1.5)-0.7)/2.6,y+0.75)-0.08,0))")
        .Then("st(4,0.05*sin(u));st(5,-0.12+0.06*cos(u));st(6,x-ld(4))")
        .Where("lt(abs(ld(6)),0.38)", balloon => balloon
        .Over(0.5, "min(hypot(ld(6),y-ld(5))-0.34,max(abs(ld(6))-0.34+0.62*(y-ld(5)),max(ld(5)+0.1-y,y-ld(5)-0.46)))")
        .Over(0.65, "max(min(hypot(ld(6),y-ld(5))-0.34,max(abs(ld(6))-0.34+0.62*(y-ld(5)),max(ld(5)+0.1-y,y-ld(5)-0.46))),abs(abs(ld(6))-0.17)-0.055)")
        .Over(0.8, Shape.Ellipse("ld(4)-0.19", "ld(5)-0.17", "0.03", "0.06"))
        .Over(1, "max(abs(abs(ld(6))-0.06)-0.005,abs(y-ld(5)-0.51)-0.06)")
        .Over(1, "max(abs(ld(6))-0.09,abs(y-ld(5)-0.62)-0.07)").Over(0.65, "max(abs(ld(6))-0.09,abs(y-ld(5)-0.57)-0.016)")
        .Over(0.8, Shape.Disc("ld(4)+0.03", "ld(5)+0.5", "0.035")));

    private static Layers Ghost { get; } = Layers
        .On("if(gt(y,0.55),0.3,0.15*lt(hypot(x-0.25,y+0.6)-0.16,0))")
        .Then("st(4,0.62-0.62*clip(2*sin(u/2),0,1));st(5,0.04*sin(u))")
        .Over(0.5, "max(min(hypot(x-ld(5),y-ld(4)+0.12)-0.25,max(abs(x-ld(5))-0.25,max(ld(4)-0.12-y,y-ld(4)-0.34-0.03*sin(25*x+2*u)))),y-0.56)")
        .Over(0.65, "max(max(max(abs(x-ld(5)-0.2)-0.05,abs(y-ld(4)-0.1)-0.2),hypot(x-ld(5),y-ld(4))-0.4),y-0.56)")
        .Over(1, "max((hypot((abs(x-ld(5))-0.09)/0.04,(y-ld(4)+0.12)/0.06)-1)*0.04,y-0.56)").Over(0.8, "max(hypot(abs(x-ld(5)-0.012)-0.09,y-ld(4)+0.14)-0.014,y-0.56)")
        .Over(1, "max((hypot((x-ld(5))/0.04,(y-ld(4)-0.02)/(0.03+0.02*sin(2*u)))-1)*0.03,y-0.56)")
        .Over(0.3, "0.55-y");

    private static Layers Robot { get; } = Layers
        .On("0.15*gt(mod(floor(x*5+9)+floor(y*5+9),2),0)")
        .Then("st(4,0.05*abs(sin(t*PI)));st(5,clip(abs(mod(t+0.6,2)-1)*14,0.1,1))")
        .Over(0.5, "max(abs(x)-0.2,abs(y-0.48)-0.24)-0.03").Over(0.65, Shape.Disc("-0.09", "0.42", "0.035")).Over(0.8, Shape.Box("0.09", "0.42", "0.05", "0.02"))
        .Over(0.3, "max(abs(x)-0.05,abs(y-0.2)-0.06)").Over(0.3, "max(abs(abs(x)-0.3)-0.03,abs(y-0.45-0.03*sin(t*PI))-0.2)")
        .Over(0.5, "max(abs(x)-0.27,abs(y+0.12-ld(4))-0.21)-0.04").Over(0.3, "max(abs(x)-0.24,abs(y+0.12-ld(4))-0.17)-0.02")
        .Where("lt(abs(x),0.24)*lt(abs(y+0.2),0.4)", face => face
        .Over(0.8, "(hypot((abs(x)-0.12)/0.065,(y+0.16-ld(4))/(0.065*ld(5)))-1)*0.065*ld(5)").Over(1, "max(hypot(abs(x)-0.12,y+0.16-ld(4))-0.03,abs(y+0.16-ld(4))-0.06*ld(5))")
        .Over(0.65, "max(abs(hypot(x,y+0.06-ld(4))-0.1)-0.014,ld(4)-y)")
        .Over(0.5, "max(abs(x)-0.012,abs(y+0.44-ld(4))-0.07)").Over(0.65, Shape.Disc("0", "-0.52+ld(4)", "0.04+0.01*sin(4*u)")));

    // Drawn "on twos" or slower, as animators say: each drawing stays for two frames.
    private static string Paint(Layers scene, Palette palette, double seconds, int drawingsPerSecond) => Field.Loop(scene, palette, seconds, 63, drawingsPerSecond);

    private static string Boing(double period, string tune) =>
        Sound.Of(
            FormattableString.Invariant($"(st(0,mod(t,{period}));0.5*exp(-7*ld(0))*sin(2*PI*(180*ld(0)+220*ld(0)*ld(0))))"),
            new Tune(tune, period / 4, 262).Pluck(0.35, 8), new Tune(tune, period, 131).Bass(0.2), Sound.Wood(period / 2, period / 4, 1100, 0.15)).Room();
}
