using Groundswell.Core;
using Groundswell.Core.Taste;
using Groundswell.Core.Videos;
using Groundswell.Lab.Simulations;
using Groundswell.Lab.Simulations.Creators;
using Groundswell.Lab.Simulations.Measuring;
using Groundswell.Lab.Simulations.World;

namespace Groundswell.Lab.Tests.Simulations.Measuring;

/// <summary>A world of four days whose uploads are made by hand.</summary>
public class FiguresTests
{
    private const int Short = 5_000, Long = 120_000, Days = 4;

    private readonly Gauge _gauge = new(Start.Of);
    private readonly List<Maker> _makers = [];

    /// <summary>Every long one earns more than every short one, and yet half of each are of the worse half.</summary>
    [Fact]
    public void Ranks_AreWithinTheDurationBucket()
    {
        VideoTrack[] tracks = [Upload(3, Long), Upload(1, Short), Upload(9, Long), Upload(2, Short)];
        var ranks = Figures.Ranks(tracks, track => track.Video.TrueScore);
        tracks.Select(track => ranks[track]).ShouldBe([0.25, 0.25, 0.75, 0.75]);
    }

    /// <summary>Ten short uploads, the best and one of the worse half let through; ten long ones, of which only the best is not.</summary>
    [Fact]
    public void Discovery_IsOfTheBestTenthAndTheWorseHalfOfEachBucket()
    {
        for (var score = 0; score < 10; score++)
        {
            Upload(score, Short, reached: score is 9 or 2);
            Upload(100 + score, Long, reached: score != 9, paused: score == 9);
        }

        var discovery = Live().Discovery;
        discovery.Uploads.ShouldBe(20);
        discovery.TopReached.ShouldBe(0.5);
        discovery.TopMissed.ShouldBe(0.5);
        discovery.TopOnTheWay.ShouldBe(0);
        discovery.BottomReached.ShouldBe(0.6);
        discovery.Precision.ShouldNotBeNull().ShouldBe(5.0 / 11, 1e-9);
        discovery.Reached.ShouldBe(0.55);
    }

    [Fact]
    public void Discovery_LeavesOutTheYoungAndTheDriven()
    {
        Upload(1, Short, reached: true);
        Upload(2, Short, at: Start.Of.AddDays(Days - 1));
        Upload(3, Short, driven: true);
        var discovery = Live().Discovery;
        (discovery.Uploads, discovery.Reached).ShouldBe((1, 1.0));
    }

    /// <summary>Gini of 0, 1, 3: the mean difference of all pairs over twice the mean, 4/3 over 8/3.</summary>
    [Fact]
    public void Exposure_OfThreeUploadsByTwoCreators()
    {
        foreach (var (impressions, creator) in ((int, int)[])[(3, 1), (0, 2), (1, 1)]) Upload(1, Short, impressions: impressions, creator: creator);

        var result = Live();
        result.Exposure.Gini.ShouldNotBeNull().ShouldBe(0.5, 1e-9);
        result.Exposure.CreatorGini.ShouldNotBeNull().ShouldBe(0.5, 1e-9);
        result.Exposure.TopShare.ShouldBe(0.75);
        (result.Curves.Lorenz[0], result.Curves.Lorenz[^1]).ShouldBe((0.0, 1.0));
        result.Curves.Lorenz[14].ShouldBe(0.25, "the two least seen of three");
    }

    /// <summary>The engine takes the best first, and two others before the second best.</summary>
    [Fact]
    public void PrecisionAtRecall_TakesTheHighestScoresFirst()
    {
        for (var score = 0; score < 20; score++) Upload(score, Short, engineScore: score == 18 ? 15.5 : score);
        Live().Curves.PrecisionAtRecall.ShouldBe([.. Enumerable.Repeat(1.0, 11), .. Enumerable.Repeat(0.5, 10)]);
    }

    [Fact]
    public void PrecisionAtRecall_IsZeroWhereNothingIsFound()
    {
        for (var score = 0; score < 10; score++) Upload(score, Short);
        Live().Curves.PrecisionAtRecall.ShouldAllBe(precision => precision == 0);
    }

    [Fact]
    public void Retention_FallsWithEachWhoGivesUpAndEndsAtTheFigure()
    {
        foreach (var day in (int?[])[null, null, 1, 3]) Creator(Start.Of.AddDays(-1), day);
        Creator(Start.Of.AddDays(-1), -0.5);
        Creator(Start.Of.AddDays(1), 2);

        var result = Live();
        result.Curves.Days.Select(day => day.CreatorRetention).ShouldBe([1, 0.75, 0.75, 0.5]);
        (result.Creators.Creators, result.Creators.Retention, result.Creators.NoviceRetention).ShouldBe((4, 0.5, 0.0));
    }

    [Fact]
    public void ShareOfNothing_IsNotKnown()
    {
        var result = Live();
        foreach (var figure in Figure.All.Where(figure => figure.Unit is Unit.Share or Unit.Ratio)) figure.Of(result).ShouldBeNull(figure.Name);
        result.Curves.Days.Length.ShouldBe(Days);
    }

    private SimulationResult Live() => Figures.Of(new Scenario("made", Days: Days), 1, "", _gauge, [], _makers, new EntryDigest(), Start.Of.AddDays(Days));

    private void Creator(DateTimeOffset arrives, double? gaveUp) =>
        _makers.Add(new Maker(new CreatorId(_makers.Count + 1), _makers.Count, 0, 1, [0], arrives) { GaveUpAt = gaveUp is { } day ? Start.Of.AddDays(day) : null });

    private VideoTrack Upload(
        double trueScore, int durationMs, bool reached = false, bool paused = false, int impressions = 0, int creator = 1, double? engineScore = null, bool driven = false, DateTimeOffset? at = null)
    {
        var id = new VideoId(_gauge.Tracks.Count + 1);
        var track = _gauge.Track(new HiddenVideo(id, new CreatorId(creator), 0, [new GenreShare(0, 1)], durationMs, null, trueScore), at ?? Start.Of, driven);
        (track.Reached, track.Impressions) = (reached, impressions);
        if (paused) track.Steps.Add(new Step(Start.Of, VideoStage.Paused, 0));
        if (engineScore is not null) (track.Score, track.VerdictAt) = (engineScore, Start.Of.AddHours(1));
        return track;
    }
}
