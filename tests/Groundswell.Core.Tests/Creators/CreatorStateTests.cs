using Groundswell.Core.Audience;
using Groundswell.Core.Creators;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Tests.Fixtures;
using Groundswell.Core.Videos;

namespace Groundswell.Core.Tests.Creators;

public class CreatorStateTests
{
    [Fact]
    public void Fold_KnowsThePaceOfUploads()
    {
        var state = Uploads(0, 10, 30);

        (state.Uploads, state.MeanPauseHours, state.LastUploadAt).ShouldBe((3, 15, Given.Now.AddHours(30)));
    }

    [Theory]
    [InlineData(70, false)]
    [InlineData(78, false)]
    [InlineData(79, true)]
    public void IsQuiet_AfterTwoDaysAndTwiceTheUsualPause(int hour, bool quiet) =>
        Uploads(0, 10, 30).IsQuiet(RevivalRules.Default, Given.Now.AddHours(hour)).ShouldBe(quiet);

    [Fact]
    public void Fold_ClosesASessionAfterHalfAnHour()
    {
        var state = new[] { 0, 20, 50, 81, 90, 200 }.Aggregate(
            Given.NewCreator, (creator, minute) => creator.Fold(new CreatorSeen(Given.Now.AddMinutes(minute), Given.Creator, "Ada")));

        (state.Sessions, state.MeanSessionMinutes, state.LastSessionMinutes).ShouldBe((2, 29.5, 9));
    }

    [Fact]
    public void Fold_KeepsTheFirstVerdictOfTheFirstFiveVideos()
    {
        var state = Given.NewCreator;
        state.Record.ShouldBe(CreatorRecord.None);
        for (var i = 0; i < 8; i++) state = state.Fold(Given.Moved(VideoStage.Testing, VideoStage.Open, Given.Now, video: new VideoId(i / 2)));
        state.Verdicts.Select(verdict => verdict.Video.Value).ShouldBe([0, 1, 2, 3]);
        state.Record.ShouldBe(CreatorRecord.Some);
        for (var i = 8; i < 20; i++) state = state.Fold(Given.Moved(VideoStage.Testing, VideoStage.Open, Given.Now, video: new VideoId(i)));
        state.Verdicts.Length.ShouldBe(5);
        state.Record.ShouldBe(CreatorRecord.Full);
        state.Fold(Given.Moved(VideoStage.Widening, VideoStage.Paused, Given.Now)).ShouldBe(state);
    }

    [Fact]
    public void Fold_CountsFollowersButNoDisqualifiedOnes()
    {
        var watching = new Watching();
        var follow = watching.Send(SignalType.Follow);

        Given.NewCreator.Fold(follow).Followers.ShouldBe(1);
        Given.NewCreator.Fold(watching.Send(SignalType.Follow)).Followers.ShouldBe(0);
        Given.NewCreator.Fold(watching.Send(SignalType.Unfollow)).Followers.ShouldBe(0);
    }

    [Fact]
    public void Json_ComesBackEqualAndGoesOnEqually()
    {
        var prefix = Uploads(0, 10).Fold(Given.Moved(VideoStage.Testing, VideoStage.Open, Given.Now));
        var next = new CreatorSeen(Given.Now.AddDays(3), Given.Creator, "Ada");

        Given.Json(Given.Through(prefix).Fold(next)).ShouldBe(Given.Json(prefix.Fold(next)));
    }

    [Theory]
    [InlineData(0, 300, 80, 0, 0)]
    [InlineData(1, 300, 80, 0, 12)]
    [InlineData(5, 300, 80, 0, 60)]
    [InlineData(5, 300, 80, 30, 30)]
    [InlineData(5, 12, 80, 0, 2.4)]
    [InlineData(5, 300, 10, 0, 10)]
    [InlineData(1, 300, 10, 0, 2)]
    public void Authority_IsWorthAFifthOfABatchOrAsMuchAsThePeersAtMostAndDecays(int verdicts, int batch, double peers, int days, double weight) =>
        Authority.Weight(Judged(verdicts), peers, batch, AuthorityRules.Default, Given.Now.AddDays(days)).ShouldBe(weight, 1e-9);

    [Fact]
    public void Authority_MovesAPriorByScoresAndNeverByFollowers()
    {
        var prior = new ScorePrior(4, 30, 60);

        Authority.Move(prior, Judged(5), 300, AuthorityRules.Default, Given.Now).ShouldBe(new ScorePrior(7, 30, 120));
        Authority.Move(prior, Judged(5) with { Followers = 1_000_000 }, 300, AuthorityRules.Default, Given.Now).ShouldBe(new ScorePrior(7, 30, 120));
        Authority.Move(prior, Judged(5), 300, AuthorityRules.Default with { Enabled = false }, Given.Now).ShouldBe(prior);
        Authority.Move(prior, Given.NewCreator, 300, AuthorityRules.Default, Given.Now).ShouldBe(prior);
    }

    private static CreatorState Uploads(params int[] hours) =>
        hours.Aggregate(Given.NewCreator, (creator, hour) => creator.Fold(Given.Uploaded(at: Given.Now.AddHours(hour))));

    private static CreatorState Judged(int verdicts) => Given.NewCreator with
    {
        Verdicts = [.. Enumerable.Range(0, verdicts).Select(i => new FirstVerdict(new VideoId(i), 10, 4, Given.Now))],
    };
}
