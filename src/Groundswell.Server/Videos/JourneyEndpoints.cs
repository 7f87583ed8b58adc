using System.Collections.Immutable;
using System.Security.Claims;
using Groundswell.Cluster;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Boosts;
using Groundswell.Core.Experiments;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Signals.Qualification;
using Groundswell.Core.Videos;
using Groundswell.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Groundswell.Server.Videos;

public sealed record JourneyAnswer(
    VideoId VideoId, string Caption, VideoStage Stage, string StageTitle, string PosterUrl, string Headline, ImmutableArray<JourneyEntry> Entries,
    EvidenceCard Evidence, AnalysisCard? Analysis, ImmutableArray<HistoryPoint> History);

/// <param name="Other">The earlier video that it is a duplicate of, for who may watch that one.</param>
/// <param name="Tried">Names of the experiments by whose treatment it was judged, over the rules in force.</param>
public sealed record JourneyEntry(
    DateTimeOffset At, VideoStage? From, VideoStage To, string ToTitle, ReasonCode Code, string Text, string By, ImmutableSortedDictionary<string, double> Numbers, VideoId? Other,
    ImmutableArray<string> Tried);

/// <param name="Niche">Among whom it goes on, in words, where it stops for everybody else: then score, gate and probability are those among them.</param>
public sealed record EvidenceCard(
    int Impressions, int Views, double Points, ScoreCard? Score, double Gate, double ProbabilityAboveGate, BatchCard Batch, ActionsCard Actions,
    PointsCard PointsByAction, string? Niche, ImmutableArray<CohortCard> Cohorts, ImmutableArray<DisqualifiedCard> Disqualified);

/// <param name="Shown">Impressions of the test so far: a test that stays unclear goes on to twice the size, never further.</param>
public sealed record BatchCard(int Size, int Shown);

public sealed record ActionsCard(int Rewatch, int Completion, int Share, int Comment, int Like, int EarlySkip, int NotInterested);

public sealed record PointsCard(double Rewatch, double Completion, double Share, double Comment, double Like);

public sealed record CohortCard(string Name, int Views, double MeanPoints);

public sealed record DisqualifiedCard(Disqualification Reason, string Text, int Count);

public sealed record AnalysisCard(
    int DurationMs, int Width, int Height, string VideoCodec, string? AudioCodec, ImmutableArray<GenreCard> Genres, double Motion, double? LoudnessLufs,
    double ShotsPerMinute, ImmutableArray<string> Words, ImmutableArray<string> Hashtags, ImmutableArray<float> Palette);

public sealed record HistoryPoint(DateTimeOffset At, int Views, double Points);

/// <summary>A video's journey: <c>GET /v1/videos/{id}/journey</c>, what the studio draws.</summary>
internal static class JourneyEndpoints
{
    private const int HistoryPoints = 200;
    private const int Chunk = 4096;

    public static void MapJourney(this IEndpointRouteBuilder routes) => routes.MapGet("/videos/{id}/journey", Journey)
        .WithName("journey").WithTags("Videos").WithSummary("What happened to a video, and why")
        .RequireAuthorization().ProducesProblem(StatusCodes.Status404NotFound);

    private static Results<Ok<JourneyAnswer>, ProblemHttpResult> Journey(VideoId id, HttpContext context, Engine engine)
    {
        if (engine.Catalogue.Video(id) is not { } video || !VideoAccess.IsInsider(video, context.User)) return Problem.NotFound("video");
        return TypedResults.Ok(new JourneyAnswer(
            id, video.Caption, video.Stage, video.Stage.Title(), Cards.PosterUrl(id), Headlines.For(video, engine),
            Entries(video, engine, context.User),
            Evidence(video, engine), Analysis(video, engine), History(video, engine)));
    }

    private static ImmutableArray<JourneyEntry> Entries(VideoState video, Engine engine, ClaimsPrincipal reader)
    {
        var steps = engine.Ledger.ReadJournal(video.Id).Select(recorded => Entry(recorded.Entry, engine)).OfType<JourneyEntry>().ToArray();
        var promoted = engine.Catalogue.Boosts.Read(board => board.All.Where(boost => boost.Video == video.Id).ToArray()).SelectMany(boost => Promotion(boost, steps));
        var marked = video.AgeMark is { } mark
            ? new[] { Beside(steps, mark.At, mark.AdultsOnly ? "Adults only" : "Every age", mark.By, Reason.Of(mark.AdultsOnly ? ReasonCode.ForAdultsOnly : ReasonCode.ForEveryAge, mark.Note)) }
            : [];
        // What happened at one moment stays in the order in which it happened.
        return [.. steps.Concat(promoted).Concat(marked).Select((entry, place) => (entry, place)).OrderBy(pair => pair.entry.At).ThenBy(pair => pair.place).Select(pair => pair.entry with { Other = Readable(pair.entry.Other) })];

        VideoId? Readable(VideoId? other) => other is { } id && VideoAccess.Find(id, reader, engine) is not null ? id : null;
    }

    private static IEnumerable<JourneyEntry> Promotion(Boost boost, JourneyEntry[] steps)
    {
        yield return Beside(
            steps, boost.At, "Promoted", boost.By, Reason.Of(ReasonCode.Boosted, ("slots", boost.Slots), ("hours", (boost.Expires - boost.From).TotalHours)) with { Note = boost.Reason });
        if (boost is { EndedAt: { } ended, EndedBy: { } by })
            yield return Beside(steps, ended, "Promotion ended", by, Reason.Of(ReasonCode.BoostEnded, ("served", boost.Served)) with { Note = boost.Note });
    }

    /// <summary>What moves no video stands beside the stage in which the video was.</summary>
    private static JourneyEntry Beside(JourneyEntry[] steps, DateTimeOffset at, string title, string by, Reason reason)
    {
        var stage = steps.LastOrDefault(step => step.At <= at)?.To ?? VideoStage.Uploaded;
        return Step(at, stage, stage, reason, by) with { ToTitle = title };
    }

    private static JourneyEntry? Entry(LedgerEntry entry, Engine engine) => entry switch
    {
        VideoUploaded uploaded => Step(uploaded.At, null, VideoStage.Uploaded, Reason.Of(ReasonCode.Received, ("bytes", uploaded.Bytes)), uploaded.CreatorName),
        VideoMoved { Niche: { } niche } moved => Step(moved.At, moved.From, moved.To, moved.Reason, moved.By, engine.Catalogue.Cohorts.Titles(niche, engine.Taxonomy)) with
        {
            ToTitle = $"{moved.To.Title()}, niche",
            Tried = TriedAt(moved, engine),
        },
        VideoMoved moved => Step(moved.At, moved.From, moved.To, moved.Reason, moved.By) with { Tried = TriedAt(moved, engine) },
        _ => null,
    };

    /// <summary>The beginning of a test only notes the arms: nothing was judged by them yet.</summary>
    private static ImmutableArray<string> TriedAt(VideoMoved moved, Engine engine) => moved is { From: not VideoStage.Reviewed, Enrolments: { } enrolments }
        ? engine.Experiments.Read(board => enrolments.Where(enrolment => enrolment.Arm == Arm.Treatment).Select(enrolment => board.Find(enrolment.Experiment)?.Experiment.Plan.Name).OfType<string>().ToImmutableArray())
        : [];

    private static JourneyEntry Step(DateTimeOffset at, VideoStage? from, VideoStage to, Reason reason, string by, string? niche = null) =>
        new(at, from, to, to.Title(), reason.Code, ReasonText.For(reason, niche), by, reason.Numbers, reason.Code == ReasonCode.DuplicateFound ? reason.Other : null, []);

    private static EvidenceCard Evidence(VideoState video, Engine engine)
    {
        var rules = engine.InForce;
        var verdict = rules.JudgeOf(video, engine.Now).Assess(video, engine.Catalogue.Around(video), engine.Now);
        var evidence = video.Evidence;
        var actions = evidence.Actions;
        var points = rules.Rules.Points;
        return new EvidenceCard(
            evidence.Totals.Impressions, evidence.Totals.Views, Math.Round(evidence.Totals.Points, 1), Cards.Score(verdict.Score), Math.Round(verdict.Gate, 2),
            Math.Round(verdict.Probability, 3), Batch(video, engine),
            new ActionsCard(actions.Rewatch, actions.Completion, actions.Share, actions.Comment, actions.Like, evidence.EarlySkips, evidence.NotInterested),
            new PointsCard(
                actions.Rewatch * points.Rewatch, actions.Completion * points.Completion, actions.Share * points.Share,
                actions.Comment * points.Comment, actions.Like * points.Like),
            video.Niche is { } niche ? engine.Catalogue.Cohorts.Titles(niche, engine.Taxonomy) : null,
            [
                .. evidence.Cohorts.Where(pair => pair.Value.Views > 0).OrderByDescending(pair => pair.Value.Views)
                    .Select(pair => new CohortCard(engine.Catalogue.Cohorts.Title(new Cohort(pair.Key), engine.Taxonomy), pair.Value.Views, Math.Round(pair.Value.MeanPoints, 2))),
            ],
            [.. evidence.Disqualified.Select(pair => new DisqualifiedCard(pair.Key, Qualifications.Sentence(pair.Key), pair.Value))]);
    }

    private static BatchCard Batch(VideoState video, Engine engine)
    {
        var size = TestBatch.Size(engine.Catalogue.Audience.Weekly, engine.InForce.Of(video, engine.Now).Rules.TestBatch);
        return new BatchCard(size, Math.Min(video.OnTrial.Impressions, 2 * size));
    }

    private static AnalysisCard? Analysis(VideoState video, Engine engine)
    {
        if (video is not { Media: { } media, Analysis: { } analysis }) return null;
        return new AnalysisCard(
            media.DurationMs, media.Width, media.Height, media.VideoCodec, media.AudioCodec, Cards.Genres(video, engine.Taxonomy, most: 5),
            Math.Round(analysis.Visual.Motion, 3), analysis.Audio is { } audio ? Math.Round(audio.LoudnessLufs, 1) : null, Math.Round(analysis.Visual.ShotsPerMinute, 1),
            analysis.Text.Words, analysis.Text.Hashtags, analysis.Visual.HueHistogram);
    }

    /// <summary>
    /// Cumulative views and points at no more than <see cref="HistoryPoints"/> moments. Where old signals were deleted it
    /// begins with what they had brought, so that it ends where the evidence stands.
    /// </summary>
    private static ImmutableArray<HistoryPoint> History(VideoState video, Engine engine)
    {
        var all = new List<(DateTimeOffset At, EvidenceTotals Totals)>();
        var totals = default(EvidenceTotals);
        for (long after = 0; ;)
        {
            var entries = engine.Ledger.ReadEngagement(video.Id, after, Chunk);
            foreach (var (position, entry) in entries)
            {
                after = position;
                if (entry is not SignalRecorded { Disqualified: null, Change.After: { Resolved: true, Boosted: false } } signal) continue;
                totals = totals.Fold(signal);
                all.Add((signal.EventTime, totals));
            }
            if (entries.Count < Chunk) break;
        }
        var gone = engine.Ledger.Baseline == 0 ? default : video.Evidence.Totals - totals;
        var shown = Math.Min(all.Count, HistoryPoints);
        return
        [
            .. Enumerable.Range(0, shown).Select(place => all[(int)((long)place * (all.Count - 1) / Math.Max(1, shown - 1))])
                .Select(one => new HistoryPoint(one.At, gone.Views + one.Totals.Views, Math.Round(gone.Points + one.Totals.Points, 1))),
        ];
    }
}
