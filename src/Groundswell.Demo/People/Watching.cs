using System.Collections.Immutable;
using Groundswell.Core.Chances;
using Groundswell.Core.Genres;

namespace Groundswell.Demo.People;

/// <summary>What a viewer can tell about a clip while it plays; <paramref name="Key"/> names it for the draws, <paramref name="HiddenQuality"/> is 0 to 1.</summary>
public sealed record ClipFacts(string Key, GenreMix Mix, int DurationMs, double HiddenQuality);

/// <summary>Where in a session the clip came: how many were watched before, how many of the latest disappointed, and the genres just seen (latest last).</summary>
public sealed record SessionMood(int Position, int BadInARow, ImmutableArray<int> RecentGenres)
{
    public static SessionMood Fresh { get; } = new(0, 0, []);

    /// <summary>The mood after a clip: a view below a third of the duration counts as a disappointment.</summary>
    public SessionMood After(ClipFacts clip, WatchDecision decision) => new(
        Position + 1,
        decision.PlayedMs < clip.DurationMs / 3 ? BadInARow + 1 : 0,
        clip.Mix.Leading is { } genre ? [.. RecentGenres.TakeLast(5), genre] : RecentGenres);
}

/// <summary>How a view ended.</summary>
public enum WatchEnd
{
    Swipe,
    Exit,
    Background,
}

/// <summary>
/// One view. <paramref name="PlayedMs"/> is the union of what was seen (at most the duration), <paramref name="TotalMs"/> counts loops too,
/// <paramref name="Loops"/> is how often the end was passed.
/// </summary>
public sealed record WatchDecision(
    int PlayedMs, int TotalMs, int Loops, WatchEnd End, bool Likes, string? Comment, bool Shares, bool Follows, bool NotInterested);

/// <summary>
/// How synthetic viewers watch. The shapes follow what is published about short video: attention decays with length, so longer clips
/// complete less (Zhan et al., "Deconfounding Duration Bias in Watch-time Prediction", KDD 2022); unloved clips are left within
/// two seconds; bad clips in a row raise the hazard of leaving (cf. Kapoor et al., "A hazard based approach to user return time
/// prediction", KDD 2014); the same genre again and again tires (cf. Ratner et al. on boredom, "Choosing Less-Preferred Experiences", 1999).
/// The numbers are judgement, tuned so that an average feed completes about a third of its views.
/// </summary>
public static class Watching
{
    public static WatchDecision Decide(SyntheticViewer viewer, ClipFacts clip, SessionMood mood, Chance chance)
    {
        var key = chance.For(viewer.Key).For(clip.Key);
        var appeal = Appeal(viewer, clip, mood);
        var (played, loops, total) = Played(viewer, clip, appeal, key);
        var finished = loops > 0;
        var likes = finished && key.For("like").Hits(viewer.LikePropensity * appeal * 1.6);
        return new WatchDecision(
            played, total, loops, Ending(viewer, mood, appeal, key.For("end")), likes,
            Comments.Maybe(viewer, appeal, played, key.For("comment")),
            Shares: finished && key.For("share").Hits(viewer.SharePropensity * appeal * appeal * 2),
            Follows: likes && key.For("follow").Hits(0.12 * appeal),
            NotInterested: appeal < 0.2 && key.For("no").Hits(0.03));
    }

    /// <summary>0 to 1: taste and workmanship, less what fatigue takes away.</summary>
    public static double Appeal(SyntheticViewer viewer, ClipFacts clip, SessionMood mood)
    {
        var taste = viewer.AffinityTo(clip.Mix);
        var appeal = Draws.Sigmoid(3.2 * taste + 2.6 * (clip.HiddenQuality - 0.5) - 0.35);
        return appeal * (1 - Fatigue(clip, mood));
    }

    private static double Fatigue(ClipFacts clip, SessionMood mood)
    {
        if (clip.Mix.Leading is not { } genre) return 0;
        var repeats = mood.RecentGenres.Count(recent => recent == genre);
        return Math.Min(0.5, 0.09 * Math.Max(0, repeats - 1));
    }

    private static (int Played, int Loops, int Total) Played(SyntheticViewer viewer, ClipFacts clip, double appeal, Chance chance)
    {
        if (chance.For("skip").Hits(EarlySkip(viewer, appeal)))
        {
            var skip = Math.Min((int)(300 + chance.For("early").Unit() * 1600), clip.DurationMs * 9 / 10);
            return (skip, 0, skip);
        }
        // A constant hazard of leaving once the first two seconds are survived: the mean grows steeply with appeal.
        var stay = 2000 + chance.For("stay").Exponential(1500 + 26000 * appeal * appeal * (0.6 + 0.8 * viewer.Patience));
        if (stay < clip.DurationMs) return ((int)stay, 0, (int)stay);
        return Looped(viewer, clip, appeal, chance.For("loops"));
    }

    private static (int Played, int Loops, int Total) Looped(SyntheticViewer viewer, ClipFacts clip, double appeal, Chance chance)
    {
        var loops = 1;
        var again = Math.Min(0.75, 2.2 * viewer.RewatchPropensity * appeal * Math.Sqrt(8000.0 / Math.Max(2000, clip.DurationMs)));
        while (loops < 4 && chance.For(loops).Hits(again)) loops++;
        var rest = (int)(chance.For("rest").Unit() * Math.Min(900, clip.DurationMs / 4));
        return (clip.DurationMs, loops, loops * clip.DurationMs + rest);
    }

    private static double EarlySkip(SyntheticViewer viewer, double appeal) =>
        Math.Clamp(0.78 - 0.95 * appeal - 0.18 * (viewer.Patience - 0.5), 0.02, 0.9);

    // Sessions last a mean length; every disappointment in a row makes the door nearer.
    private static WatchEnd Ending(SyntheticViewer viewer, SessionMood mood, double appeal, Chance chance)
    {
        var clips = Math.Max(4, viewer.SessionLengthMean.TotalSeconds / 7);
        var hazard = 0.6 / clips * (1 + 0.02 * mood.Position) + 0.03 * mood.BadInARow * (1.2 - appeal);
        if (!chance.For("leave").Hits(Math.Min(0.6, hazard))) return WatchEnd.Swipe;
        return chance.For("how").Hits(0.3) ? WatchEnd.Background : WatchEnd.Exit;
    }
}
