using System.Collections.Immutable;
using Groundswell.Core.Challenges;

namespace Groundswell.Demo.World;

/// <summary>What the demo's operator asks everybody to film: three challenges that clips of the demo fit.</summary>
public static class DemoChallenges
{
    public const string Operator = "operator";

    /// <summary>One that is over soon, and two that begin within the first days.</summary>
    /// <param name="start">When the demo's history begins.</param>
    /// <param name="now">When it becomes live.</param>
    public static ImmutableArray<(string Slug, ChallengeTerms Terms)> All(DateTimeOffset start, DateTimeOffset now) =>
    [
        ("ten-seconds-of-sea", new ChallengeTerms(
            "Ten seconds of sea",
            "Point at water and hold still. Surf, a puddle, the bath: as long as it moves and you do not. The quietest one wins.",
            ["ocean", "sea", "waves"], null, start, now.AddDays(3))),
        ("one-rule-a-world", new ChallengeTerms(
            "One rule, a world",
            "Write down one rule, let it run, and show us what grows. Fractals, automata, tilings: no hand on the wheel once it has begun.",
            ["fractal", "automata", "symmetry"], null, start + ((now - start) / 8), now.AddDays(10))),
        ("hum-it-back", new ChallengeTerms(
            "Hum it back",
            "A melody of your own, short enough that a stranger can hum it back after hearing it once.",
            ["music", "melody", "beat"], null, start + ((now - start) / 4), now.AddDays(17))),
    ];
}
