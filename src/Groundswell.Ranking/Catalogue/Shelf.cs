using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Numerics.Tensors;
using Groundswell.Core;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Retrieval;

namespace Groundswell.Ranking.Catalogue;

/// <summary>
/// The servable videos at one moment: what a feed request reads. Which videos lie in which stage is of that moment; their
/// states, and what an index finds, are of now.
/// </summary>
/// <param name="byStage">By number of the stage.</param>
/// <param name="standing">How videos stand with the audience, as of now or a moment ago.</param>
public sealed class Shelf(
    ImmutableArray<CellList> byStage, CellList openForAdults, NearIndexes near, Standing standing,
    ConcurrentDictionary<VideoId, VideoCell> videos, ConcurrentDictionary<CreatorId, ImmutableArray<VideoCell>> byCreator)
{
    public static Shelf Empty { get; } = new([.. Enum.GetValues<VideoStage>().Select(_ => CellList.Empty)], CellList.Empty, NearIndexes.Of(genres: 1), Standing.Nothing, [], []);

    /// <summary>How they stand with the audience.</summary>
    public Standing Standing => standing;

    /// <summary>Open videos, and those in waves, by nearness to a taste.</summary>
    public NearIndexes Near => near;

    /// <summary>How many videos there are to show to everybody besides those on trial: one in a niche leaves the catalogue as young as it was.</summary>
    public int PastTheirTest { get; } = byStage[(int)VideoStage.Open].Count + byStage[(int)VideoStage.Widening].Count(cell => cell.State.Niche is null);

    /// <summary>Servable videos, stage by stage.</summary>
    public IEnumerable<VideoCell> Cells => byStage.SelectMany(list => list);

    /// <summary>Open videos and those in waves, the newest first.</summary>
    public IEnumerable<VideoCell> Newest => CellList.Merge(In(VideoStage.Open), In(VideoStage.Widening));

    /// <summary>Videos that were in a servable stage when the shelf was made, the newest first.</summary>
    public CellList In(VideoStage stage) => byStage[(int)stage];

    /// <summary>Of the open videos, those that only adults may see.</summary>
    public CellList OpenForAdults => openForAdults;

    /// <summary>Videos on their second hearing, the one that has been on it longest first: a page asks for a few, and should not look at all.</summary>
    public ImmutableArray<VideoCell> Revivals { get; } = [.. byStage[(int)VideoStage.Reviving].OrderBy(cell => cell.State.TestedAt).ThenBy(cell => cell.Id.Value)];

    /// <summary>A public video, also a paused one or one of the library; null where there is none.</summary>
    public VideoCell? Find(VideoId id) => videos.GetValueOrDefault(id) is { State: var state } cell && state.Stage.IsPublic() ? cell : null;

    /// <summary>A creator's public videos.</summary>
    public IEnumerable<VideoCell> Of(CreatorId creator) => byCreator.GetValueOrDefault(creator, []).Where(cell => cell.State.Stage.IsPublic());

    /// <summary>Cosine of two unit vectors in content space; 0 where one is empty.</summary>
    public static float Similarity(ReadOnlySpan<float> left, ReadOnlySpan<float> right) =>
        left.IsEmpty || right.IsEmpty ? 0 : TensorPrimitives.Dot(left, right);
}

/// <summary>One index for what everybody may see and one for what is in waves: few are, and a search among all would read too many to find them.</summary>
public sealed record NearIndexes(JointSpace Space, NearIndex Open, NearIndex Widening)
{
    public static NearIndexes Of(int genres)
    {
        var space = new JointSpace(genres);
        return new NearIndexes(space, new NearIndex(space.Reach()), new NearIndex(space.Reach()));
    }

    /// <summary>Where videos of a stage are found; null where none are.</summary>
    internal NearIndex? Of(VideoStage stage) => stage switch { VideoStage.Open => Open, VideoStage.Widening => Widening, _ => null };
}
