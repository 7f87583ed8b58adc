using System.Collections.Immutable;
using CsCheck;
using Groundswell.Core.Audience;
using Groundswell.Core.Chances;
using Groundswell.Core.Ledger;
using Groundswell.Core.Tests.Fixtures;
using Groundswell.Core.Trends;
using Groundswell.Core.Videos;

namespace Groundswell.Core.Tests.Videos;

/// <summary>What becomes of a video that stops for everybody and that one cluster of three wants.</summary>
public class NicheJudgeTests
{
    private const int Fans = 2;
    private static readonly DateTimeOffset Now = Given.Now;
    private static readonly Rules Rules = Given.Rules with { Gate = new GateRules(Absolute: 6) };
    private static readonly VideoJudge Judge = new(Rules, new Chance(1));

    /// <summary>Batch 60; each cluster has 1,000 viewers, a batch of 20 and waves of 200 and 666.</summary>
    private static readonly Surroundings Around = new(
        Given.NewCreator, Peers.None(Rules.Gate, Rules.Points)[DurationBucket.Under15s] with { TasteSpread = 16 }, 3_000, TopicLift.None, Seen: 77) { Cohorts = Drawn(1, Fans, 3) };

    [Fact]
    public void Judge_LooksForANiche_WhereATestStopsForAllAndAFewLikedIt()
    {
        var move = Judge.Judge(Testing(others: Given.Views(40, 0), fans: Given.Views(4, 18)), Around, Now).ShouldNotBeNull();

        (move.From, move.To, move.Reason.Code, move.Seen).ShouldBe((VideoStage.Testing, VideoStage.Testing, ReasonCode.NicheSought, 77));
        move.Niche.ShouldBe([Fans]);
        move.Reason.Numbers["views"].ShouldBe(44, "the numbers are those of the whole test");
        VideoLife.Allows(move.From, move.To).ShouldBeTrue();
        ReasonText.For(move.Reason, "“Cooking”").ShouldContain("goes on among “Cooking”");
    }

    [Fact]
    public void Judge_WidensInTheNiche_OnceItIsClear()
    {
        var sought = Sought(Testing(others: Given.Views(60, 0), fans: Given.Views(4, 18)));
        Judge.Judge(sought, Around, Now).ShouldBeNull("four views are too few");

        var found = Judge.Judge(Heard(sought, Given.Views(12, 18)), Around, Now).ShouldNotBeNull();

        (found.To, found.Wave, found.Reason.Code).ShouldBe((VideoStage.Widening, 1, ReasonCode.NicheFound));
        found.Niche.ShouldBe([Fans]);
        found.Reason.Numbers["audience"].ShouldBe(1_000);
        ReasonText.For(found.Reason, "“Cooking”").ShouldStartWith("It stops for most viewers and goes on among “Cooking”");
    }

    [Fact]
    public void Judge_PausesWhereTheFewDoNotWantItEither_OrTheTestIsSpent()
    {
        var sought = Sought(Testing(others: Given.Views(60, 0), fans: Given.Views(4, 18)));

        var missed = Judge.Judge(Heard(sought, Given.Views(20, 0)), Around, Now).ShouldNotBeNull();
        var spent = Judge.Judge(Heard(sought, Given.Completed(60, 40)), Around with { Peers = Around.Peers with { Gate = 5.8 } }, Now).ShouldNotBeNull();

        (missed.To, missed.Reason.Code, missed.Niche).ShouldBe((VideoStage.Paused, ReasonCode.NicheMissed, null));
        (spent.To, spent.Reason.Code).ShouldBe((VideoStage.Paused, ReasonCode.NicheMissed), "doubt does not widen");
    }

    [Fact]
    public void Judge_PausesWhatFoundNoSlotsForAsLongAsAVideoLasts()
    {
        var sought = Sought(Testing(others: Given.Views(60, 0), fans: Given.Views(4, 18))) with { TestedAt = Now };

        Judge.Judge(sought, Around, Now + Rules.Waves.LastsFor - TimeSpan.FromMinutes(1)).ShouldBeNull();
        Judge.Judge(sought, Around, Now + Rules.Waves.LastsFor).ShouldNotBeNull().Reason.Code.ShouldBe(ReasonCode.NicheMissed);
    }

    [Fact]
    public void Judge_StopsWhereTheClusterIsNoMore()
    {
        var sought = Sought(Testing(others: Given.Views(60, 0), fans: Given.Views(4, 18)));
        var widening = Widening(wave: 2, fans: Given.Views(100, 18));
        foreach (var video in new[] { sought, widening })
        {
            var move = Judge.Judge(video, Around with { Cohorts = Drawn(1, 3, 4) }, Now).ShouldNotBeNull();
            (move.To, move.Reason.Code, move.Niche).ShouldBe((VideoStage.Paused, ReasonCode.NicheGone, null));
        }
    }

    [Fact]
    public void Judge_WidensANicheWaveByWave_AndNeverOpensIt()
    {
        var first = Judge.Judge(Widening(wave: 1, fans: Given.Views(200, 18)), Around, Now).ShouldNotBeNull();
        (first.To, first.Wave, first.Reason.Code).ShouldBe((VideoStage.Widening, 2, ReasonCode.WaveCleared));
        first.Niche.ShouldBe([Fans]);
        Judge.Judge(Widening(wave: 1, fans: Given.Completed(199, 170)), Around, Now)?.Reason.Code.ShouldBe(ReasonCode.WaveCleared);

        Judge.Judge(Widening(wave: 3, fans: Given.Views(950, 18)), Around, Now).ShouldBeNull("it is as wide as the niche");
        Judge.Judge(Widening(wave: 3, fans: Given.Views(950, 0)), Around, Now)!.Reason.Code.ShouldBe(ReasonCode.WaveMissed);
        Judge.Judge(Widening(wave: 3, fans: Given.Views(950, 18)) with { PromotedAt = Now.AddDays(-7) }, Around, Now)!.To.ShouldBe(VideoStage.Library);
    }

    [Fact]
    public void Judge_FindsANicheWhereAWaveStops()
    {
        var video = Testing(others: Given.Views(300, 0), fans: Given.Views(30, 18)) with { Stage = VideoStage.Widening, Wave = 1, PromotedAt = Now.AddDays(-1) };

        var move = Judge.Judge(video, Around, Now).ShouldNotBeNull();
        var after = video.Fold(99, move);

        (move.To, move.Wave, move.Reason.Code).ShouldBe((VideoStage.Widening, 1, ReasonCode.NicheFound));
        (after.InStage.Views, after.PromotedAt).ShouldBe((0, Now.AddDays(-1)), "its wave begins, its week goes on");
    }

    [Theory]
    [InlineData("switched off")]
    [InlineData("fixed batches")]
    [InlineData("no clusters")]
    [InlineData("tastes that do not differ")]
    [InlineData("clusters too small for a wave")]
    [InlineData("nothing left to ask with")]
    public void Judge_PausesAsEver(string where)
    {
        var video = Testing(others: Given.Views(where == "nothing left to ask with" ? 116 : 60, 0), fans: Given.Views(4, 18));
        var (rules, around) = where switch
        {
            "switched off" => (Rules with { Gate = Rules.Gate with { NicheClusters = 0 } }, Around),
            "fixed batches" => (Rules with { Gate = Rules.Gate with { Sequential = false } }, Around),
            "no clusters" => (Rules, Around with { Cohorts = CohortMap.Empty }),
            "tastes that do not differ" => (Rules, Around with { Peers = Around.Peers with { TasteSpread = 0 } }),
            "clusters too small for a wave" => (Rules, Around with { Cohorts = DrawnOf(300, 1, Fans, 3) }),
            _ => (Rules, Around),
        };

        var move = new VideoJudge(rules, new Chance(1)).Judge(video, around, Now).ShouldNotBeNull();

        (move.To, move.Niche).ShouldBe((VideoStage.Paused, null));
        (move.Reason.Code is ReasonCode.GateMissed or ReasonCode.BatchEndedBelow).ShouldBeTrue();
    }

    [Fact]
    public void Fold_KeepsNicheAndEvidenceByTasteAsLongAsTheyMayDecide()
    {
        var sought = Sought(Testing(others: Given.Views(60, 0), fans: Given.Views(4, 18)));
        (sought.OnTrial.Views, sought.ByTaste.Of(Fans).Views, sought.TestedAt, sought.InStage.Views).ShouldBe((64, 4, Testing(default, default).TestedAt, 64));
        Given.Json(Given.Through(sought)).ShouldBe(Given.Json(sought));
        sought.IsFor(Cohort.Of(Fans, null, Activity.New)).ShouldBeTrue();
        sought.IsFor(Cohort.Of(1, null, Activity.New)).ShouldBeFalse();
        sought.IsFor(new Cohort(0)).ShouldBeFalse("nothing is known of the undecided");

        var paused = sought.Fold(90, Given.Moved(VideoStage.Testing, VideoStage.Paused, Now));

        (paused.Niche, paused.ByTaste).ShouldBe((null, TasteEvidence.None));
        paused.IsFor(Cohort.Of(1, null, Activity.New)).ShouldBeTrue();
    }

    /// <summary>Whatever a test has gathered: the same comes out twice, a niche is of clusters that are there and no more than the rules say, and only a video that stops for all has one.</summary>
    [Fact]
    public void Judge_NarrowsOnlyWhatStopsForAll() => Gen.Select(Gen.Int[0, 60], Gen.Int[0, 60], Gen.Int[0, 20], Gen.Int[0, 20]).Sample((views, completed, fans, loved) =>
    {
        var video = Testing(Given.Completed(views + completed, completed), Given.Completed(fans + loved, loved));
        var (on, off) = (Judge.Judge(video, Around, Now), new VideoJudge(Rules with { Gate = Rules.Gate with { NicheClusters = 0 } }, new Chance(1), Rules.Version).Judge(video, Around, Now));

        Given.Json(Judge.Judge(Given.Through(video), Around, Now)).ShouldBe(Given.Json(on));
        if (on?.Niche is not { } niche)
        {
            Given.Json(on).ShouldBe(Given.Json(off));
            return;
        }
        (off!.To, on.To, on.Reason.Code).ShouldBe((VideoStage.Paused, VideoStage.Testing, ReasonCode.NicheSought));
        niche.Length.ShouldBeInRange(1, Rules.Gate.NicheClusters);
        niche.ShouldBeSubsetOf([1, Fans]);
    }, iter: 2_000);

    private static CohortMap Drawn(params ReadOnlySpan<int> clusters) => DrawnOf(3_000, clusters);

    private static CohortMap DrawnOf(int weekly, params ReadOnlySpan<int> clusters)
    {
        var drawn = ImmutableArray.CreateBuilder<TasteCluster>();
        foreach (var id in clusters) drawn.Add(new TasteCluster(id, 100, [], [.. Enumerable.Range(0, 5).Select(i => i == id ? 1f : 0f)]));
        return CohortMap.Empty.Fold(new CohortsDrawn(Now, 1, drawn.ToImmutable(), 4, 300, weekly, "test"));
    }

    private static VideoState Testing(EvidenceTotals others, EvidenceTotals fans) => Given.Video(VideoStage.Testing).With(others + fans) with
    {
        TestedAt = Now.AddHours(-1),
        ByTaste = new TasteEvidence(ImmutableSortedDictionary<int, EvidenceTotals>.Empty.Add(1, others).Add(Fans, fans)),
    };

    /// <summary>The same once its test goes on among the fans.</summary>
    private static VideoState Sought(VideoState video)
    {
        var move = Judge.Judge(video, Around, Now).ShouldNotBeNull();
        move.Reason.Code.ShouldBe(ReasonCode.NicheSought);
        return video.Fold(98, move);
    }

    /// <summary>The fans have watched it besides.</summary>
    private static VideoState Heard(VideoState video, EvidenceTotals fans) => video.With(video.Evidence.Trial + fans) with
    {
        ByTaste = new TasteEvidence(video.ByTaste.Clusters.SetItem(Fans, video.ByTaste.Of(Fans) + fans)),
    };

    private static VideoState Widening(int wave, EvidenceTotals fans) =>
        Heard(Testing(Given.Views(60, 0), default) with { AtStageStart = Given.Views(60, 0) }, fans) with { Stage = VideoStage.Widening, Niche = [Fans], Wave = wave, PromotedAt = Now.AddDays(-1) };
}
