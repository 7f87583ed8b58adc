using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Core.Viewers;

namespace Groundswell.Core.Tests.Fixtures;

/// <summary>One viewer before one video: sends signals, judges them and folds what comes of them into both.</summary>
internal sealed class Watching
{
    private readonly Rules _rules;
    private readonly SignalJudge _judge;
    private int _sent;

    public Watching(VideoState? video = null, Rules? rules = null, int viewer = 0)
    {
        _rules = rules ?? Given.Rules;
        _judge = new SignalJudge(_rules);
        Video = video ?? Given.Video();
        Viewer = new ViewerState(Given.Viewer(viewer), Given.Genres);
        ServedAt = Given.Now;
        At = Given.Now.AddMinutes(10);
    }

    public ViewerState Viewer { get; }
    public VideoState Video { get; private set; }
    public DateTimeOffset ServedAt { get; set; }

    /// <summary>When the next signal happens and arrives; ten minutes after the slot, so that the clock allows a lot.</summary>
    public DateTimeOffset At { get; set; }
    public double Points => _rules.Points.Of(View?.Actions ?? Actions.None);
    public View? View => Viewer.ViewOf(Video.Id);

    public Signal Signal(SignalType type, PlayReport? play = null) =>
        new($"e{++_sent}", type, At, At, Video.Id, Given.Slot(Viewer.Id, Video, ServedAt), play);

    public SignalRecorded Send(SignalType type, PlayReport? play = null) => Send(Signal(type, play));

    public SignalRecorded Send(Signal signal)
    {
        var recorded = _judge.Judge(signal, Viewer, Video);
        Fold(recorded);
        return recorded;
    }

    public void Fold(SignalRecorded recorded)
    {
        Viewer.Fold(Viewer.Position + 1, recorded, _rules.Taste);
        Video = Video.Fold(Video.Position + 1, recorded);
    }

    public SignalRecorded Plays(int playedMs, int? totalMs = null, int loops = 0, EndReason? end = EndReason.Swipe) => Send(
        end is null ? SignalType.Heartbeat : SignalType.PlayEnd, new PlayReport(playedMs, totalMs ?? playedMs, playedMs, loops, end));

    /// <summary>The end of a play that completed the clip and went through it a second time.</summary>
    public Signal Full() => Signal(SignalType.PlayEnd, new PlayReport(10_000, 20_000, 10_000, 1, EndReason.Swipe));

    public SignalRecorded Ranges(EndReason? end, params (int From, int To)[] ranges) => Send(Ranged(end, ranges));

    public Signal Ranged(EndReason? end, params (int From, int To)[] ranges)
    {
        var played = PlayedRanges.Of([.. ranges.Select(range => new PlayedRange(range.From, range.To))], int.MaxValue);
        return Signal(end is null ? SignalType.Heartbeat : SignalType.PlayEnd, new PlayReport(played.LengthMs, played.LengthMs, 0, 0, end, played));
    }
}
