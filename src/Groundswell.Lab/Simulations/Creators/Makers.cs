using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Core.Signals;
using Groundswell.Core.Taste;
using Groundswell.Lab.Simulations.Audience;
using Groundswell.Lab.Simulations.World;

namespace Groundswell.Lab.Simulations.Creators;

/// <summary>
/// Draws creators, their videos and their moods; the same for the same seed. Sizes that the logs cannot say are judgements:
/// they hold too few creators with two videos to tell talent from luck, and no creator who stopped.
/// </summary>
internal sealed class Makers(int genres, PointRules points, Population population, double dividing, Chance chance)
{
    /// <summary>Uploads of a creator a week.</summary>
    public const double UploadsPerWeek = 3;

    /// <summary>Share of the variance of quality that is the creator's talent.</summary>
    private const double TalentShare = 0.5;

    /// <summary>Chance a day of giving up without any audience; it falls with the doublings of the week's viewers beyond <see cref="Noticed"/>.</summary>
    private const double GivingUp = 0.06, Noticed = 20;

    /// <summary>Chance a day of looking into the studio.</summary>
    public const double Visiting = 0.6;

    private readonly Chance _chance = chance.For("makers");

    /// <summary>How common genres are among uploads: Zipf's law with exponent ½.</summary>
    private readonly double[] _popularity = [.. Enumerable.Range(1, genres).Select(rank => 1 / Math.Sqrt(rank))];

    public Maker Draw(long number, DateTimeOffset arrivesAt)
    {
        var key = _chance.For(number);
        return Make(number, key.For("talent").Normal(), UploadsPerWeek / 7 * Draws.Skewed(0.8, key.For("cadence")), arrivesAt);
    }

    public Maker Make(long number, double talent, double uploadsPerDay, DateTimeOffset arrivesAt, bool driven = false)
    {
        var key = _chance.For(number);
        return new Maker(
            new CreatorId((long)(key.For("id").Bits() >> 1)), number, talent, uploadsPerDay, [Genre(key.For("first")), Genre(key.For("second"))], arrivesAt) { IsDriven = driven };
    }

    /// <summary>A creator's next video.</summary>
    public HiddenVideo Next(Maker maker, DateTimeOffset at)
    {
        var key = _chance.For(maker.Number).For("video").For(maker.Uploads);
        var quality = (Math.Sqrt(TalentShare) * maker.Talent) + (Math.Sqrt(1 - TalentShare) * key.For("luck").Normal());
        var video = new HiddenVideo(
            new VideoId((long)(key.For("id").Bits() >> 1)), maker.Id, quality, Mix(maker, key.For("genres")), Duration(key.For("duration").Unit()),
            Topics.Drawn(at, key.For("topic")), TrueScore: 0, Divides: key.For("divides").Hits(dividing));
        return video with { TrueScore = population.TrueScore(video, points) };
    }

    /// <summary>Whether a creator gives up on this day: the fewer watched them in the last week, the likelier; nobody before a day has passed.</summary>
    public bool GivesUp(Maker maker, int day, DateTimeOffset now) =>
        !maker.IsDriven && maker.FirstUploadAt is { } first && now - first >= TimeSpan.FromDays(1)
        && _chance.For(maker.Number).For("giving up").For(day).Hits(GivingUp / Math.Max(1, Math.Log2(2 + (maker.Viewers / Noticed))));

    /// <summary>Minutes of a studio visit: short ones where nobody watches.</summary>
    public double VisitMinutes(Maker maker, int day)
    {
        var key = _chance.For(maker.Number).For("visit").For(day);
        return Math.Min(25, 1 + key.Exponential(1.5 * Math.Log2(2 + (maker.Viewers / Noticed))));
    }

    private ImmutableArray<GenreShare> Mix(Maker maker, Chance key)
    {
        var first = key.For(1).Hits(0.75) ? maker.Genres[0] : maker.Genres[1];
        var second = key.For(2).Hits(0.5) ? maker.Genres[1] : Genre(key.For(3));
        var weight = (float)(0.6 + (0.35 * key.For(4).Unit()));
        return first == second ? [new GenreShare(first, 1)] : [new GenreShare(first, weight), new GenreShare(second, 1 - weight)];
    }

    private int Genre(Chance key) => Draws.Weighted(_popularity, _popularity.Sum(), key);

    /// <summary>Milliseconds at a quantile of the measured durations, log-linear between the measured points.</summary>
    private static int Duration(double quantile)
    {
        var (at, seconds) = (Measured.DurationQuantiles, Measured.Durations);
        var above = 1;
        while (above < at.Length - 1 && at[above] < quantile) above++;
        var share = (quantile - at[above - 1]) / (at[above] - at[above - 1]);
        return (int)(1000 * Math.Exp(Math.Log(seconds[above - 1]) + (share * Math.Log(seconds[above] / seconds[above - 1]))));
    }
}
