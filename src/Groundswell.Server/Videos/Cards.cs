using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Genres;
using Groundswell.Core.Videos;

namespace Groundswell.Server.Videos;

public sealed record CreatorCard(CreatorId Id, string Name, bool? Followed = null);

public sealed record SoundCard(string Title);

public sealed record GenreCard(string Name, string Title, double Weight);

public sealed record CountsCard(int Views, int Likes, int Comments, int Shares);

/// <param name="Mean">Expected points of a view.</param>
/// <param name="Low">Lower end of the central 80 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Views">What it is estimated from: only views in slots of a test, a revival or a wave.</param>
public sealed record ScoreCard(double Mean, double Low, double High, int Views);

/// <summary>The parts that several answers show of a video.</summary>
internal static class Cards
{
    private const int GenresShown = 2;

    public static string VideoUrl(VideoId video) => $"/media/{video}/video.mp4";
    public static string PosterUrl(VideoId video) => $"/media/{video}/poster.jpg";
    public static string StripUrl(VideoId video) => $"/media/{video}/strip.jpg";

    public static SoundCard? Sound(VideoState video) => video.Sound is { Length: > 0 } title ? new SoundCard(title) : null;

    public static CountsCard Counts(VideoState video)
    {
        var (actions, boosted) = (video.Evidence.Actions, video.Evidence.Boosted ?? BoostedViews.None);
        return new CountsCard(
            video.Evidence.Totals.Impressions + boosted.Totals.Impressions, actions.Like + boosted.Actions.Like,
            actions.Comment + boosted.Actions.Comment, actions.Share + boosted.Actions.Share);
    }

    public static ScoreCard? Score(ScorePosterior score)
    {
        if (score.Views == 0) return null;
        var (low, high) = score.Interval;
        return new ScoreCard(Math.Round(score.Mean, 2), Math.Round(low, 2), Math.Round(high, 2), score.Views);
    }

    /// <summary>The heaviest genres; none for a video that nobody can place.</summary>
    public static ImmutableArray<GenreCard> Genres(VideoState video, Taxonomy taxonomy, int most = GenresShown)
    {
        if (video.Analysis?.Genres is not { Leading: not null } mix) return [];
        return
        [
            .. mix.Weights.Select((weight, genre) => (weight, genre))
                .Where(pair => pair.genre < taxonomy.Count && pair.weight > 1f / taxonomy.Count)
                .OrderByDescending(pair => pair.weight).ThenBy(pair => pair.genre).Take(most)
                .Select(pair => new GenreCard(taxonomy[pair.genre].Name, taxonomy[pair.genre].Title, Math.Round(pair.weight, 3))),
        ];
    }
}
