using Groundswell.Core.Chances;
using Groundswell.Lab.Simulations.World;

namespace Groundswell.Lab.Simulations.Audience;

/// <summary>
/// When people come, when they leave, and whether they come back. The logs that the audience is measured on hold neither
/// exits nor absences, so the sizes here are judgements; the directions follow Kapoor et al., "A hazard based approach to user
/// return time prediction" (KDD 2014): what bored brings them back later, or not at all.
/// </summary>
internal static class Habits
{
    /// <summary>Appeal lost for each of the last views of the same genre beyond the first.</summary>
    private const double Fatigue = 0.08;

    /// <summary>Chance of not coming back after an average session, of one who is settled, and of one who is new.</summary>
    private const double Lapse = 0.006, FirstLapse = 0.08;

    /// <summary>Someone is new for so many sessions.</summary>
    private const int NewSessions = 3;

    /// <summary>How much of contentment the last session makes up.</summary>
    private const double Memory = 0.3;

    private static readonly double HoursSum = Measured.Hours.Sum();

    /// <summary>What someone gets out of a video at that moment of a session, but for the noise of a view: probit units.</summary>
    public static double Appeal(Person person, HiddenVideo video, Sitting sitting, DateTimeOffset now) =>
        person.AppealOf(video) + Topics.Appeal(video.Topic, now) - (Fatigue * Math.Max(0, sitting.Repeats(video) - 1));

    /// <summary>Chance that a view is the session's last: one in twelve on the whole, more after each skip in a row, and slowly more with time.</summary>
    public static double Leaving(Sitting sitting) =>
        Math.Min(0.6, (0.6 + (0.3 * Math.Min(6, sitting.SkipsInARow))) * (0.9 + (0.01 * sitting.Views)) / Measured.SessionViews);

    /// <summary>Takes a session's mean appeal into a person's contentment and says whether they are gone for good.</summary>
    public static bool IsLast(Person person, Sitting sitting, Chance chance)
    {
        // Nothing to watch is as bad as a session of skips.
        var appeal = sitting.Views == 0 ? -1 : sitting.MeanAppeal;
        person.Contentment += Memory * (appeal - person.Contentment);
        var isNew = person.ArrivesAt > Start.Of && person.State is { Sessions: <= NewSessions };
        return chance.For("lapse").Hits(Math.Min(0.9, (isNew ? FirstLapse : Lapse) * Math.Exp(-1.5 * person.Contentment)));
    }

    /// <summary>A moment of a day, by the hours in which people watch.</summary>
    public static TimeSpan Moment(Chance chance) =>
        TimeSpan.FromHours(Draws.Weighted(Measured.Hours.AsSpan(), HoursSum, chance.For(1)) + chance.For(2).Unit());
}
