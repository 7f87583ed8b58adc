using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Catalogue;

namespace Groundswell.Cluster.RuleBook;

/// <summary>
/// The catalogue as it would be with other rules: it folds the same signals, worth what those rules say, and instead of the
/// real verdicts those of the other rules. What people, creators and time did to a video happens to it here too, as far as it
/// is at a stage where it can.
/// </summary>
/// <param name="catalogue">As it was where the reading begins; its own positions go on from there.</param>
internal sealed class Counterfactual(Rules rules, LiveCatalogue catalogue)
{
    private readonly Dictionary<VideoId, (double Score, double Gate)> _scores = [];
    private readonly Dictionary<VideoId, VideoMoved?> _underway = [];
    private readonly string _version = rules.Version;
    private long _place = catalogue.Watermark;

    public LiveCatalogue Catalogue => catalogue;

    /// <param name="inForce">The rules that the entry was made by.</param>
    /// <param name="follows">Real verdicts are followed as they were: the time that is compared has not begun.</param>
    public void Fold(LedgerEntry entry, Rules inForce, bool follows)
    {
        switch (entry)
        {
            case RulesSet: return;
            case SignalRecorded { Change: { } change } signal when inForce.Points != rules.Points:
                Add(signal with { PointsBefore = Points(change.Before), PointsAfter = Points(change.After) });
                return;
            case VideoMoved move when Decisions.IsVerdict(move):
                if (follows) Add(Scored(move));
                else if (_underway.Remove(move.Video, out var instead) && instead is not null) Add(instead);
                return;
            case VideoMoved move when catalogue.Video(move.Video) is { } video && video.Stage != move.From:
                if (Happens(video.Stage, move)) Add(move with { From = video.Stage });
                return;
            default:
                Add(entry);
                return;
        }
    }

    /// <summary>A verdict of these rules at a moment at which the real ones gave none.</summary>
    public void Decide(VideoMoved verdict) => Add(verdict);

    /// <summary>
    /// The verdict, or none, at a real one's moment. It is on its way as long as the real one was: what came in meanwhile
    /// counts for the same stage in both.
    /// </summary>
    public void DecideBeside(VideoId video, VideoMoved? verdict) => _underway[video] = verdict;

    /// <summary>Whether a real verdict on the video is made and not yet in the ledger.</summary>
    public bool IsMoving(VideoId video) => _underway.ContainsKey(video);

    /// <summary>Remembers how these rules score a video at a real verdict that is going to be followed: later ones are compared with it.</summary>
    public void Score(VideoMoved real, GateVerdict verdict)
    {
        if (real.By != _version) _scores[real.Video] = (verdict.Score.Mean, verdict.Gate);
    }

    /// <summary>Other stages than the real one: what comes from outside happens all the same, a step of the rules only where it is one.</summary>
    private static bool Happens(VideoStage stage, VideoMoved move) =>
        move.To is not (VideoStage.Reviving or VideoStage.Paused) && VideoLife.Allows(stage, move.To);

    private VideoMoved Scored(VideoMoved move) => !_scores.Remove(move.Video, out var scored)
        ? move
        : move with
        {
            Reason = move.Reason with { Numbers = move.Reason.Numbers.SetItem("score", Math.Round(scored.Score, 4)).SetItem("gate", Math.Round(scored.Gate, 4)) },
        };

    private double Points(View? view) => view is null or { Uncounted: not null } ? 0 : rules.Points.Of(view.Actions);

    private void Add(LedgerEntry entry) => catalogue.Fold([new Recorded(++_place, entry)]);
}
