using System.Collections.Immutable;
using Groundswell.Core.Chances;
using Groundswell.Demo.People;

namespace Groundswell.Demo.Clips;

/// <summary>Every clip of the demo, in upload order.</summary>
public static class ClipRecipes
{
    private static readonly ImmutableArray<(string Genre, IReadOnlyList<Draft> Drafts)> Shelves =
    [
        (Fractals.Genre, Fractals.Drafts), (Gaming.Genre, Gaming.Drafts), (Nature.Genre, Nature.Drafts), (Music.Genre, Music.Drafts),
        (Patterns.Genre, Patterns.Drafts), (Animation.Genre, Animation.Drafts), (Waves.Genre, Waves.Drafts), (Words.Genre, Words.Drafts),
        (Science.Genre, Science.Drafts), (Rhythm.Genre, Rhythm.Drafts), (Automata.Genre, Automata.Drafts), (Calm.Genre, Calm.Drafts),
    ];

    /// <summary>The genres that have clips, as names of the taxonomy.</summary>
    public static ImmutableArray<string> Genres { get; } = [.. Shelves.Select(shelf => shelf.Genre)];

    /// <summary>
    /// The same list for the same seed: rounds of one clip of every genre (so the first twelve show twelve genres), the flawed
    /// ones mixed in behind the first two rounds. The seed decides who uploads what, in which order, and how good it is.
    /// </summary>
    public static ImmutableArray<ClipRecipe> All(ulong seed)
    {
        var chance = new Chance(seed).For("clips");
        var creators = Creators.Roster(seed);
        var regular = Shelves
            .SelectMany(shelf => Rounds(shelf, chance))
            .OrderBy(clip => clip.Round)
            .Select(clip => Recipe(ClipPurpose.Regular, clip.Genre, clip.Draft, creators, chance))
            .ToList();
        var flawed = Flawed.Drafts.Select(flaw => Recipe(flaw.Purpose, flaw.Genre, flaw.Draft, creators, chance)).ToList();
        return [.. Mixed(regular, flawed)];
    }

    // The first clip of a shelf is its showpiece and opens; the seed orders the others.
    private static IEnumerable<(int Round, string Genre, Draft Draft)> Rounds((string Genre, IReadOnlyList<Draft> Drafts) shelf, Chance chance) =>
        shelf.Drafts
            .OrderBy(draft => draft == shelf.Drafts[0] ? -1 : chance.For("order").For(draft.Name).Unit())
            .Select((draft, round) => (round, shelf.Genre, draft));

    private static IEnumerable<ClipRecipe> Mixed(List<ClipRecipe> regular, List<ClipRecipe> flawed)
    {
        var quiet = 2 * Shelves.Length;
        var gap = (regular.Count - quiet) / (flawed.Count + 1);
        for (var i = 0; i < regular.Count; i++)
        {
            yield return regular[i];
            var turn = (i + 1 - quiet) / gap - 1;
            if (i + 1 > quiet && (i + 1 - quiet) % gap == 0 && turn < flawed.Count) yield return flawed[turn];
        }
    }

    private static ClipRecipe Recipe(ClipPurpose purpose, string genre, Draft draft, ImmutableArray<SyntheticCreator> creators, Chance chance)
    {
        var own = creators.Where(creator => creator.Genre == genre).ToList();
        var creator = own[chance.For("creator").For(draft.Name).Below(own.Count)];
        return new ClipRecipe(
            draft.Name, genre, (int)Math.Round(draft.Seconds * 1000), draft.Caption, draft.Hashtags, draft.SoundTitle, creator.Handle, purpose,
            Quality(purpose, creator.Talent, chance.For("quality").For(draft.Name)), draft.Scene);
    }

    // Half talent, half the day's luck; a dull clip is dull whoever made it.
    private static double Quality(ClipPurpose purpose, double talent, Chance chance) => purpose switch
    {
        ClipPurpose.Dull => 0.04 + 0.06 * chance.Unit(),
        ClipPurpose.NeedsReviewer => 0.15 + 0.2 * chance.Unit(),
        _ => Math.Clamp(0.5 * talent + 0.25 + 0.2 * chance.Normal(), 0.05, 0.98),
    };
}
