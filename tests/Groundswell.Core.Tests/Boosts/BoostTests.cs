using CsCheck;
using Groundswell.Core.Boosts;
using Groundswell.Core.Signals;
using Groundswell.Core.Tests.Fixtures;
using Groundswell.Core.Videos;
using Groundswell.Core.Ledger;

namespace Groundswell.Core.Tests.Boosts;

public class BoostTests
{
    private static readonly BoostRules Rules = new();
    private static readonly BoostWish Wish = new(100, Given.Now, Given.Now.AddDays(1), "a good cause");
    private static readonly VideoBoosted Begun = new(Given.Now, new BoostId(4), Given.Clip, Given.Creator, 3, Given.Now, Given.Now.AddDays(1), "a good cause", "operator");

    public static TheoryData<string?, BoostWish> Wishes => new()
    {
        { null, Wish },
        { null, Wish with { Slots = Rules.MostSlots } },
        { "slots", Wish with { Slots = 0 } },
        { "slots", Wish with { Slots = Rules.MostSlots + 1 } },
        { "reason", Wish with { Reason = " " } },
        { "reason", Wish with { Reason = new string('x', BoostDesk.LongestReason + 1) } },
        { "expires", Wish with { Expires = Given.Now } },
        { "expires", Wish with { From = Given.Now.AddDays(2) } },
        { "expires", Wish with { Expires = Given.Now.AddHours(Rules.LongestHours + 1) } },
    };

    [Theory]
    [MemberData(nameof(Wishes))]
    public void ToBoost_NamesTheFieldThatIsNotRight(string? field, BoostWish wish) =>
        BoostDesk.ToBoost(Given.Video(VideoStage.Open), wish, [], Rules, Given.Now)?.Field.ShouldBe(field);

    [Fact]
    public void ToBoost_OnlyWhatTheFeedMayShow()
    {
        foreach (var stage in Enum.GetValues<VideoStage>())
            (BoostDesk.ToBoost(Given.Video(stage), Wish, [], Rules, Given.Now) is null).ShouldBe(stage.IsServable(), stage.ToString());
    }

    [Fact]
    public void ToBoost_OneAVideoAndNoMoreThanMayRun()
    {
        var other = Boost.Begin(Begun) with { Video = new VideoId(9) };
        BoostDesk.ToBoost(Given.Video(VideoStage.Open), Wish, [Boost.Begin(Begun)], Rules, Given.Now)?.Field.ShouldBe("video_id");
        BoostDesk.ToBoost(Given.Video(VideoStage.Open), Wish, [other], Rules, Given.Now).ShouldBeNull();
        BoostDesk.ToBoost(Given.Video(VideoStage.Open), Wish, [other], Rules with { MostRunning = 1 }, Given.Now)?.Field.ShouldBe("video_id");
    }

    [Fact]
    public void Status_SaysWhetherItMayHaveSlots()
    {
        var boost = Boost.Begin(Begun with { From = Given.Now.AddHours(1) });
        boost.Status(Given.Now).ShouldBe(BoostStatus.Waiting);
        boost.Status(Given.Now.AddHours(1)).ShouldBe(BoostStatus.Running);
        boost.Status(Begun.Expires).ShouldBe(BoostStatus.Expired);
        (boost with { Served = 3 }).Status(Given.Now.AddHours(1)).ShouldBe(BoostStatus.UsedUp);
        boost.End(new BoostEnded(Given.Now, boost.Id, boost.Video, boost.Creator, "enough", "operator")).Status(Given.Now.AddHours(1)).ShouldBe(BoostStatus.Ended);
    }

    [Fact]
    public void Fold_CountsSlotsAndWhatCameOfThem()
    {
        var board = new BoostBoard();
        board.Fold(Begun);
        var page = Given.Page(Given.Viewer(0), Given.Now, Given.Clip, new VideoId(2));
        board.Fold(page).ShouldBeFalse("its own chances are not the boost's");
        board.Fold(page with { Slots = [.. page.Slots.Select(slot => slot with { Source = SlotSource.Boost })] }).ShouldBeTrue();
        var watching = new Watching();
        foreach (var signal in Boosted(watching)) board.Fold(watching.Send(signal));

        var boost = board.LatestOf(Given.Clip)!;
        (boost.Served, boost.Seen.Impressions, boost.Seen.Views, boost.Seen.Points).ShouldBe((1, 1, 1, 30));
        Given.Json(Given.Through(board)).ShouldBe(Given.Json(board));
        Given.Through(board).LatestOf(Given.Clip).ShouldBe(boost);
    }

    /// <summary>Whatever a viewer of a boosted slot does, in whatever order: no number that a gate, a budget or the ranker looks at moves.</summary>
    [Fact]
    public void Evidence_OfBoostedSlotsMovesNoScore() => Gen.Int[0, 7].Array[0, 20].Sample(acts =>
    {
        var watching = new Watching();
        var before = Given.Json(watching.Video.Evidence with { Boosted = null });
        foreach (var act in acts)
        {
            var boosted = Boosted(watching);
            // Taking back needs no slot; nor must it need one to stay without effect.
            watching.Send(act < boosted.Length ? boosted[act] : watching.Signal(SignalType.Unlike) with { Slot = act == 7 ? null : boosted[0].Slot });
        }

        Given.Json(watching.Video.Evidence with { Boosted = null, PlayedMs = 0, Disqualified = watching.Video.Evidence.Disqualified.Clear() }).ShouldBe(before);
        watching.Video.OnTrial.ShouldBe(default);
        watching.Video.Evidence.Cohorts.ShouldBeEmpty();
    });

    [Fact]
    public void Evidence_OfAViewerWhoCameByThemselvesStaysEvidence()
    {
        var watching = new Watching();
        watching.Plays(10_000);
        watching.Send(Boosted(watching)[2]);

        watching.Video.Evidence.Boosted.ShouldBeNull();
        watching.Video.Evidence.Totals.Points.ShouldBe(Given.Rules.Points.Completion + Given.Rules.Points.Like);
    }

    private static Signal[] Boosted(Watching watching) =>
    [
        .. new[] { watching.Signal(SignalType.Impression), watching.Full(), watching.Signal(SignalType.Like), watching.Signal(SignalType.Share), watching.Signal(SignalType.Comment) with { Text = "x" } }
            .Select(signal => signal with { Slot = signal.Slot! with { Source = SlotSource.Boost } }),
    ];
}
