using Groundswell.Core.Creators;

namespace Groundswell.Core.Audience;

/// <summary>How the slots for tests are shared out.</summary>
/// <param name="NoviceShare">Share of test slots that look first at creators without a whole record (<see cref="Creators.CreatorRecord"/>); in the rest all take their turns. What either leaves goes to the other.</param>
/// <param name="FirstLookShare">While both wait, share of test slots that look first at videos that nobody has looked at yet; the rest looks first at tests under way.</param>
/// <param name="PatienceHours">A test's urgency doubles with every so many hours that it waits: none under way stands at the end of the line for ever.</param>
/// <param name="InFlightShare">At most this share of a batch, but a first look at least, may be on its way to viewers at once, for one video and one server: what many pages at once can overrun. Twice as much where two spans of ten minutes meet, and a slot for each page that is made in the same moment.</param>
public sealed record PacingRules(double NoviceShare = 0.3, double FirstLookShare = 0.5, double PatienceHours = 24, double InFlightShare = 0.1)
{
    /// <summary>Slots of one video that may be on their way at once, in one server.</summary>
    public int InFlight(int batch, int firstLook) => Math.Max(firstLook, (int)Math.Ceiling(batch * InFlightShare));
}

/// <summary>A test as pacing sees it.</summary>
/// <param name="Record">What earlier tests say of its creator.</param>
/// <param name="Since">When it began.</param>
/// <param name="Views">What it has gathered.</param>
/// <param name="Distance">Deviations between score and gate (<see cref="ScorePosterior.Distance"/>).</param>
public readonly record struct RunningTest(VideoId Video, CreatorId Creator, CreatorRecord Record, DateTimeOffset Since, int Views, double Distance);

/// <summary>
/// Which test a slot serves next. A slot is worth most where it may turn a verdict: at the video whose score is fewest
/// deviations from the gate (as in optimal computing budget allocation; Chen et al., 2000). Before that everybody gets a
/// first look. The tests of one creator take turns with those of others, and so do tests that began within one hour with those
/// of other hours: whoever uploads ten thousand, or comes in a crowd that does, waits behind themselves and not others behind
/// them (fair queueing; Demers, Keshav and Shenker, 1989). A page shows, of the dozen that stand first and take its viewer, the
/// one worth most to them.
/// </summary>
public static class Pacing
{
    /// <summary>Those without their first look, in the order in which they are served.</summary>
    public static List<RunningTest> FirstLooks(IEnumerable<RunningTest> tests, int firstLook) =>
        InTurns(tests.Where(test => test.Views < firstLook).OrderBy(test => test.Since).ThenBy(test => test.Video.Value));

    /// <summary>Those under way, in the order in which they are served.</summary>
    public static List<RunningTest> UnderWay(IEnumerable<RunningTest> tests, int firstLook, DateTimeOffset now, PacingRules rules) =>
        InTurns(tests.Where(test => test.Views >= firstLook).OrderBy(test => Urgency(test, now, rules)).ThenBy(test => test.Since).ThenBy(test => test.Video.Value));

    /// <summary>Of every one's the first, then of every one's the second, and so on; within a turn as they come.</summary>
    /// <param name="whose">Whose each is: mostly its creator's.</param>
    public static List<T> InTurns<T, TWhose>(IEnumerable<T> ordered, Func<T, TWhose> whose) where TWhose : notnull
    {
        var turns = new Dictionary<TWhose, int>();
        return [.. ordered.Select(one => (One: one, Turn: Next(turns, whose(one)))).OrderBy(placed => placed.Turn).Select(placed => placed.One)];
    }

    /// <summary>
    /// In turns of creators and of crowds at once: a test stands as far back as the later of its two turns. A crowd is what
    /// began within one hour by creators of whom equally much is known. Creators take their turns first, so that who uploads in
    /// the same hour as a flood by another is no part of it.
    /// </summary>
    private static List<RunningTest> InTurns(IEnumerable<RunningTest> ordered)
    {
        var ofCreators = new Dictionary<CreatorId, int>();
        var ofCrowds = new Dictionary<(CreatorRecord, long Hour), int>();
        return [.. InTurns(ordered, test => test.Creator)
            .Select(test => (Test: test, Turn: Math.Max(Next(ofCreators, test.Creator), Next(ofCrowds, (test.Record, test.Since.UtcTicks / TimeSpan.TicksPerHour)))))
            .OrderBy(placed => placed.Turn).Select(placed => placed.Test)];
    }

    private static int Next<TWhose>(Dictionary<TWhose, int> turns, TWhose whose) where TWhose : notnull
    {
        var turn = turns.GetValueOrDefault(whose);
        turns[whose] = turn + 1;
        return turn;
    }

    /// <summary>Distance from the gate, halved by every wait of <see cref="PacingRules.PatienceHours"/>; the lower the sooner.</summary>
    private static double Urgency(in RunningTest test, DateTimeOffset now, PacingRules rules) =>
        test.Distance * Math.Pow(0.5, Math.Max(0, (now - test.Since).TotalHours) / rules.PatienceHours);
}
