using Groundswell.Core.Chances;

namespace Groundswell.Demo.People;

/// <summary>What viewers write, by mood.</summary>
internal static class Comments
{
    private static readonly string[] Delighted =
    [
        "how is this not everywhere yet", "watched it four times, sending help", "the ending got me", "okay this one goes in the saved folder",
        "i can hear the colours", "more of this and less of everything else", "my whole commute just improved", "who gave you permission to be this good",
        "the loop is so clean", "instant follow", "showed this to my sister, she is hooked too", "i needed exactly this today",
        "the sound though", "frame this please", "ten out of ten, no notes", "you made my tuesday",
    ];

    private static readonly string[] Pleased =
    [
        "nice one", "this is lovely", "great colours", "part two?", "simple and good", "subtle, i like it", "what did you use for this?",
        "came for the thumbnail, stayed for the sound", "neat idea", "good start to the day", "how long did this take?", "quietly brilliant",
    ];

    private static readonly string[] Unmoved =
    [
        "not my thing but well made", "felt long", "why is this in my feed", "i do not get it", "seen this before?", "the sound is too much for me",
        "ends just when it starts", "hmm", "maybe with headphones", "next",
    ];

    /// <summary>A comment or none: the charmed write most, the annoyed sometimes, the indifferent never; nobody before three seconds.</summary>
    public static string? Maybe(SyntheticViewer viewer, double appeal, int playedMs, Chance chance)
    {
        if (playedMs < 3000) return null;
        var urge = appeal > 0.5 ? 1.4 * appeal : appeal < 0.25 ? 0.25 : 0;
        if (!chance.For("urge").Hits(viewer.CommentPropensity * urge)) return null;
        var words = appeal > 0.75 ? Delighted : appeal > 0.5 ? Pleased : Unmoved;
        return words[chance.For("words").Below(words.Length)];
    }
}
