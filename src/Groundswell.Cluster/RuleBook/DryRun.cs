using System.Collections.Immutable;
using Groundswell.Cluster.Follow;
using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Core.Experiments;
using Groundswell.Core.Ledger;
using Groundswell.Core.RuleBook;
using Groundswell.Core.Signals;
using Groundswell.Core.Statistics;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Catalogue;
using Groundswell.Storage;

namespace Groundswell.Cluster.RuleBook;

/// <summary>
/// With these rules, what would the verdicts have been? Reads a ledger from its beginning, or its baseline, folds it into two
/// catalogues, and from a moment on judges the one by the rules of the time and the other by the rules that are tried.
/// </summary>
/// <remarks>
/// Both are judged when the engine looked: after each end of a play that touches a video. The engine folds in chunks and
/// judges behind the folding, so it does not look after each: a moment at which the rules of the time would have moved a
/// video, and did not, was none at which it looked, and so it is none here. At the moment of a real verdict, which its entry
/// names (<see cref="VideoMoved.Seen"/>), both are judged. So the same rules come out exactly as the journal has them.
/// </remarks>
public sealed class DryRun
{
    private const int BetweenReports = 4096;

    private readonly DryRunRequest _request;
    private readonly LedgerReading _ledger;
    private readonly LiveCatalogue _real;
    private readonly AudienceStatistics _statistics;
    private readonly ExperimentBoard _experiments;
    private readonly Counterfactual _tried;
    private readonly VideoJudge _judge;
    private readonly Dictionary<Rules, VideoJudge> _judges = new(ReferenceEqualityComparer.Instance);
    private readonly DryRunTrials _trials = new();
    private (long Minute, int Viewers) _weekly = (long.MinValue, 0);
    private int _notReproduced;

    private DryRun(DryRunRequest request, LedgerReading ledger, int genres)
    {
        (_request, _ledger) = (request, ledger);
        var baseline = ledger.Rows(Retention.Baseline.CatalogueKind).ToList();
        var saved = Projections.Saved(baseline, new LiveCatalogue(new Rules(), genres));
        (_real, _statistics, _experiments) = (saved.Catalogue, saved.Statistics, saved.Experiments);
        // It knows of no rules but its own.
        _tried = new Counterfactual(request.Rules, Projections.Saved(baseline.Where(row => row.Id != Projections.RulesRow), new LiveCatalogue(request.Rules, genres)).Catalogue);
        _judge = JudgeBy(request.Rules);
    }

    /// <param name="genres">Genres of the taxonomy.</param>
    /// <exception cref="ArgumentException">The rules are out of range, or the time ends before it begins.</exception>
    /// <exception cref="StoreUnavailableException">The ledger cannot be read.</exception>
    public static DryRunReport Run(DryRunRequest request, LedgerReading ledger, int genres, IProgress<LedgerProgress>? progress, CancellationToken cancellation)
    {
        if (request.From >= request.To) throw new ArgumentException($"The time ends ({request.To:O}) before it begins ({request.From:O}).", nameof(request));
        if (request.Rules.Validate() is { IsEmpty: false } problems) throw new ArgumentException(string.Join(' ', problems), nameof(request));
        return new DryRun(request, ledger, genres).Run(progress, cancellation);
    }

    private DryRunReport Run(IProgress<LedgerProgress>? progress, CancellationToken cancellation)
    {
        var (begun, entries, first) = (false, 0L, _real.Watermark);
        foreach (var (recorded, made) in Decisions.Beside(_ledger.After(first)))
        {
            if (Tells(recorded.Entry) && recorded.Entry.At >= _request.To) break;
            begun |= Tells(recorded.Entry) && recorded.Entry.At >= _request.From;
            var inForce = _real.RulesAt(recorded.Position);
            _real.Fold([recorded]);
            _statistics.Fold([recorded]);
            _experiments.Fold([recorded]);
            _tried.Fold(recorded.Entry, inForce, follows: !begun || recorded.Entry.At < _request.From);
            if (begun && recorded.Entry is SignalRecorded { Change.After.Resolved: true } signal && made.All(move => move.Video != signal.Video)) Look(signal);
            foreach (var move in made) Verdict(move);
            if (++entries % BetweenReports != 0) continue;
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new LedgerProgress("judging", recorded.Position, _ledger.Head));
        }
        progress?.Report(new LedgerProgress("judging", _ledger.Head, _ledger.Head));
        return Report(entries);
    }

    /// <summary>Whether an entry's time says how far the ledger has come: rules are set in the system's time, whatever time a simulation is in.</summary>
    private static bool Tells(LedgerEntry entry) => entry is SignalRecorded or VideoMoved or PageServed;

    /// <summary>A moment at which the engine may have looked.</summary>
    private void Look(SignalRecorded signal)
    {
        if (_tried.IsMoving(signal.Video) || _tried.Catalogue.Video(signal.Video) is not { } tried || !Decisions.IsTrial(tried.Stage)) return;
        var weekly = Weekly(signal.At);
        if (_real.Video(signal.Video) is { } real && IsSameTrial(real, tried)
            && JudgeBy(_real.RulesAt(long.MaxValue)).Judge(real, _real.Around(real) with { WeeklyViewers = weekly }, signal.At) is not null) return;
        if (Try(tried, signal.At, weekly) is { } verdict) _tried.Decide(verdict);
    }

    /// <summary>A moment at which the engine did decide.</summary>
    private void Verdict(VideoMoved move)
    {
        if (_real.Video(move.Video) is not { } real || _tried.Catalogue.Video(move.Video) is not { } tried) return;
        var weekly = move.Seen > 0 ? move.WeeklyViewers : Weekly(move.At);
        if (move.At < _request.From)
        {
            _tried.Score(move, _judge.Assess(tried, _tried.Catalogue.Around(tried) with { WeeklyViewers = weekly }, move.At));
            return;
        }
        if (move.At >= _request.To) return;
        _trials.Real(real, Of(move, real));
        var rules = _real.RulesHistory.Of(move.By)?.Recalled ?? _real.RulesAt(long.MaxValue);
        var again = JudgeUnder(move.Enrolments, rules).Judge(real, _real.Around(real) with { WeeklyViewers = weekly }, move.At);
        if (again is null || again.To != move.To || !again.Reason.Numbers.SequenceEqual(move.Reason.Numbers)) _notReproduced++;
        _tried.DecideBeside(tried.Id, Decisions.IsTrial(tried.Stage) ? Try(tried, move.At, weekly) : null);
    }

    /// <summary>By the rules of the arms that a verdict was made under.</summary>
    private VideoJudge JudgeUnder(ImmutableArray<Enrolment>? enrolments, Rules rules) =>
        enrolments is null ? JudgeBy(rules) : new VideoJudge(_experiments.Under(enrolments, rules), new Chance(0));

    private VideoMoved? Try(VideoState video, DateTimeOffset at, int weekly)
    {
        var move = _judge.Judge(video, _tried.Catalogue.Around(video) with { WeeklyViewers = weekly }, at);
        if (move is not null && Decisions.IsVerdict(move)) _trials.Tried(video, Of(move, video));
        return move;
    }

    private DryRunReport Report(long entries)
    {
        var (trials, totals) = _trials.Compare(_real, _tried.Catalogue);
        var now = _real.RulesAt(long.MaxValue);
        return new DryRunReport(
            now.Version, _request.Rules.Version, _request.From, _request.To, RulesDiff.Between(now, _request.Rules), entries, totals, _notReproduced, trials,
            [.. DryRunLimits.Of(_ledger.Baseline > 0, _experiments.All.Any(one => one.Experiment.Plan.Unit == ExperimentUnit.Video), now, _request.Rules, _notReproduced)]);
    }

    private static DryRunVerdict Of(VideoMoved move, VideoState video)
    {
        var numbers = move.Reason.Numbers;
        var shown = video.Stage == VideoStage.Widening ? video.InStage : video.OnTrial;
        return new DryRunVerdict(
            move.At, move.To != VideoStage.Paused, move.To, move.Reason.Code, shown.Impressions, shown.Views,
            numbers.GetValueOrDefault("score"), numbers.GetValueOrDefault("gate"), numbers.GetValueOrDefault("probability"));
    }

    private static bool IsSameTrial(VideoState one, VideoState other) =>
        one.Stage == other.Stage && one.Niche is null == other.Niche is null && one.Wave == other.Wave && one.Revivals == other.Revivals && one.StageAt == other.StageAt;

    /// <summary>Viewers of the last week as memory would know them: counted again once a minute.</summary>
    private int Weekly(DateTimeOffset now)
    {
        var minute = now.ToUnixTimeSeconds() / 60;
        if (minute != _weekly.Minute) _weekly = (minute, _statistics.WeeklyViewers(now));
        return _weekly.Viewers;
    }

    /// <summary>Chance decides only which revivals are withheld, and those are followed as they were.</summary>
    private VideoJudge JudgeBy(Rules rules) => _judges.TryGetValue(rules, out var judge) ? judge : _judges[rules] = new VideoJudge(rules, new Chance(0));
}
