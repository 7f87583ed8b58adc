using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Core.Signals;
using Groundswell.Lab.Simulations.World;

namespace Groundswell.Lab.Simulations.Audience;

/// <summary>Draws people: the same ones for the same seed, however many are drawn.</summary>
internal sealed class Population(int genres, double sessionsPerDay, Chance chance)
{
    /// <summary>People over whom a true score is the mean: a standard error of some 3 % of the spread between people.</summary>
    private const int PanelSize = 1000;

    /// <summary>Shape of the gamma that sessions a day follow: most people come seldom, a few always. A judgement.</summary>
    private const int SessionShape = 2;

    private readonly Chance _chance = chance.For("people");
    private ImmutableArray<Person> _panel;

    public Person Draw(long number, DateTimeOffset arrivesAt)
    {
        var key = _chance.For(number);
        return new Person(
            new ViewerId((long)(key.For("id").Bits() >> 1)), Taste(key.For("taste")), key.For("generosity").Normal(), Ready(key), Sessions(key.For("sessions")), arrivesAt);
    }

    /// <summary>Expected points of a view over the whole population, by a panel of people whose watching is integrated, not drawn.</summary>
    public double TrueScore(HiddenVideo video, PointRules points)
    {
        if (_panel.IsDefault) _panel = [.. Enumerable.Range(0, PanelSize).Select(number => Draw(-1 - number, Start.Of))];
        var sum = 0.0;
        foreach (var person in _panel) sum += Watching.ExpectedPoints(person, video, points);
        return sum / PanelSize;
    }

    private float[] Taste(Chance key)
    {
        var taste = new float[genres];
        for (var genre = 0; genre < genres; genre++) taste[genre] = (float)key.For(genre).Normal();
        return taste;
    }

    private static Readiness Ready(Chance key) => new(
        (float)Draws.Skewed(Measured.Like.Spread, key.For("like")), (float)Draws.Skewed(Measured.Comment.Spread, key.For("comment")),
        (float)Draws.Skewed(Measured.Share.Spread, key.For("share")), (float)Draws.Skewed(Measured.Follow.Spread, key.For("follow")));

    private double Sessions(Chance key)
    {
        var sum = 0.0;
        for (var i = 0; i < SessionShape; i++) sum += key.For(i).Exponential(sessionsPerDay / SessionShape);
        return Math.Min(sum, 12 * sessionsPerDay);
    }
}
