using System.Collections.Immutable;

namespace Groundswell.Demo.Clips;

/// <summary>The deliberately flawed clips: copies, clips that a reviewer must see, and dull ones.</summary>
internal static class Flawed
{
    public static IReadOnlyList<(ClipPurpose Purpose, string Genre, Draft Draft)> Drafts =>
    [
        (ClipPurpose.NearDuplicate, Nature.Genre, Copy(Nature.Drafts[0], "orange-sea-again", "sunset from my balcony, no filter #sunset #ocean #nofilter", "crop=412:732:10:18,eq=brightness=0.04")),
        (ClipPurpose.NearDuplicate, Animation.Genre, Copy(Animation.Drafts[0], "bean-repost", "this little guy lives in my head #animation #cartoon #repost", "crop=420:746:6:8,eq=brightness=-0.03:saturation=1.1")),
        (ClipPurpose.NeedsReviewer, Rhythm.Genre, new("white-strobe", 6, "turn it up and stare straight at it #strobe #techno #beat", "Strobe Tool",
            Field.Smooth("gt(mod(t,0.16667),0.0833)*(1-0.2*r)", Palette.Even(0x000000, 0xFFFFFF), 36), Sound.Of(Sound.Kick(0.333), Sound.Hat(0.1667)))),
        (ClipPurpose.NeedsReviewer, Calm.Genre, new("lens-cap", 8, "just listen, nothing to see here #ambient #sleep", "Lens Cap",
            Field.Smooth("0.5+0.3*sin(3*y+t)", Palette.Even(0x000000, 0x040406), 36), Sound.Of(Sound.Pad(0.2, 98, 147)).With("lowpass=f=900"))),
        (ClipPurpose.NeedsReviewer, Gaming.Genre, Gaming.CoinRain(
            "free-coins", 5, "giveaway scam or legit? free coins for everyone who comments #gaming #game", "Coin Jingle")),
        (ClipPurpose.Dull, Words.Genre, new("grey-wall", 9, "my wall again #story #quotes", "Room Tone", "color=c=0x8A8A8A:s=432x768:r=24", "anullsrc=r=44100:cl=mono")),
        (ClipPurpose.Dull, Science.Genre, new("pocket-recording", 12, "forgot to stop the camera #science #tech", "Pocket", "color=c=0x2B2B2E:s=432x768:r=24", "anullsrc=r=44100:cl=mono")),
    ];

    private static Draft Copy(Draft original, string name, string caption, string change) => original with
    {
        Name = name,
        Caption = caption,
        SoundTitle = "original sound",
        Picture = $"{original.Picture},{change},scale={Rendering.Width}:{Rendering.Height}",
    };
}
