using Groundswell.Core;
using Groundswell.Core.Viewers;
using Groundswell.Lab.Simulations.World;

namespace Groundswell.Lab.Simulations.Audience;

/// <summary>How readily someone acts: multiples of the average person's rates.</summary>
internal sealed record Readiness(float Like, float Comment, float Share, float Follow);

/// <summary>
/// Someone who watches. What they like is hidden from the engine, which knows them by their <see cref="State"/> alone.
/// </summary>
/// <param name="Taste">Liking of each genre: standard normal.</param>
/// <param name="Generosity">How much more they get out of any video than others do: standard normal.</param>
/// <param name="SessionsPerDay">Mean sessions a day while content.</param>
/// <param name="ArrivesAt">When they first open the app; the beginning of the world for those who are there.</param>
internal sealed class Person(ViewerId id, float[] taste, double generosity, Readiness readiness, double sessionsPerDay, DateTimeOffset arrivesAt)
{
    public ViewerId Id { get; } = id;

    /// <summary>Their place among the people of the world.</summary>
    public int Index { get; set; }
    public float[] Taste { get; } = taste;
    public double Generosity { get; } = generosity;
    public Readiness Readiness { get; } = readiness;
    public double SessionsPerDay { get; } = sessionsPerDay;
    public DateTimeOffset ArrivesAt { get; } = arrivesAt;

    /// <summary>What the engine knows; made at the first session, dropped when they are gone for good.</summary>
    public ViewerState? State { get; set; }

    /// <summary>Running mean of how sessions were, against an average one; below 0 they come back less.</summary>
    public double Contentment { get; set; }
    public bool IsGone { get; set; }
    public int Requests { get; set; }
    public Sitting? Sitting { get; set; }

    /// <summary>How much more they get out of a video than an average person out of an average video: probit units.</summary>
    public double AppealOf(HiddenVideo video)
    {
        var liking = 0f;
        foreach (var (genre, weight) in video.Genres) liking += weight * Taste[genre];
        return (Measured.Quality * video.Quality) + (Measured.Generosity * Generosity) + (Measured.Taste * liking * video.TasteScale);
    }
}
