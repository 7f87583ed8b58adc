using System.Collections.Immutable;
using Groundswell.Core.Videos;

namespace Groundswell.Ranking.Catalogue;

/// <summary>The most widely finished videos of one genre when the shelf was made: what a viewer nobody knows is asked with.</summary>
/// <param name="Finishers">How many people the genre has held, and one for each video besides.</param>
/// <param name="Best">At most <see cref="Most"/> videos, the most widely finished first.</param>
public sealed record GenreLeaders(int Genre, int Finishers, ImmutableArray<VideoCell> Best)
{
    /// <summary>More than anybody meets while being asked.</summary>
    public const int Most = 40;

    internal static bool MayLead(VideoCell cell) => cell.State.Stage is VideoStage.Open or VideoStage.Widening;

    internal static GenreLeaders Of(IGrouping<int, VideoCell> genre) => new(
        genre.Key,
        genre.Sum(cell => 1 + cell.State.Evidence.Actions.Completion),
        [.. genre.OrderByDescending(Finished).ThenBy(cell => cell.State.Id.Value).Take(Most)]);

    /// <summary>Share of views that finished, shrunk by ten views that did so one time in three.</summary>
    private static double Finished(VideoCell cell) =>
        (cell.State.Evidence.Actions.Completion + 3.3) / (cell.State.Evidence.Totals.Views + 10);
}
