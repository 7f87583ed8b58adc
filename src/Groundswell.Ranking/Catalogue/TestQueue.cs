using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Chances;
using Groundswell.Core.Creators;
using Groundswell.Core.Videos;

namespace Groundswell.Ranking.Catalogue;

/// <summary>
/// The tests that wait for viewers, in the order in which slots serve them, as of a moment ago. What a cell holds and what
/// is on its way are read when a page is made.
/// </summary>
public sealed class TestQueue
{
    private readonly Line _firstLooks, _underWay, _inNiches;

    private TestQueue(Line firstLooks, Line underWay, Line inNiches) => (_firstLooks, _underWay, _inNiches) = (firstLooks, underWay, inNiches);

    public static TestQueue Empty { get; } = new(Line.Empty, Line.Empty, Line.Empty);

    /// <summary>Videos that nobody has had a first look at.</summary>
    public int WaitingForFirstLook => _firstLooks.All.Length;

    internal static TestQueue Of(IEnumerable<VideoCell> testing, Func<VideoState, Surroundings> around, int batch, Rules rules, DateTimeOffset now)
    {
        var cells = testing.ToDictionary(cell => cell.State.Id);
        var tests = cells.Values.ToLookup(cell => cell.State.Niche is not null, cell => Seen(cell.State, around(cell.State), rules, now));
        var firstLook = rules.Gate.FirstLook(batch);
        return new TestQueue(
            Line.Of(Pacing.FirstLooks(tests[false], firstLook), cells),
            Line.Of(Pacing.UnderWay(tests[false], firstLook, now, rules.Pacing), cells),
            Line.Of(Pacing.UnderWay(tests[true], firstLook: 0, now, rules.Pacing), cells));
    }

    /// <summary>
    /// Every waiting test, in the order in which one slot looks at them. Whether those without a first look or those under way
    /// come first is drawn by their share, and so is whether novices come before others; where they do not, all take their
    /// turns. A test that goes on in a niche has had everybody's verdict: it takes what all others leave.
    /// </summary>
    public IEnumerable<VideoCell> InOrder(Chance chance, PacingRules rules)
    {
        var (first, second) = chance.For("first look").Hits(rules.FirstLookShare) ? (_firstLooks, _underWay) : (_underWay, _firstLooks);
        var waiting = chance.For("novice").Hits(rules.NoviceShare)
            ? first.Novices.Concat(second.Novices).Concat(first.Established).Concat(second.Established)
            : first.All.Concat(second.All);
        return waiting.Concat(_inNiches.All);
    }

    private static RunningTest Seen(VideoState video, Surroundings around, Rules rules, DateTimeOffset now)
    {
        var verdict = Assessment.Of(video, around, rules, now);
        return new RunningTest(
            video.Id, video.Creator, around.Creator.Record, video.TestedAt ?? now, video.OnTrial.Views, verdict.Score.Distance(verdict.Gate));
    }

    /// <summary>Tests in their order, and the same in two parts: those of novices and those of creators with a whole record.</summary>
    private sealed record Line(ImmutableArray<VideoCell> All, ImmutableArray<VideoCell> Novices, ImmutableArray<VideoCell> Established)
    {
        public static Line Empty { get; } = new([], [], []);

        public static Line Of(List<RunningTest> tests, Dictionary<VideoId, VideoCell> cells) => new(
            [.. tests.Select(test => cells[test.Video])],
            [.. tests.Where(test => test.Record != CreatorRecord.Full).Select(test => cells[test.Video])],
            [.. tests.Where(test => test.Record == CreatorRecord.Full).Select(test => cells[test.Video])]);
    }
}
