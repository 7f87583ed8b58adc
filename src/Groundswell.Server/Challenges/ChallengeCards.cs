using System.Collections.Immutable;
using Groundswell.Cluster;
using Groundswell.Core;
using Groundswell.Core.Challenges;
using Groundswell.Core.Trends;
using Groundswell.Core.Videos;
using Groundswell.Server.Videos;

namespace Groundswell.Server.Challenges;

/// <summary>The challenge that a clip takes part in, for a link to it.</summary>
public sealed record ChallengeLink(string Slug, string Title, ImmutableArray<string> Hashtags)
{
    internal static ChallengeLink? Of(VideoState video, Engine engine) =>
        engine.Catalogue.Challenges.Of(video) is { } challenge ? new ChallengeLink(challenge.Slug, challenge.Terms.Title, challenge.Terms.Hashtags) : null;
}

/// <param name="Closes">When it closes, or was closed.</param>
/// <param name="Videos">Videos that take part and can be watched.</param>
/// <param name="Participants">Creators of those.</param>
/// <param name="Viewers">Distinct viewers of the last seven days, each counted at most once a day.</param>
/// <param name="Rising">It has more viewers now than its own baseline explains.</param>
/// <param name="PosterUrls">Of the best videos, at most four.</param>
public sealed record ChallengeCard(
    ChallengeId ChallengeId, string Slug, string Title, string Description, ImmutableArray<string> Hashtags, string? Sound, DateTimeOffset Opens, DateTimeOffset Closes,
    ChallengeStatus Status, int Videos, int Participants, int Viewers, bool Rising, ImmutableArray<string> PosterUrls);

public sealed record ChallengesAnswer(ImmutableArray<ChallengeCard> Challenges);

/// <param name="Rank">Place by score, from 1.</param>
public sealed record ChallengeVideo(
    VideoId VideoId, int Rank, string Caption, CreatorCard Creator, string PosterUrl, string StripUrl, int DurationMs, CountsCard Counts, DateTimeOffset UploadedAt);

/// <param name="Viewers">Distinct viewers of the last hours.</param>
/// <param name="Counted">Those of them that count for rising, no creator having brought more than their share.</param>
/// <param name="Expected">What its usual share of the audience would have brought.</param>
/// <param name="Hours">Distinct viewers by hour, oldest first, up to the present one.</param>
public sealed record ChallengeTrend(bool Rising, double Lift, int Viewers, double Counted, double Expected, int RecentHours, ImmutableArray<ChallengeHour> Hours);

public sealed record ChallengeHour(DateTimeOffset Hour, int Viewers);

/// <param name="Videos">By score, the best first.</param>
public sealed record ChallengePage(ChallengeCard Challenge, ChallengeTrend Trend, ImmutableArray<ChallengeVideo> Videos);

/// <summary>What challenges look like from outside: who takes part, in which order, and how much they are watched.</summary>
internal sealed class ChallengeCards
{
    private const int PostersShown = 4;
    private const int Week = 7 * 24;

    private readonly Engine _engine;
    private readonly ILookup<ChallengeId, VideoState> _cast;

    public ChallengeCards(Engine engine)
    {
        _engine = engine;
        var challenges = engine.Catalogue.Challenges;
        var shown = challenges.All.IsEmpty ? [] : engine.Catalogue.Videos().Where(video => video.Stage.IsPublic() && video.Media is not null && !video.AdultsOnly);
        _cast = (from video in shown from challenge in challenges.All where challenge.Takes(video) select (challenge.Id, video)).ToLookup(pair => pair.Id, pair => pair.video);
    }

    public ChallengeCard Card(Challenge challenge)
    {
        var cast = _cast[challenge.Id].ToArray();
        var terms = challenge.Terms;
        return new ChallengeCard(
            challenge.Id, challenge.Slug, terms.Title, terms.Description, terms.Hashtags, terms.Sound, terms.Opens, challenge.EndsAt, challenge.Status(_engine.Now),
            cast.Length, cast.Select(video => video.Creator).Distinct().Count(), Trend(challenge).Hours.TakeLast(Week).Sum(hour => hour.Viewers), Trend(challenge).Rising,
            [.. Ranked(cast).Take(PostersShown).Select(video => Cards.PosterUrl(video.Id))]);
    }

    public ImmutableArray<ChallengeVideo> Videos(Challenge challenge, int most) =>
    [
        .. Ranked(_cast[challenge.Id]).Take(most).Select((video, place) => new ChallengeVideo(
            video.Id, place + 1, video.Caption, new CreatorCard(video.Creator, video.CreatorName), Cards.PosterUrl(video.Id), Cards.StripUrl(video.Id),
            video.DurationMs, Cards.Counts(video), video.UploadedAt)),
    ];

    public ChallengeTrend Trend(Challenge challenge)
    {
        var (rules, now) = (_engine.Rules.Trends, _engine.Now);
        return _engine.Catalogue.Trends.Read(board =>
        {
            var topic = Topic.Challenge(challenge.Slug);
            var trend = board.Of(topic, Regions.Everywhere) ?? new Trend(topic, Regions.Everywhere);
            var evidence = new TrendReading(board, now, rules).EvidenceOf(trend);
            var verdict = TrendJudge.Judge(evidence, rules);
            return new ChallengeTrend(
                verdict.Rising, Math.Round(verdict.Lift, 2), evidence.Recent, Math.Round(verdict.Counted, 1), Math.Round(verdict.Expected, 1), rules.RecentHours, Hours(trend, challenge, now));
        });
    }

    /// <summary>From its opening, as far as hours are kept, to now: hours without a viewer are there too.</summary>
    private static ImmutableArray<ChallengeHour> Hours(Trend trend, Challenge challenge, DateTimeOffset now)
    {
        var last = TrendBoard.HourOf(now);
        var first = Math.Max(last - Week + 1, TrendBoard.HourOf(challenge.Terms.Opens));
        return [.. trend.Hours.Each(first - 1, last).Select((viewers, place) => new ChallengeHour(TrendBoard.TimeOf(first + place), viewers))];
    }

    private IEnumerable<VideoState> Ranked(IEnumerable<VideoState> cast) =>
        cast.OrderByDescending(video => _engine.JudgeOf(video).Assess(video, _engine.Catalogue.Around(video), _engine.Now).Score.Mean).ThenBy(video => video.Id.Value);
}
