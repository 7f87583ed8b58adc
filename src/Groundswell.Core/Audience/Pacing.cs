using Groundswell.Core.Creators;

namespace Groundswell.Core.Audience;

/// <summary>How the slots for tests are shared out.</summary>
/// <param name="NoviceShare">Share of test slots that creators without a whole record (<see cref="Creators.CreatorRecord"/>) are served first in, every other place for those of whom nothing is known yet; the rest serves creators with a record first. What either leaves goes to the other.</param>
/// <param name="FirstLookShare">While both wait, share of test slots that go to videos that nobody has looked at yet; the rest goes to tests under way, so that neither waits for the other.</param>
/// <param name="PatienceHours">A test's urgency doubles with every so many hours that it waits: no test under way is overtaken for ever.</param>
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
/// first look, and the tests of one creator stand in one line, so that whoever uploads ten thousand waits behind
/// themselves and not others behind them.
/// </summary>
public static class Pacing
{
    /// <summary>Those without their first look, in the order in which they are served.</summary>
    public static List<RunningTest> FirstLooks(IEnumerable<RunningTest> tests, int firstLook) =>
        InTurns(tests.Where(test => test.Views < firstLook).OrderBy(test => test.Since).ThenBy(test => test.Video.Value), test => test.Creator);

    /// <summary>Those under way, in the order in which they are served.</summary>
    public static List<RunningTest> UnderWay(IEnumerable<RunningTest> tests, int firstLook, DateTimeOffset now, PacingRules rules) =>
        InTurns(tests.Where(test => test.Views >= firstLook).OrderBy(test => Urgency(test, now, rules)).ThenBy(test => test.Since).ThenBy(test => test.Video.Value), test => test.Creator);

    /// <summary>
    /// The novices of such a line, in their order: creators whose first videos have had some verdicts, and those of whom nothing
    /// is known, by turns. So a crowd of new accounts takes every other place at most until a test of theirs has ended.
    /// </summary>
    public static List<RunningTest> Novices(IEnumerable<RunningTest> line) =>
        InTurns(line.Where(test => test.Record != CreatorRecord.Full).OrderByDescending(test => test.Record), test => test.Record);

    /// <summary>Distance from the gate, halved by every wait of <see cref="PacingRules.PatienceHours"/>; the lower the sooner.</summary>
    private static double Urgency(in RunningTest test, DateTimeOffset now, PacingRules rules) =>
        test.Distance * Math.Pow(0.5, Math.Max(0, (now - test.Since).TotalHours) / rules.PatienceHours);

    /// <summary>Of every one's the first, then of every one's the second, and so on; within a turn as they come.</summary>
    /// <param name="whose">Whose each is: mostly its creator's.</param>
    public static List<T> InTurns<T, TWhose>(IEnumerable<T> ordered, Func<T, TWhose> whose) where TWhose : notnull
    {
        var turns = new Dictionary<TWhose, int>();
        var placed = new List<(int Turn, int Place, T Video)>();
        foreach (var video in ordered)
        {
            var turn = turns.GetValueOrDefault(whose(video));
            turns[whose(video)] = turn + 1;
            placed.Add((turn, placed.Count, video));
        }
        placed.Sort((left, right) => left.Turn != right.Turn ? left.Turn.CompareTo(right.Turn) : left.Place.CompareTo(right.Place));
        return placed.ConvertAll(one => one.Video);
    }
}
