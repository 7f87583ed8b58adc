using System.Text.Json.Serialization;
using Groundswell.Core.Audience;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;

namespace Groundswell.Core.Statistics;

/// <summary>
/// What came of a creator's first due revival of a spell within <see cref="RevivalTrials.Window"/>, given or withheld: with the
/// lot drawn for creator and spell, one such observation each is what is independent.
/// </summary>
/// <param name="HeldOut">Withheld for comparison.</param>
/// <param name="Mixed">A later revival of the spell had the other lot, since shares changed or it is of a ledger from when lots were drawn by video: it compares nothing.</param>
/// <param name="Uploads">Uploads of its creator since then.</param>
/// <param name="Views">Qualified views of the video since then.</param>
/// <param name="Widened">The video went on to a wave.</param>
public sealed record RevivalTrial(VideoId Video, CreatorId Creator, DateTimeOffset At, bool HeldOut, bool Mixed = false, int Uploads = 0, int Views = 0, bool Widened = false);

/// <summary>A mean over the revived, what it is otherwise, and their difference with its 95 % interval.</summary>
public readonly record struct Uplift(double Revived, double Otherwise, double Difference, double Low, double High)
{
    internal static Uplift Of(double revived, double otherwise, double error) =>
        new(revived, otherwise, revived - otherwise, revived - otherwise - (1.96 * error), revived - otherwise + (1.96 * error));
}

/// <param name="Revived">Creators with a revival whose window is over, one for each spell.</param>
/// <param name="Withheld">The same of those whose revivals are withheld.</param>
/// <param name="CreatorUploads">Uploads of the creator in the week after: does a second audience bring a creator back? Null, as the next two, while either side has fewer than two.</param>
/// <param name="CreatorReturned">Share of creators who uploaded again in that week.</param>
/// <param name="VideoViews">Views of the video in that week.</param>
/// <param name="WidenedShare">Share of the revived that a gate then let on.</param>
/// <param name="ViewPoints">What revival costs or brings viewers, as <see cref="RevivalPages.Uplift"/> has it.</param>
public sealed record RevivalReport(int Revived, int Withheld, Uplift? CreatorUploads, Uplift? CreatorReturned, Uplift? VideoViews, double? WidenedShare, Uplift? ViewPoints);

/// <summary>
/// The experiment inside revival: a fifth of the creators is withheld by lot, so that what revival does is measured and not
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
    [JsonInclude] public RevivalPages Pages { get; private set; } = new();

    public void Fold(LedgerEntry entry)
    {
        Pages.Fold(entry);
        switch (entry)
        {
            case VideoMoved { From: VideoStage.Paused, To: VideoStage.Reviving or VideoStage.Paused } due:
                Fold(due, due.Reason.Code == ReasonCode.RevivalHeldOut);
                break;
            case VideoMoved { From: VideoStage.Reviving, To: VideoStage.Widening or VideoStage.Open } on:
                Change(trial => trial.Video == on.Video, on.At, trial => trial with { Widened = true });
                break;
            case VideoUploaded upload:
                Change(trial => trial.Creator == upload.Creator, upload.At, trial => trial with { Uploads = trial.Uploads + 1 });
                break;
            case SignalRecorded { Disqualified: null, Change.ResolvedNow: true } view when IsOfOne(view.Video):
                Change(trial => trial.Video == view.Video, view.EventTime, trial => trial with { Views = trial.Views + 1 });
                break;
        }
    }

    public RevivalReport Report(DateTimeOffset now)
    {
        var over = Trials.Where(trial => !trial.Mixed && now - trial.At >= Window).ToArray();
        var revived = over.Where(trial => !trial.HeldOut).ToArray();
        var withheld = over.Where(trial => trial.HeldOut).ToArray();
        return new RevivalReport(
            revived.Length, withheld.Length,
            Between(revived, withheld, trial => trial.Uploads), Between(revived, withheld, trial => trial.Uploads > 0 ? 1 : 0), Between(revived, withheld, trial => trial.Views),
            revived.Length == 0 ? null : revived.Count(trial => trial.Widened) / (double)revived.Length,
            Pages.Uplift());
    }

    private void Fold(VideoMoved due, bool heldOut)
    {
        var spell = Revival.SpellOf(due.At);
        var first = Trials.FindLastIndex(trial => trial.Creator == due.Creator && Revival.SpellOf(trial.At) == spell);
        if (first >= 0)
        {
            if (Trials[first].HeldOut != heldOut) Trials[first] = Trials[first] with { Mixed = true };
            return;
        }
        // Its window would run into another lot.
        if (Revival.SpellOf(due.At + Window) != spell) return;
        Trials.Add(new RevivalTrial(due.Video, due.Creator, due.At, heldOut));
        if (Trials.Count > Most) Trials.RemoveAt(0);
        _videos = null;
    }

    private bool IsOfOne(VideoId video) => (_videos ??= [.. Trials.Select(trial => trial.Video)]).Contains(video);

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
        return Uplift.Of(mean, other, Math.Sqrt((error * error) + (otherError * otherError)));
    }

    private static (double Mean, double Error) Mean(RevivalTrial[] trials, Func<RevivalTrial, double> measure)
    {
        var mean = trials.Average(measure);
        return (mean, Math.Sqrt(trials.Sum(trial => (measure(trial) - mean) * (measure(trial) - mean)) / (trials.Length - 1) / trials.Length));
    }
}
