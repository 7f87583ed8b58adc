using Groundswell.Core.Chances;

namespace Groundswell.Demo.People;

/// <summary>
/// Someone who uploads. <paramref name="Talent"/> (0 to 1) is hidden from the engine; <paramref name="QuitPropensity"/> is the
/// chance a week to give up when nobody watches, <paramref name="EarlyLeavePropensity"/> the chance to close the studio within a minute.
/// </summary>
public sealed record SyntheticCreator(
    string Handle, string DisplayName, string Genre, double Talent, double UploadsPerWeek, double QuitPropensity, double EarlyLeavePropensity)
{
    /// <summary>How many clips the creator uploads on a day (Poisson around the cadence).</summary>
    public int UploadsOn(DateOnly day, Chance chance) => Draws.Poisson(UploadsPerWeek / 7, chance.For("uploads").For(Handle).For(day.DayNumber));

    /// <summary>
    /// Whether the creator goes quiet this week. Attention keeps people: the chance is divided by the doublings of their views (a
    /// judgement; a thousand views make leaving ten times rarer than none).
    /// </summary>
    public bool Quits(int week, int viewsThisWeek, Chance chance) =>
        chance.For("quit").For(Handle).For(week).Hits(QuitPropensity / Math.Max(1, Math.Log2(2 + viewsThisWeek)));

    /// <summary>One visit to the studio: how long it lasts, and whether it ended before the creator did what they came for.</summary>
    public StudioVisit Visit(DateOnly day, int ordinal, Chance chance)
    {
        var key = chance.For("studio").For(Handle).For(day.DayNumber).For(ordinal);
        var early = key.For("early").Hits(EarlyLeavePropensity);
        var length = early ? TimeSpan.FromSeconds(8 + key.For("length").Exponential(20)) : TimeSpan.FromMinutes(2 + key.For("length").Exponential(8));
        return new StudioVisit(length, early);
    }
}

/// <summary>One session of a creator in the studio.</summary>
public sealed record StudioVisit(TimeSpan Length, bool LeftEarly);
