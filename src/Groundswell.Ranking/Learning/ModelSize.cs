using System.Globalization;

namespace Groundswell.Ranking.Learning;

/// <summary>How much a model may remember, and how it takes in what it sees.</summary>
/// <param name="Effects">Effects of everything but single viewers: videos, creators, sounds, topics. 76 bytes each.</param>
/// <param name="ViewerEffects">Effects of single viewers, alone and crossed: some ten a viewer. 140 bytes each.</param>
/// <param name="Tallies">Videos and viewers with running counts. 76 bytes each.</param>
/// <param name="LastReactions">Pairs of viewer and video whose last reaction is kept. 16 bytes each.</param>
/// <param name="SettleHours">Rest after which a viewer's plays count fully for their own level and tastes. Eight hours are a night.</param>
/// <param name="SittingShare">
/// Part that counts before. Learning at once ranks viewers against each other best, learning at rest ranks the videos of one
/// viewer best (docs/decisions/0015-ranker.md); a quarter gives up little of either.
/// </param>
public sealed record ModelSize(
    int Effects = 1 << 18, int ViewerEffects = 1 << 22, int Tallies = 1 << 18, int LastReactions = 1 << 18, double SettleHours = 8, double SittingShare = 0.25)
{
    private const int EffectsAViewer = 8;

    /// <summary>Fewer than a thousand are not worth a bound; of more than four million, viewers' effects would fit no array.</summary>
    public const int Least = 1_000, Most = 4_000_000, Usual = 50_000;

    /// <summary>What may be asked for, and what to do instead.</summary>
    public static string Range { get; } = string.Create(CultureInfo.InvariantCulture, $"choose a number of viewers from {Least} to {Most}.");

    /// <summary>Room for so many viewers and as many videos, about 1.7 kB for each pair; of a machine only what is used is taken.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not one of <see cref="Range"/>.</exception>
    public static ModelSize For(int many) => Allows(many)
        ? new(Effects: 2 * many, ViewerEffects: EffectsAViewer * many, Tallies: 4 * many, LastReactions: 2 * many)
        : throw new ArgumentOutOfRangeException(nameof(many), many, Range);

    public static bool Allows(int many) => many is >= Least and <= Most;

    /// <summary>What a server begins with; beyond, whom the model met longest ago makes room.</summary>
    public static ModelSize Served { get; } = For(Usual);

    /// <summary>For how many viewers it is made.</summary>
    public int Viewers => ViewerEffects / EffectsAViewer;
}
