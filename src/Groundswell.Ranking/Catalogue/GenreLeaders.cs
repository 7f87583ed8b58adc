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

    internal static bool MayLead(VideoCell cell) => cell.State is { Stage: VideoStage.Open or VideoStage.Widening, Niche: null };

    /// <summary>Share of views that finished, shrunk by ten views that did so one time in three.</summary>
    private static double Finished(VideoState video) =>
        (video.Evidence.Actions.Completion + 3.3) / (video.Evidence.Totals.Views + 10);

    /// <summary>The leaders of a genre while its videos are being looked at.</summary>
    internal sealed class Sketch(int genre)
    {
        private readonly PriorityQueue<VideoCell, (double Finished, long Last)> _worstFirst = new();
        private int _finishers;

        public void Look(VideoCell cell, VideoState video)
        {
            _finishers += 1 + video.Evidence.Actions.Completion;
            _worstFirst.Enqueue(cell, (Finished(video), -cell.Id.Value));
            if (_worstFirst.Count > Most) _worstFirst.Dequeue();
        }

        public GenreLeaders Made() => new(genre, _finishers, [.. _worstFirst.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => item.Element)]);
    }
}
