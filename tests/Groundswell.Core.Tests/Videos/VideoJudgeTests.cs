using Groundswell.Core.Audience;
using Groundswell.Core.Chances;
using Groundswell.Core.Creators;
using Groundswell.Core.Tests.Fixtures;
using Groundswell.Core.Trends;
using Groundswell.Core.Videos;

namespace Groundswell.Core.Tests.Videos;

public class VideoJudgeTests
{
    private static readonly DateTimeOffset Now = Given.Now;
    private static readonly Rules Rules = Given.Rules with { Gate = new GateRules(Absolute: 4) };
    private static readonly VideoJudge Judge = new(Rules, new Chance(1));

    /// <summary>Batch 300, waves of 3 000, 9 990 and 99 900.</summary>
    private static readonly Surroundings Large = new(Given.NewCreator, Peers.None(Rules.Gate, Rules.Points)[DurationBucket.Under15s], 1_000_000, TopicLift.None, Seen: 77);

    /// <summary>Batch 12; even the first wave would be wider than the audience.</summary>
    private static readonly Surroundings Tiny = Large with { WeeklyViewers = 50 };

    private static readonly Surroundings Quiet = Large with { Creator = Given.NewCreator with { LastUploadAt = Now.AddDays(-9) } };

    private static readonly Dictionary<string, (VideoState Video, Surroundings Around, VideoStage? To, int Wave, ReasonCode Why)> Table = new()
    {
        ["goes on"] = (Testing(Given.Views(11, 18)), Large, null, 0, default),
        ["widens"] = (Testing(Given.Views(100, 18)), Large, VideoStage.Widening, 1, ReasonCode.GateCleared),
        ["pauses"] = (Testing(Given.Views(100, 0)), Large, VideoStage.Paused, 0, ReasonCode.GateMissed),
        ["undecided"] = (Testing(Given.Completed(300, 150)), Large, null, 0, default),
        ["ends above"] = (Testing(Given.Completed(600, 315)), Large, VideoStage.Widening, 1, ReasonCode.BatchEndedAbove),
        ["ends below"] = (Testing(Given.Completed(600, 300)), Large, VideoStage.Paused, 0, ReasonCode.BatchEndedBelow),
        ["ends although plays never did"] = (Testing(Given.Completed(300, 150) with { Impressions = 600 }), Large, VideoStage.Paused, 0, ReasonCode.BatchEndedBelow),
        ["opens where a wave would be wider than the audience"] = (Testing(Given.Views(12, 18)), Tiny, VideoStage.Open, 0, ReasonCode.GateCleared),
        ["wave not over"] = (Widening(1, Given.Completed(2_999, 1_505)), Large, null, 0, default),
        ["wave cleared"] = (Widening(1, Given.Views(3_000, 18)), Large, VideoStage.Widening, 2, ReasonCode.WaveCleared),
        ["wave cleared early"] = (Widening(1, Given.Views(300, 18)), Large, VideoStage.Widening, 2, ReasonCode.WaveCleared),
        ["wave clear but hardly begun"] = (Widening(1, Given.Views(299, 18)), Large, null, 0, default),
        ["wave over with plays that never ended"] = (Widening(1, Given.Views(2_000, 18) with { Impressions = 3_000 }), Large, VideoStage.Widening, 2, ReasonCode.WaveCleared),
        ["wave missed early"] = (Widening(1, Given.Views(300, 0)), Large, VideoStage.Paused, 0, ReasonCode.WaveMissed),
        ["wave not missed before a batch"] = (Widening(1, Given.Views(299, 0)), Large, null, 0, default),
        ["wave missed at its end"] = (Widening(1, Given.Completed(3_000, 1_495)), Large, VideoStage.Paused, 0, ReasonCode.WaveMissed),
        ["last wave cleared"] = (Widening(3, Given.Views(99_900, 18)), Large, VideoStage.Open, 0, ReasonCode.WaveCleared),
        ["a wave cools down"] = (Widening(1, default) with { PromotedAt = Now.AddDays(-7) }, Large, VideoStage.Library, 0, ReasonCode.CooledDown),
        ["open, fresh"] = (Open(6.9), Large, null, 0, default),
        ["open, cooled"] = (Open(7), Large, VideoStage.Library, 0, ReasonCode.CooledDown),
        ["paused without a reason to revive"] = (Paused(), Large, null, 0, default),
        ["paused, creator quiet"] = (Paused(), Quiet, VideoStage.Reviving, 0, ReasonCode.CreatorQuiet),
        ["paused, trend rising"] = (Paused(), Large with { Trend = new TopicLift(1.2, Topic.Hashtag("tag")) }, VideoStage.Reviving, 0, ReasonCode.TrendRising),
        ["paused less than a day ago"] = (Paused() with { StageAt = Now.AddHours(-23) }, Quiet, null, 0, default),
        ["paused, revived once"] = (Paused() with { Revivals = 1 }, Quiet, VideoStage.Reviving, 0, ReasonCode.CreatorQuiet),
        ["paused, revived twice"] = (Paused() with { Revivals = 2 }, Quiet, null, 0, default),
        ["withheld, and its creator's lot still stands"] = (Paused() with { Revivals = 1, WithheldAt = Now.AddHours(-1) }, Quiet, null, 0, default),
        ["withheld by a lot of before"] = (Paused() with { Revivals = 1, WithheldAt = Now.AddDays(-91) }, Quiet, VideoStage.Reviving, 0, ReasonCode.CreatorQuiet),
        ["a revival is judged by what is new"] = (Reviving(old: Given.Views(300, 0), fresh: Given.Views(150, 18)), Large, VideoStage.Widening, 1, ReasonCode.GateCleared),
        ["a revival waits for new views"] = (Reviving(old: Given.Views(300, 18), fresh: Given.Views(11, 18)), Large, null, 0, default),
        ["with a reviewer"] = (Given.Video(VideoStage.HumanReview).With(Given.Views(900, 18)), Large, null, 0, default),
        ["in the library"] = (Given.Video(VideoStage.Library) with { PromotedAt = Now.AddDays(-30) }, Quiet, null, 0, default),
        ["deleted"] = (Given.Video(VideoStage.Deleted).With(Given.Views(900, 18)), Quiet, null, 0, default),
    };

    public static TheoryData<string> Moves => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Moves))]
    public void Judge_MovesAVideoAsTheTableSays(string what)
    {
        var (video, around, to, wave, why) = Table[what];
        var move = Judge.Judge(video, around, Now);

        (move?.To).ShouldBe(to);
        Given.Json(Judge.Judge(video, around, Now)).ShouldBe(Given.Json(move), "the same inputs give the same move");
        if (move is null) return;
        (move.Wave, move.Reason.Code, move.From, move.By, move.At, move.Seen).ShouldBe((wave, why, video.Stage, Rules.Version, Now, 77));
        VideoLife.Allows(move.From, move.To).ShouldBeTrue();
        ReasonText.For(move.Reason).ShouldNotContain("?");
    }

    [Fact]
    public void Judge_CarriesTheNumbersThatDecided()
    {
        var video = Testing(Given.Views(100, 18));
        var verdict = Judge.Assess(video, Large, Now);

        var numbers = Judge.Judge(video, Large, Now)!.Reason.Numbers;

        numbers["score"].ShouldBe(Math.Round(verdict.Score.Mean, 4));
        numbers["probability"].ShouldBe(Math.Round(verdict.Probability, 4));
        (numbers["gate"], numbers["views"], numbers["batch"]).ShouldBe((4, 100, 300));
    }

    [Fact]
    public void Judge_CarriesEnoughToWorkTheScoreOutAgain()
    {
        var known = Large with { Creator = Given.NewCreator with { Verdicts = [new FirstVerdict(Given.Clip, 9, 4, Now)] } };
        var numbers = Judge.Judge(Testing(Given.Views(100, 18)), known, Now)!.Reason.Numbers;

        var left = 1 - (numbers["views"] / numbers["audience"]);
        var believed = ((numbers["prior"] * numbers["prior_views"]) + numbers["points"]) / (numbers["prior_views"] + numbers["views"]);
        numbers["score"].ShouldBe(((1 - left) * numbers["points"] / numbers["views"]) + (left * believed), 0.001);
        new ScorePosterior(numbers["score"], numbers["deviation"], (int)numbers["views"], numbers["skew"]).ProbabilityAbove(numbers["gate"]).ShouldBe(numbers["probability"], 0.001);
        (numbers["widen_at"], numbers["pause_at"]).ShouldBe((Rules.Gate.WidenAt, Rules.Gate.PauseAt));
        numbers["authority"].ShouldBe(numbers["prior"] - Large.Peers.Prior.Mean, 0.001);
        numbers["authority"].ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Judge_WithholdsAllVideosOfAFifthOfTheCreators_AndSaysWhatTheyWereDueFor()
    {
        var moves = Enumerable.Range(0, 5_000).Select(i => Judge.Judge(Paused() with { Id = new VideoId(i), Creator = new CreatorId(i / 3) }, Quiet, Now)!).ToArray();
        var held = moves.Where(move => move.To == VideoStage.Paused).ToArray();

        held.Length.ShouldBeInRange(850, 1_150);
        held.ShouldAllBe(move => move.Reason.Code == ReasonCode.RevivalHeldOut && move.Reason.Trigger == ReasonCode.CreatorQuiet);
        moves.GroupBy(move => move.Creator).ShouldAllBe(of => of.Select(move => move.To).Distinct().Count() == 1);
    }

    public static TheoryData<string, string, string> Triggers => new()
    {
        { "quiet", "You have been quiet for longer than usual", "attempt quiet_hours usual_pause_hours views" },
        { "leaving early", "Your last visit was shorter than usual", "attempt session_minutes usual_session_minutes views" },
        { "trend", "What it is about is rising (#sea)", "attempt lift views" },
        { "trend of a region", "What it is about is rising (the sound “waves” in DE)", "attempt lift views" },
    };

    [Theory]
    [MemberData(nameof(Triggers))]
    public void ReasonText_SaysWhatARevivalWasDueFor_GivenOrWithheld(string trigger, string because, string numbers)
    {
        Region.TryParse("DE", out var region).ShouldBeTrue();
        var around = trigger switch
        {
            "quiet" => Quiet,
            "leaving early" => Large with { Creator = Given.NewCreator with { Sessions = 5, MeanSessionMinutes = 30, LastSessionMinutes = 4 } },
            "trend" => Large with { Trend = new TopicLift(1.2, Topic.Hashtag("sea")) },
            _ => Large with { Trend = new TopicLift(1.2, Topic.Sound("Waves"), region.Number) },
        };
        foreach (var share in (double[])[0, 1])
        {
            var judge = new VideoJudge(Rules with { Revival = Rules.Revival with { HoldOutShare = share } }, new Chance(1));
            var reason = Given.Through(judge.Judge(Paused(), around, Now).ShouldNotBeNull()).Reason;
            ReasonText.For(reason).ShouldStartWith($"{because}, so it ");
            string.Join(' ', reason.Numbers.Keys).ShouldBe(numbers);
        }
    }

    [Fact]
    public void ReasonText_HasASentenceForEveryReason() =>
        Enum.GetValues<ReasonCode>().Select(code => ReasonText.For(Reason.Of(code))).ShouldAllBe(text => text.Length > 10);

    private static VideoState Testing(EvidenceTotals totals) => Given.Video(VideoStage.Testing).With(totals);

    private static VideoState Widening(int wave, EvidenceTotals inWave) =>
        Given.Video(VideoStage.Widening).With(inWave) with { Wave = wave, PromotedAt = Now.AddDays(-1) };

    private static VideoState Open(double days) => Given.Video(VideoStage.Open) with { PromotedAt = Now.AddDays(-days) };

    private static VideoState Paused() => Given.Video(VideoStage.Paused, new VideoId(1), since: Now.AddDays(-2));

    private static VideoState Reviving(EvidenceTotals old, EvidenceTotals fresh) =>
        Given.Video(VideoStage.Reviving).With(old + fresh) with { AtStageStart = old, AtTrialStart = old };
}
