using System.Collections.Immutable;
using Groundswell.Core.Audience;
using Groundswell.Core.Chances;
using Groundswell.Core.Signals;
using Groundswell.Lab.Simulations.World;

namespace Groundswell.Lab.Simulations.Audience;

/// <summary>One view: how far it went and what was done.</summary>
/// <param name="PlayedMs">Union of what was seen.</param>
/// <param name="TotalMs">All that was played, loops included.</param>
/// <param name="Appeal">What the viewer got out of it, against an average view: probit units, noise included.</param>
internal readonly record struct Watched(Depth Depth, int PlayedMs, int TotalMs, int Loops, double Appeal, bool Likes, bool Comments, bool Shares, bool Follows);

/// <summary>
/// How people watch: an ordered probit. One latent appeal (quality, generosity, taste and a unit of noise) against three
/// bounds that depend on the duration says whether a view is skipped, left, completed or watched again; the bounds are set
/// so that the whole population on all videos does what <see cref="Measured"/> says. Acts follow from how far a view went.
/// </summary>
internal static class Watching
{
    /// <summary>Standard deviation of the latent appeal over people, videos and noise.</summary>
    private static readonly double Spread = Math.Sqrt(
        1 + (Measured.Quality * Measured.Quality) + (Measured.Generosity * Measured.Generosity) + (Measured.Taste * Measured.Taste));

    private static readonly ImmutableArray<Bounds> ByDuration =
    [
        .. Enum.GetValues<DurationBucket>().Select(bucket => Bounds.Of(
            Measured.EarlySkip[(int)bucket], Measured.Completion[(int)bucket], Measured.Rewatch[(int)bucket])),
    ];

    /// <summary>The view of a person whose appeal is known, fatigue taken off.</summary>
    /// <param name="chance">Keyed by person and video, so that another policy meets the same view.</param>
    public static Watched Watch(Person person, HiddenVideo video, double appeal, Chance chance)
    {
        var latent = appeal + chance.For(1).Normal();
        var bounds = ByDuration[(int)video.Bucket];
        var depth = bounds.DepthOf(latent);
        var (played, total) = Played(depth, latent, video.DurationMs, bounds, chance.For(2).Unit());
        var readiness = person.Readiness;
        return new Watched(
            depth, played, total, total > video.DurationMs ? total / video.DurationMs : 0, latent,
            chance.For(3).Hits(RateOf(Measured.Like, depth, readiness.Like)),
            chance.For(4).Hits(RateOf(Measured.Comment, depth, readiness.Comment)),
            chance.For(5).Hits(RateOf(Measured.Share, depth, readiness.Share)),
            chance.For(6).Hits(RateOf(Measured.Follow, depth, readiness.Follow)));
    }

    /// <summary>Expected points of a view, exact but for the drawing of the person: the noise is integrated out.</summary>
    public static double ExpectedPoints(Person person, HiddenVideo video, PointRules points) => ExpectedPoints(person, video, person.AppealOf(video), points);

    /// <inheritdoc cref="ExpectedPoints(Person, HiddenVideo, PointRules)"/>
    /// <param name="appeal">As it is at the moment of the view.</param>
    public static double ExpectedPoints(Person person, HiddenVideo video, double appeal, PointRules points)
    {
        var bounds = ByDuration[(int)video.Bucket];
        var (watched, completed, again) = (Probit.Cdf(appeal - bounds.Skip), Probit.Cdf(appeal - bounds.Complete), Probit.Cdf(appeal - bounds.Rewatch));
        // What is done on a skipped view is held back and earns nothing.
        return (points.Completion * completed) + (points.Rewatch * again)
            + ((watched - completed) * Acts(Depth.Partly)) + ((completed - again) * Acts(Depth.Completed)) + (again * Acts(Depth.Rewatched));

        double Acts(Depth depth) =>
            (points.Like * RateOf(Measured.Like, depth, person.Readiness.Like))
            + (points.Comment * RateOf(Measured.Comment, depth, person.Readiness.Comment))
            + (points.Share * RateOf(Measured.Share, depth, person.Readiness.Share));
    }

    private static double RateOf(ActRates rates, Depth depth, float readiness) => Math.Min(0.95, rates.At(depth) * readiness);

    /// <summary>How long it was played: further the more it appealed, between the bounds of its depth.</summary>
    private static (int Played, int Total) Played(Depth depth, double latent, int durationMs, Bounds bounds, double luck)
    {
        var skip = Math.Min(0.9, Math.Max(2000.0 / durationMs, 0.2));
        switch (depth)
        {
            case Depth.Skipped: return Part(skip * (0.05 + (0.9 * luck)));
            case Depth.Partly: return Part(skip + ((0.94 - skip) * (latent - bounds.Skip) / (bounds.Complete - bounds.Skip)));
            case Depth.Completed: return (durationMs, (int)(durationMs * (1 + (0.8 * luck))));
            default: return (durationMs, (int)(durationMs * (2.02 + luck)));
        }

        (int, int) Part(double share)
        {
            var played = Math.Max(1, (int)(share * durationMs));
            return (played, played);
        }
    }

    /// <summary>What the latent appeal has to reach for a view to go on, to complete, and to be watched again.</summary>
    internal readonly record struct Bounds(double Skip, double Complete, double Rewatch)
    {
        /// <summary>The bounds under which all people on all videos skip, complete and watch again at these rates.</summary>
        public static Bounds Of(double skip, double completion, double rewatch) =>
            new(Spread * Probit.Quantile(skip), Spread * Probit.Quantile(1 - completion), Spread * Probit.Quantile(1 - rewatch));

        public Depth DepthOf(double latent) =>
            latent < Skip ? Depth.Skipped : latent < Complete ? Depth.Partly : latent < Rewatch ? Depth.Completed : Depth.Rewatched;
    }
}
