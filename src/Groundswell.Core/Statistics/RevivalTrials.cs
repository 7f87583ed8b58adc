using System.Text.Json.Serialization;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;

namespace Groundswell.Core.Statistics;

/// <summary>What came of one due revival within <see cref="RevivalTrials.Window"/>, whether it was given or withheld.</summary>
/// <param name="HeldOut">Withheld for comparison.</param>
/// <param name="Uploads">Uploads of its creator since then.</param>
/// <param name="Views">Qualified views of the video since then …</param>
/// <param name="Points">… and what they earned.</param>
/// <param name="Widened">The video went on to a wave.</param>
public sealed record RevivalTrial(VideoId Video, CreatorId Creator, DateTimeOffset At, bool HeldOut, int Uploads = 0, int Views = 0, double Points = 0, bool Widened = false);

/// <summary>A mean over the revived, over the withheld, and their difference with its 95 % interval; null while either has fewer than two.</summary>
public readonly record struct Uplift(double Revived, double Withheld, double Difference, double Low, double High);

/// <param name="Revived">Revivals whose window is over.</param>
/// <param name="Withheld">Withheld ones whose window is over.</param>
/// <param name="CreatorUploads">Uploads of the creator in the week after: does a second audience bring a creator back?</param>
/// <param name="CreatorReturned">Share of creators who uploaded again in that week.</param>
/// <param name="VideoViews">Views of the video in that week.</param>
/// <param name="WidenedShare">Share of the revived that a gate then let on.</param>
/// <param name="PointsPerView">What a view of a revived video earned: what revival costs or brings viewers, beside the mean over all slots.</param>
public sealed record RevivalReport(int Revived, int Withheld, Uplift? CreatorUploads, Uplift? CreatorReturned, Uplift? VideoViews, double? WidenedShare, double? PointsPerView);

/// <summary>
/// The experiment inside revival: a fifth of those due is withheld by lot, so that what revival does is measured and not
/// believed. A fold over the ledger; the last <see cref="Most"/> are kept.
/// </summary>
public sealed class RevivalTrials
{
    public const int Most = 2_000;

    /// <summary>How long what follows is put down to a revival: as long as a wave lasts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(7);

    // Nearly every signal is of a video that was never due: they end at this look.
    private HashSet<VideoId>? _videos;

    [JsonInclude] public List<RevivalTrial> Trials { get; private set; } = [];

    public void Fold(LedgerEntry entry)
    {
        switch (entry)
        {
            case VideoMoved { From: VideoStage.Paused, To: VideoStage.Reviving or VideoStage.Paused } due:
                Trials.Add(new RevivalTrial(due.Video, due.Creator, due.At, due.Reason.Code == ReasonCode.RevivalHeldOut));
                if (Trials.Count > Most) Trials.RemoveAt(0);
                _videos = null;
                break;
            case VideoMoved { From: VideoStage.Reviving, To: VideoStage.Widening or VideoStage.Open } on:
                Change(trial => trial.Video == on.Video, on.At, trial => trial with { Widened = true });
                break;
            case VideoUploaded upload:
                Change(trial => trial.Creator == upload.Creator, upload.At, trial => trial with { Uploads = trial.Uploads + 1 });
                break;
            case SignalRecorded { Disqualified: null, Change.After.Resolved: true } signal when IsOfOne(signal.Video):
                Change(trial => trial.Video == signal.Video, signal.EventTime, trial => Watched(trial, signal));
                break;
        }
    }

    public RevivalReport Report(DateTimeOffset now)
    {
        var over = Trials.Where(trial => now - trial.At >= Window).ToArray();
        var revived = over.Where(trial => !trial.HeldOut).ToArray();
        var withheld = over.Where(trial => trial.HeldOut).ToArray();
        var views = revived.Sum(trial => trial.Views);
        return new RevivalReport(
            revived.Length, withheld.Length,
            Between(revived, withheld, trial => trial.Uploads), Between(revived, withheld, trial => trial.Uploads > 0 ? 1 : 0), Between(revived, withheld, trial => trial.Views),
            revived.Length == 0 ? null : revived.Count(trial => trial.Widened) / (double)revived.Length,
            views == 0 ? null : revived.Sum(trial => trial.Points) / views);
    }

    private bool IsOfOne(VideoId video) => (_videos ??= [.. Trials.Select(trial => trial.Video)]).Contains(video);

    private static RevivalTrial Watched(RevivalTrial trial, SignalRecorded signal)
    {
        var resolved = signal.Change is { ResolvedNow: true };
        return trial with
        {
            Views = trial.Views + (resolved ? 1 : 0),
            Points = trial.Points + signal.PointsAfter - (resolved ? 0 : signal.PointsBefore),
        };
    }

    /// <summary>Changes the newest trial that fits and whose window is open: they are few, and most entries fit none.</summary>
    private void Change(Predicate<RevivalTrial> fits, DateTimeOffset at, Func<RevivalTrial, RevivalTrial> change)
    {
        for (var place = Trials.Count - 1; place >= 0 && at - Trials[place].At <= Window; place--)
        {
            if (at < Trials[place].At || !fits(Trials[place])) continue;
            Trials[place] = change(Trials[place]);
            return;
        }
    }

    /// <summary>Difference of two means with the interval of Welch (1947), at 1.96 errors: the groups are large or the interval is wide anyway.</summary>
    private static Uplift? Between(RevivalTrial[] revived, RevivalTrial[] withheld, Func<RevivalTrial, double> measure)
    {
        if (revived.Length < 2 || withheld.Length < 2) return null;
        var (mean, error) = Mean(revived, measure);
        var (other, otherError) = Mean(withheld, measure);
        var wide = 1.96 * Math.Sqrt((error * error) + (otherError * otherError));
        return new Uplift(mean, other, mean - other, mean - other - wide, mean - other + wide);
    }

    private static (double Mean, double Error) Mean(RevivalTrial[] trials, Func<RevivalTrial, double> measure)
    {
        var mean = trials.Average(measure);
        return (mean, Math.Sqrt(trials.Sum(trial => (measure(trial) - mean) * (measure(trial) - mean)) / (trials.Length - 1) / trials.Length));
    }
}
