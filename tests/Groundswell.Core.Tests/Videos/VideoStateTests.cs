using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Tests.Fixtures;
using Groundswell.Core.Videos;

namespace Groundswell.Core.Tests.Videos;

public class VideoStateTests
{
    [Fact]
    public void Json_ComesBackEqualAndGoesOnEqually()
    {
        var entries = Entries();
        var all = Given.Json(Folded(entries));
        for (var split = 1; split <= entries.Count; split++)
        {
            var back = Given.Through(Folded(entries.Take(split)));
            Given.Json(back).ShouldBe(Given.Json(Folded(entries.Take(split))));
            for (var rest = split; rest < entries.Count; rest++) back = back.Fold(rest + 1, entries[rest]);
            Given.Json(back).ShouldBe(all);
        }
    }

    [Fact]
    public void Fold_BeginsCountingAnewWithAStageAndAWave()
    {
        var state = Given.Video(VideoStage.Testing).With(Given.Views(100, 8));
        state = state.Fold(9, Given.Moved(VideoStage.Testing, VideoStage.Widening, Given.Now, wave: 1));
        state.InStage.ShouldBe(default);
        state.PromotedAt.ShouldBe(Given.Now);
        state = state.With(Given.Views(300, 8)).Fold(10, Given.Moved(VideoStage.Widening, VideoStage.Widening, Given.Now.AddDays(1), wave: 2));
        (state.InStage, state.Wave, state.StageAt).ShouldBe((default, 2, Given.Now.AddDays(1)));
        state.PromotedAt.ShouldBe(Given.Now);
        state.OnTrial.Views.ShouldBe(300);
    }

    [Fact]
    public void Fold_StartsARevivalWithAnEmptyPanel()
    {
        var watching = Watched(SlotSource.TestBatch);
        watching.Video.Panel.ShouldBe([KeyValuePair.Create(0, 1)]);
        var state = watching.Video.Fold(90, Given.Moved(VideoStage.Testing, VideoStage.Paused, Given.Now));

        state = state.Fold(91, Given.Moved(VideoStage.Paused, VideoStage.Reviving, Given.Now, ReasonCode.CreatorQuiet));

        (state.Panel.Count, state.Revivals, state.TestedAt).ShouldBe((0, 1, Given.Now));
        state.OnTrial.ShouldBe(default);
    }

    [Fact]
    public void Fold_SeatsNobodyInAPanelWhomTheTestDidNotAsk()
    {
        var watching = Watched(SlotSource.Personal);

        watching.Video.Evidence.Cohorts[0].Impressions.ShouldBe(1);
        watching.Video.Panel.ShouldBeEmpty();
    }

    [Fact]
    public void Fold_CountsAWithheldRevivalButRestsOn()
    {
        var paused = Given.Video(VideoStage.Paused, since: Given.Now.AddDays(-3));
        var held = paused.Fold(9, Given.Moved(VideoStage.Paused, VideoStage.Paused, Given.Now, ReasonCode.RevivalHeldOut));

        (held.Revivals, held.StageAt).ShouldBe((1, paused.StageAt));
    }

    private static Watching Watched(SlotSource source)
    {
        var watching = new Watching();
        var signal = watching.Signal(SignalType.PlayEnd, new PlayReport(1_000, 1_000, 1_000, 0, EndReason.Swipe));
        watching.Send(signal with { Slot = signal.Slot! with { Source = source } });
        return watching;
    }

    private static VideoState Folded(IEnumerable<LedgerEntry> entries) =>
        entries.Skip(1).Aggregate(VideoState.From(1, (VideoUploaded)entries.First()), (state, entry) => state.Fold(state.Position + 1, entry));

    private static List<LedgerEntry> Entries()
    {
        List<LedgerEntry> entries =
        [
            Given.Uploaded(), Given.Processed(), Given.Moved(VideoStage.Uploaded, VideoStage.Processed, Given.Now),
            Given.Moved(VideoStage.Processed, VideoStage.HumanReview, Given.Now, ReasonCode.MachineUnsure),
            new VideoMoved(Given.Now, Given.Clip, Given.Creator, VideoStage.HumanReview, VideoStage.Reviewed, 0, Reason.Of(ReasonCode.PersonApproved, "fine", new VideoId(4)), "eve"),
            Given.Moved(VideoStage.Reviewed, VideoStage.Testing, Given.Now, ReasonCode.NoDuplicate),
        ];
        var watching = new Watching();
        entries.Add(watching.Plays(10_000, 20_000, 1));
        entries.Add(watching.Send(SignalType.Like));
        entries.Add(watching.Send(SignalType.Like));
        entries.Add(Given.Moved(VideoStage.Testing, VideoStage.Paused, Given.Now, ReasonCode.GateMissed));
        entries.Add(Given.Moved(VideoStage.Paused, VideoStage.Reviving, Given.Now, ReasonCode.TrendRising));
        entries.Add(watching.Send(SignalType.Share));
        entries.Add(new VideoAgeMarked(Given.Now, Given.Clip, Given.Creator, true, "rough", "eve"));
        entries.Add(Given.Moved(VideoStage.Reviving, VideoStage.Widening, Given.Now, ReasonCode.GateCleared, wave: 1));
        return entries;
    }
}
