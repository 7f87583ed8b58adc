namespace Groundswell.Demo.Clips;

/// <summary>Little arcade scenes in coarse pixels with square-wave tunes.</summary>
internal static class Gaming
{
    public const string Genre = "gaming";

    public static IReadOnlyList<Draft> Drafts =>
    [
        Game("outrun-sunset", 9.6, "no finish line, just this road and this sun #retro #arcade #racing", "Sunset Lane", Road, Synthwave, "1155334411556677", 0.14, 110, 4.8,
            new Sprite(Car, "29+8*sin(2*PI*t/4.8)", "106+mod(floor(t*12),2)")),
        Game("squid-invasion", 8, "they come in rows and they have rhythm #arcade #pixel #retrogaming", "Squid March", Stars, Night, "1313525213134747", 0.16, 98, 1,
            new Sprite(Squids, "4+3*sin(floor(t*3)*0.8)", "18+floor(t*1.5)*2"), new Sprite(Ship, "31+20*sin(t*1.7)", "112"),
            new Sprite(Shot, "35+20*sin(floor(t/0.7)*0.7*1.7)", "110-mod(t,0.7)*140"), new Sprite(PixelFont.Label("score 1420", 196), "6", "4")),
        Game("brick-breaker", 7, "one life left and the whole wall to go #arcade #gaming", "Last Life", Bricks, Candybox, "1234321256543210", 0.11, 147, 0,
            new Sprite(PixelFont.Label("x1", 224), "56", "4")),
        Game("snake-lunch", 6, "the snake has been eating well #game #pixel #snake", "Lunch Run", Snake, Meadow, "1030507050301357", 0.13, 165, 0,
            new Sprite(PixelFont.Label("len 24", 140), "4", "2")),
        Game("runner-jump", 10, "level 3 and i still jump too early #level #gamer #platformer", "Jump Too Early", Hills, Overworld, "1353164613531747", 0.15, 131, 0,
            new Sprite(Hero, "20", "88-max(0,26*sin(mod(t,1.25)*PI/0.8))*lt(mod(t,1.25),0.8)"), new Sprite(Coin, "76-mod(t*36,96)", "58+2*sin(t*6)"),
            new Sprite(PixelFont.Label("world 1-3", 196), "8", "6")),
        Game("star-courier", 8, "delivering one parcel through an asteroid belt #gaming #retro #space", "Parcel Service", Streaks, Night, "1005003007005040", 0.12, 123, 2.25,
            new Sprite(Ship, "31+18*sin(t*2.1)+6*sin(t*5)", "104"), new Sprite(Rock, "8+10*sin(t)", "mod(t*70,170)-20"),
            new Sprite(Rock, "44+8*sin(t*1.3)", "mod(t*54+80,170)-20"), new Sprite(Shot, "35+18*sin(floor(t*2)/2*2.1)+6*sin(floor(t*2)/2*5)", "100-mod(t,0.5)*190")),
        Game("block-drop", 5, "waiting for the long one since 1989 #game #games #pixel", "The Long One", Blocks, Candybox, "1514131215141312", 0.1, 139, 0),
        Game("paddle-duel", 12, "me against me, deuce again #esports #retro #arcade", "Deuce", Court, Midnight, "1000300050003000", 0.18, 117, 0.25,
            new Sprite(Paddle, "28+28*(2*abs(mod(t*0.83,2)-1)-1)+3*sin(t*3)", "8"), new Sprite(Paddle, "28+28*(2*abs(mod(t*0.83,2)-1)-1)+3*cos(t*2)", "117"),
            new Sprite(Ball, "34+28*(2*abs(mod(t*0.83,2)-1)-1)", "62+51*(2*abs(mod(t*0.61+0.5,2)-1)-1)"),
            new Sprite(PixelFont.Label("7", 112), "60", "46"), new Sprite(PixelFont.Label("7", 112), "60", "75")),
    ];

    /// <summary>For the flawed clips: coins that rain over a shop counter.</summary>
    public static Draft CoinRain(string name, double seconds, string caption, string sound) => Game(
        name, seconds, caption, sound, Unit + "*if(gt(Y,100),if(gt(mod(Y-100,9),0),4,9),mod(floor(X/12)+floor((Y+t*12)/12),2))", Overworld, "1357135713571357", 0.08, 196, 2,
        [.. Enumerable.Range(0, 7).Select(i => new Sprite(Coin, $"{4 + 10 * i}", $"mod(t*{40 + i * 7 % 25}+{i * 37},150)-20")), new Sprite(PixelFont.Label("free!", 140), "22", "60")]);

    private static readonly Palette Night = Palette.Digits(0x0B0B1E, 0x20224A, 0x3E4A89, 0x6BE585, 0xFF5D8F, 0xFFFFFF, 0x59D2FE, 0xFFE45E, 0xFF9F1C, 0xFFFFFF);
    private static readonly Palette Candybox = Palette.Digits(0x1A1333, 0x2C2157, 0x4B3B8F, 0xF94144, 0xF8961E, 0xF9C74F, 0x90BE6D, 0x43AA8B, 0xFFFFFF, 0xFFFFFF);
    private static readonly Palette Meadow = Palette.Digits(0xA7C957, 0x9BBF4B, 0x6A994E, 0x386641, 0xBC4749, 0x1B3A24, 0xF2E8CF, 0xFFFFFF, 0xFFFFFF, 0xFFFFFF);
    private static readonly Palette Overworld = Palette.Digits(0x7FD1F2, 0xBDE9FA, 0x5FB56A, 0x3B8B4C, 0x8A5A35, 0xE4572E, 0xFFD6A5, 0xFFFFFF, 0xFFD23F, 0x2B2D42);
    private static readonly Palette Synthwave = Palette.Digits(0x1A0B2E, 0x3D1359, 0x7A1E76, 0xD4318A, 0xFF6F61, 0xFFB347, 0xFFE66D, 0x2DE2E6, 0x0D0221, 0xFFFFFF);
    private static readonly Palette Midnight = Palette.Digits(0x101820, 0x17242F, 0x243746, 0x3E5C76, 0x4E7A99, 0x8FD3C8, 0xF2AA4C, 0xFFFFFF, 0xFFFFFF, 0xFFFFFF);

    private static readonly Still Ship = Still.FromDigits(
        "    6    ", "   666   ", "   656   ", "  66566  ", "  66666  ", " 6266626 ", "666666666", "6 62226 6", "   8 8   ");

    private static readonly Still Paddle = Still.FromDigits("5555555555555555", "5555555555555555", "5555555555555555");
    private static readonly Still Ball = Still.FromDigits(" 77 ", "7777", "7777", " 77 ");
    private static readonly Still Shot = Still.FromDigits("7", "7", "7", "8");
    private static readonly Still Coin = Still.FromDigits(" 888 ", "88788", "87888", "87888", "88888", " 888 ");
    private static readonly Still Rock = Still.FromDigits("   2222  ", " 22222222", "2222122222", "2211222222", "2222222122", " 222212222", " 22222222", "   22222");
    private static readonly Still Hero = Still.FromDigits(
        "  5555  ", " 555555 ", "  6696  ", "  6666  ", "  5555  ", " 5588555", " 6555556", "  9999  ", "  99 99 ", "  99 99 ", " 444 444");

    private static readonly Still Car = Still.FromDigits(
        "   99999999   ", "  9777777779  ", "  9777777779  ", " 333333333333 ", "33333333333333", "34433333333443", "33333333333333", "88888888888888", " 888      888 ");

    private static readonly Still Squids = Still.FromDigits([.. Enumerable.Range(0, 4).SelectMany(row => Squid.Select(line =>
        string.Concat(Enumerable.Repeat(line.Replace('#', "3467"[row]) + "   ", 5))).Append("").Append(""))]);

    private static string[] Squid => ["   ##    ", "  ####   ", " ###### ", "## ## ## ", "######## ", "  #  #   ", " # ## #  ", "# #  # # "];

    private const string Unit = "28/255";

    private const string Stars = Unit + "*(gt(mod(abs(sin(X*12.99+floor(Y)*78.2)*437.5),1),0.985)*(1+mod(X+Y+floor(t*4),2))+gt(Y,123)*2)";

    private const string Streaks =
        "st(4,floor(X/2));st(5,1+mod(ld(4)*7,3));st(6,mod(abs(sin(ld(4)*12.9)*437.5),1));" + Unit + "*lt(mod(Y-t*40*ld(5)+ld(6)*300,90),3*ld(5))*mod(X,2)*ld(5)";

    private const string Bricks =
        "st(4,floor(X/9));st(5,floor((Y-18)/5));st(6,mod(abs(sin(ld(4)*12.9+ld(5)*78.2)*437.5),1));st(7,36+30*abs(mod(t*1.1,4)/2-1)*2-30);st(8,24+84*abs(mod(t*1.6,2)-1));" +
        Unit + "*if(between(Y,112,114)*lt(abs(X-ld(7)),8),8,if(lt(hypot(X-ld(7),Y-ld(8)),2.2),8,if(between(ld(5),0,9)*gt(mod(X,9),0)*gt(mod(Y-18,5),0)*gt(ld(6)+0.06*ld(5)-0.1,(9-ld(5))*0.01+0.09*(t-0.5)),3+mod(ld(5),5),mod(floor(X/4)+floor(Y/4),2)*0.9)))";

    private const string Snake =
        "st(4,floor(X/6));st(5,floor((Y-14)/6));st(6,ld(5)*12+if(mod(ld(5),2),11-ld(4),ld(4)));st(7,mod(floor(t*14),180)+20);" +
        Unit + "*if(lt(Y,14),6,if(between(ld(6),ld(7)-24,ld(7))*gt(mod(X,6),0)*gt(mod(Y-14,6),0),if(eq(ld(6),ld(7)),5,3),if(gt(mod(abs(sin(ld(6)*12.9)*437.5),1),0.93)*gt(ld(6),ld(7))*lt(hypot(mod(X,6)-3,mod(Y-14,6)-3),2.6),4,mod(ld(4)+ld(5),2))))";

    private const string Hills =
        "st(4,96-12*abs(sin((X+t*8)/17))-6);st(5,100-8*abs(sin((X+t*18)/11+1)));st(6,mod(X+t*36,8));" +
        Unit + "*if(gte(Y,99),if(lt(Y,102),2,if(mod(floor((X+floor(t*36))/8)+floor(Y/6),2)*gt(mod(Y,6),0),4,4.2)),if(gt(Y,ld(5)),3,if(gt(Y,ld(4)),2,if(lt(hypot((mod(X+t*4,60)-30)/2.4,Y-30-6*sin(floor((X+t*4)/60)*9)),5),7,if(gt(Y,60),1,0)))))";

    // A flat road in perspective: depth is one over the distance below the horizon.
    private const string Road =
        "st(4,Y-56);st(5,30/max(ld(4),0.5));st(6,(X-36-14*sin(u)*pow(ld(5)/9,2))/max(ld(4),0.5));st(7,mod(ld(5)*2-0+t*5,2));" +
        Unit + "*if(lt(Y,56),if(lt(hypot(X-36,Y-40),17)*(lt(Y,36)+gt(mod(Y,4),1)),4+clip((44-Y)/12,0,2),if(gt(Y+4*abs(mod(X,18)-9)/3,66),8,clip((Y-6)/20,0,2.4)))," +
        "if(lt(abs(ld(6)),0.72),if(lt(abs(ld(6)),0.03)*lt(ld(7),1),9,if(gt(abs(ld(6)),0.66),if(lt(ld(7),1),3,9),8)),if(lt(ld(7),1),1,2)))";

    private const string Blocks =
        "st(4,floor(X/8)-0);st(5,floor(Y/8));st(6,floor(t/1.25));st(7,mod(t,1.25));st(8,mod(abs(sin(ld(4)*12.9+ld(5)*78.2+ld(6)*3.1)*437.5),1));" +
        Unit + "*if(gt(mod(X,8),0)*gt(mod(Y,8),0),if(eq(ld(4),mod(ld(6)*5+2,9))*between(ld(5),floor(min(ld(7)/0.9,1)*12)-0,floor(min(ld(7)/0.9,1)*12)+3),if(gt(ld(7),1),8,7)," +
        "if(gt(ld(5),11)*(1-eq(ld(4),mod(ld(6)*5+2,9))),if(gt(ld(7),1),8,3+floor(ld(8)*4)),if(gt(ld(5),9)*gt(ld(8),0.66)*(1-eq(ld(4),mod(ld(6)*5+2,9))),3+floor(ld(8)*4),1))),0)";

    private const string Court = Unit + "*if(between(Y,63,64)*lt(mod(X,6),3),3,mod(floor(X/8)+floor(Y/8),2))";

    private static Draft Game(string name, double seconds, string caption, string sound, string field, Palette palette, string tune, double step, double root, double loop, params Sprite[] sprites) =>
        new(name, seconds, caption, sound, Sprites.Screen(field, palette, sprites, loop), Chiptune(tune, step, root)) { Stills = [.. sprites.Select(sprite => sprite.Still)] };

    private static string Chiptune(string tune, double step, double root) =>
        Sound.Of(new Tune(tune, step, root * 2).Chip(0.22, 5), new Tune(tune, step * 4, root / 2).Chip(0.25, 1), Sound.Snare(step * 8, step * 4, 0.3), Sound.Hat(step * 2, 0, 0.15))
            .With("lowpass=f=7000");
}
