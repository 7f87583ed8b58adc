namespace Groundswell.Demo.Clips;

/// <summary>Melodies you can read: the picture computes its notes from the same digits as the sound.</summary>
internal static class Music
{
    public const string Genre = "music";

    public static IReadOnlyList<Draft> Drafts =>
    [
        Roll("falling-piano", 10, "learned this one by watching the blocks fall #piano #melody #music", "Blocks Fall",
            Lullaby, Palette.Candy, Sound.Of(Lullaby.Pluck(0.5, 3), Under(Lullaby)).Hall()),
        Roll("night-roll", 13, "four chords at 3am, the neighbours are on holiday #piano #song #latenight", "Neighbours on Holiday",
            Nocturne, Palette.Ice, Sound.Of(Nocturne.Pluck(0.5, 2), Under(Nocturne)).Hall()),
        new("harp-strings", 8, "seven strings, sixteen notes, one try #melody #guitar #strings", "One Try",
            Plucked(Harp, Palette.Gold), Sound.Of(Harp.Pluck(0.5, 4), Under(Harp)).Room()),
        new("xylophone-jump", 6, "the bars jump when i hit them, promise #music #drums #xylophone", "Bars Jump",
            Bars(Xylophone), Sound.Of(Xylophone.Bell(0.5, 7), Sound.Wood(0.2, 0, 1200, 0.15)).Room()),
        new("ripple-notes", 9, "every note drops a ripple #melody #musician #ripples", "Every Note",
            Ripples(Drops, Palette.Lagoon), Sound.Of(Drops.Bell(0.4, 4), Under(Drops)).Hall()),
        new("music-box", 7, "found grandma's music box, drew how it works #song #melody #musicbox", "Grandma's Box",
            Box(Wheel, Palette.Even(0x2B1D2A, 0x6B3E4E, 0xD9A066, 0xFFF0CF)), Sound.Of(Wheel.Bell(0.4, 2.5)).Hall()),
        new("flute-line", 11, "one flute, one line, no cover version exists #cover #musician #flute", "No Cover",
            Line(Air, Palette.Peach), Sound.Of(Air.Flute(0.5), Sound.Pad(0.06, Air.RootHz / 2, Air.RootHz * 0.75)).Hall()),
        Roll("band-practice", 5, "band practice: three of us are the same person #band #drums #music", "Same Person",
            Practice, Palette.Neon, Sound.Of(Practice.Chip(0.18, 4), Under(Practice), Sound.Kick(0.6), Sound.Snare(1.2, 0.6), Sound.Hat(0.3, 0.15))),
    ];

    private static Tune Lullaby => new("1350264753016420", 0.3, 262);
    private static Tune Nocturne => new("1030507040602050", 0.36, 196, 4);
    private static Tune Harp => new("1234567531642753", 0.22, 220);
    private static Tune Xylophone => new("1353646474532130", 0.2, 523);
    private static Tune Drops => new("1005003070040620", 0.4, 294);
    private static Tune Wheel => new("5353176253531642", 0.25, 392);
    private static Tune Air => new("1233566532112350", 0.45, 330, 4);
    private static Tune Practice => new("1151337155113742", 0.15, 165, 4);

    private static string Under(Tune tune) => (tune with { StepSeconds = tune.StepSeconds * 4, RootHz = tune.RootHz / 2 }).Bass(0.25, 1);

    private static double Cycle(Tune tune) => tune.Steps.Length * tune.StepSeconds;

    private static Draft Roll(string name, double seconds, string caption, string title, Tune tune, Palette palette, string sound) =>
        new(name, seconds, caption, title, PianoRoll(tune, palette), sound) { Stills = [Sheet(tune)] };

    // The score twice, bottom up, so that a window of it can slide down one whole tune without a seam.
    private static Still Sheet(Tune tune)
    {
        var rows = 2 * tune.Steps.Length * StepRows;
        var pixels = new byte[KeyColumns * 7 * rows];
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < KeyColumns * 7; column++)
            {
                var fromBottom = rows - 1 - row;
                var key = column / KeyColumns;
                var note = tune.Steps[fromBottom / StepRows % tune.Steps.Length] - '1' == key;
                var inside = column % KeyColumns > 0 && fromBottom % StepRows is > 0 and < StepRows - 1;
                pixels[row * KeyColumns * 7 + column] = (byte)(note && inside ? 150 + 15 * key : 22 + 14 * (key % 2));
            }
        return new Still(KeyColumns * 7, rows, [.. pixels]);
    }

    private const int KeyColumns = 8;
    private const int StepRows = 10;
    private const int RowPixels = 12;

    // The note that reaches the keys is the note that sounds: one step slides by in one step's time.
    private static string PianoRoll(Tune tune, Palette palette)
    {
        var tall = 2 * tune.Steps.Length * StepRows * RowPixels;
        var slide = FormattableString.Invariant($"{tall - 640}-mod(t,{Cycle(tune):0.####})*{StepRows * RowPixels / tune.StepSeconds:0.####}");
        var keys = $"st(4,eq({tune.DigitNow("T")},X+1)*exp(-4*{tune.SinceStep("T")}));0.7+0.3*ld(4)-0.06*mod(X,2)";
        return $"[0:v]format=gray,scale=432:{tall}:flags=neighbor,loop=loop=-1:size=1,setpts=N/24/TB,crop=432:640:0:'{slide}'[roll];" +
            $"{Field.Grid(keys, 7, 2)},scale=432:128:flags=neighbor,drawgrid=w=61.7:h=200:t=3:c=black@0.5[keys];[roll][keys]vstack,{palette.Filter}";
    }

    private static string Plucked(Tune tune, Palette palette) => Field.Loop(
        $"st(4,floor((x+0.5625)*6.222));st(5,(x+0.5625)*6.222-ld(4)-0.5);st(6,eq({tune.DigitNow()},ld(4)+1)*exp(-5*{tune.SinceStep()}));" +
        "st(7,abs(ld(5)-0.4*ld(6)*cos(PI*y/2)*sin(40*t)));0.1+0.06*(1-y*y)+clip(1.1-ld(7)*9,0,1)*(0.45+0.5*ld(6))+0.5*ld(6)*exp(-9*ld(7))+0.25*lt(abs(abs(y)-0.93),0.04)",
        palette, Cycle(tune));

    private static string Bars(Tune tune) => Field.Loop(
        $"st(4,floor((y+1)*3.5));st(5,(y+1)*3.5-ld(4)-0.5);st(6,eq({tune.DigitNow()},7-ld(4))*exp(-9*{tune.SinceStep()}));st(7,0.5-0.035*(6-ld(4))+0.03*ld(6));" +
        "if(lt(abs(x),ld(7))*lt(abs(ld(5)),0.34+0.1*ld(6)),if(lt(hypot(abs(x)-ld(7)+0.06,ld(5)/3.5),0.022),0,0.28+0.1*(6-ld(4))),0.02+0.05*lt(abs(abs(x)-0.24),0.03))",
        Palette.Even(0x1F1A2E, 0x3D3A5C, 0xE63946, 0xF3722C, 0xF9C74F, 0x90BE6D, 0x43AA8B, 0x577590, 0xC77DFF), Cycle(tune), 72);

    // The last two notes are still spreading: register 4 is the step, 7 the distance from where it fell.
    private static string Ripples(Tune tune, Palette palette) => Field.Loop(
        "st(8,0.1);" + string.Concat(Enumerable.Range(0, 2).Select(back => FormattableString.Invariant(
            $"st(4,max(0,floor(t/{tune.StepSeconds})-{back}));st(5,{tune.DigitAt("ld(4)")});if(ld(5),st(6,t-ld(4)*{tune.StepSeconds});st(7,hypot(x-0.42*sin(ld(4)*2.4),y-0.75+0.21*ld(5)));st(8,ld(8)+0.8*exp(-500*pow(ld(7)-0.28*ld(6),2))*exp(-0.9*ld(6))+0.9*exp(-300*ld(7)*ld(7))*exp(-4*ld(6))),0);"))) +
        "min(1,ld(8)+0.06*sin(4*y+u))",
        palette, Cycle(tune), columns: 45, framesPerSecond: 16);

    private static string Box(Tune tune, Palette palette) => Field.Loop(
        FormattableString.Invariant($"st(4,mod(a+PI/2+u+20*PI,2*PI)*16/(2*PI));st(5,{tune.DigitAt("ld(4)")});st(6,0.14+0.046*ld(5));") +
        $"st(7,hypot(r-ld(6),(mod(ld(4),1)-0.5)*r*0.39));st(8,exp(-6*{tune.SinceStep()}));" +
        "if(lt(r,0.52),0.36+0.04*sin(90*r)-0.12*lt(r,0.09)+gt(ld(5),0)*0.6*clip(40*(0.026-ld(7)),0,1),0.12+0.05*sin(3*y))+0.5*lt(abs(x),0.012)*between(y,-0.56,-0.12)+0.3*ld(8)*exp(-90*(x*x+pow(y+0.62,2)))",
        palette, Cycle(tune), 63, 12);

    private static string Line(Tune tune, Palette palette) => Field.Loop(
        FormattableString.Invariant($"st(4,max(0,t/{tune.StepSeconds}+(-y-0.1)*3));st(5,{tune.DigitAt("ld(4)")});st(6,{tune.DigitAt("ld(4)+1")});st(7,mod(ld(4),1));st(7,ld(7)*ld(7)*(3-2*ld(7)));st(8,-0.4+0.115*(ld(5)+(ld(6)-ld(5))*ld(7)));") +
        "0.08+0.5*exp(-40*abs(x-ld(8)))+0.5*clip(1-abs(x-ld(8))*30,0,1)+0.9*exp(-500*(pow(x-ld(8),2)+pow(y+0.1,2)))+0.06*lt(mod(x*8+9,1),0.05)",
        palette, Cycle(tune), columns: 45, framesPerSecond: 12);
}
