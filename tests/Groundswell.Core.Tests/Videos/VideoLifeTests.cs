using CsCheck;
using Groundswell.Core.Videos;
using static Groundswell.Core.Videos.VideoStage;

namespace Groundswell.Core.Tests.Videos;

public class VideoLifeTests
{
    private static readonly VideoStage[] Stages = Enum.GetValues<VideoStage>();

    /// <summary>Every move there is, beside the one into Deleted.</summary>
    private static readonly Dictionary<VideoStage, VideoStage[]> Table = new()
    {
        [Uploaded] = [Processed, Rejected],
        [Processed] = [Reviewed, HumanReview, Rejected],
        [HumanReview] = [Reviewed, Rejected],
        [Reviewed] = [Testing, Held],
        [Held] = [HumanReview],
        [Rejected] = [HumanReview],
        [Testing] = [Testing, Widening, Open, Paused, HumanReview],
        [Widening] = [Widening, Open, Paused, Library, HumanReview],
        [Open] = [Library, HumanReview],
        [Library] = [HumanReview],
        [Paused] = [Reviving, Paused, HumanReview],
        [Reviving] = [Reviving, Widening, Open, Paused, HumanReview],
        [Deleted] = [],
    };

    [Fact]
    public void Allows_ExactlyTheMovesOfTheTable()
    {
        foreach (var from in Stages)
            foreach (var to in Stages)
                VideoLife.Allows(from, to).ShouldBe(to == Deleted ? from != Deleted : Table[from].Contains(to), $"{from} → {to}");
    }

    [Fact]
    public void Allows_NoWalkReachesAViewerWithoutReviewAndDuplicateCheck() => Gen.Int[0, 1000].Array[0, 60].Sample(choices =>
    {
        var (stage, reviewed, compared) = (Uploaded, false, false);
        foreach (var choice in choices)
        {
            var open = Stages.Where(to => to != Deleted && VideoLife.Allows(stage, to)).ToArray();
            if (open.Length == 0) return;
            var next = open[choice % open.Length];
            if (next == HumanReview) (reviewed, compared) = (false, false);
            if (next == Testing && stage != Testing) compared = reviewed && stage == Reviewed;
            reviewed |= next == Reviewed;
            stage = next;
            if (stage.IsServable() || stage.IsPublic()) (reviewed && compared).ShouldBeTrue($"{stage} was reached around the review");
        }
    }, iter: 20_000);

    [Fact]
    public void Stages_AreServableOrPublicOnlyAfterTheTestHasBegun()
    {
        Stages.Where(stage => stage.IsServable()).ShouldBe([Testing, Widening, Open, Reviving]);
        Stages.Where(stage => stage.IsPublic()).ShouldBe([Testing, Widening, Open, Library, Paused, Reviving]);
        Stages.Select(stage => stage.Title()).ShouldAllBe(title => title.Length > 0);
    }
}
