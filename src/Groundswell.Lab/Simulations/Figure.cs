using System.Collections.Immutable;

namespace Groundswell.Lab.Simulations;

/// <summary>Which way a figure is good.</summary>
public enum Better { Higher, Lower, Neither }

/// <summary>How a figure is written.</summary>
public enum Unit { Share, Count, Points, Hours, Ratio }

/// <summary>One number of a result that policies are compared by.</summary>
/// <param name="Name">In snake case, for machines.</param>
/// <param name="Title">For people.</param>
/// <param name="Meaning">What it says, in a sentence.</param>
/// <param name="Of">Takes it from a result; null where it has none: no attack, or nothing to take a share of.</param>
public sealed record Figure(string Name, string Title, string Meaning, Unit Unit, Better Better, Func<SimulationResult, double?> Of)
{
    public static ImmutableArray<Figure> All { get; } =
    [
        new("top_reached", "Best tenth found", "Of the truly best tenth of uploads, the share that reached an audience.", Unit.Share, Better.Higher, result => result.Discovery.TopReached),
        new("top_missed", "Best tenth paused", "Of the truly best tenth, the share that a test or the first wave has paused.", Unit.Share, Better.Lower, result => result.Discovery.TopMissed),
        new("top_on_the_way", "Best tenth on its way", "Of the truly best tenth, the share still on test or in its first wave.", Unit.Share, Better.Neither, result => result.Discovery.TopOnTheWay),
        new("bottom_reached", "Worse half let through", "Of the truly worse half, the share that reached an audience.", Unit.Share, Better.Lower, result => result.Discovery.BottomReached),
        new("precision", "Precision", "Of the uploads that reached an audience, the share from the truly better half.", Unit.Share, Better.Higher, result => result.Discovery.Precision),
        new("reached", "Uploads that reach an audience", "The share that reached the second wave or open.", Unit.Share, Better.Neither, result => result.Discovery.Reached),
        new("rank_correlation", "Score against truth", "Rank correlation of the engine's score at the verdict with the true score.", Unit.Ratio, Better.Higher, result => result.Discovery.RankCorrelation),
        new("test_slot_share", "Slots spent on tests", "Test slots as a share of all slots.", Unit.Share, Better.Lower, result => result.Tests.SlotShare),
        new("revival_slot_share", "Slots spent on revivals", "Revival slots as a share of all slots.", Unit.Share, Better.Neither, result => result.Tests.RevivalSlotShare),
        new("test_impressions", "Impressions a test", "Impressions at the first verdict, mean.", Unit.Points, Better.Lower, result => result.Tests.MeanImpressions),
        new("test_impressions_most", "Longest test", "Most impressions that a test took.", Unit.Count, Better.Lower, result => result.Tests.MostImpressions),
        new("verdict_hours_median", "Time to a verdict, median", "Hours from upload to the first verdict.", Unit.Hours, Better.Lower, result => result.Tests.MedianHours),
        new("verdict_hours_p90", "Time to a verdict, slowest tenth", "Nine in ten have theirs within so many hours.", Unit.Hours, Better.Lower, result => result.Tests.P90Hours),
        new("verdict_within_day", "Verdict within a day", "Share of uploads that have one within 24 hours.", Unit.Share, Better.Higher, result => result.Tests.WithinDay),
        new("waiting", "Waiting at the end", "Uploads without a verdict when the world ends.", Unit.Count, Better.Lower, result => result.Tests.Waiting),
        new("niche_sought", "Niches looked for", "Share of uploads whose test went on among a few after it had stopped for everybody.", Unit.Share, Better.Neither, result => result.Niches.Sought),
        new("niche_found", "Niches found", "Share of uploads that widened among a few.", Unit.Share, Better.Neither, result => result.Niches.Found),
        new("niche_right", "Niches that are right", "Of those, the share that truly is above the gate among the few.", Unit.Share, Better.Higher, result => result.Niches.Right),
        new("niche_of_dividing", "Dividing uploads in a niche", "Of the uploads that divide people, the share that widened among a few.", Unit.Share, Better.Higher, result => result.Niches.OfDividing),
        new("exposure_gini", "Inequality between uploads", "Gini coefficient of impressions over uploads: 0 all alike, 1 all to one.", Unit.Ratio, Better.Neither, result => result.Exposure.Gini),
        new("creator_gini", "Inequality between creators", "The same over creators.", Unit.Ratio, Better.Neither, result => result.Exposure.CreatorGini),
        new("top_share", "The most seen hundredth", "Share of all impressions that the most seen hundredth of uploads had.", Unit.Share, Better.Neither, result => result.Exposure.TopShare),
        new("creator_retention", "Creators who stay", "Of those who were there, the share that has not given up.", Unit.Share, Better.Higher, result => result.Creators.Retention),
        new("novice_retention", "Novices who stay", "Of those who came, the share that has not given up.", Unit.Share, Better.Higher, result => result.Creators.NoviceRetention),
        new("novice_impressions", "Impressions of a novice's upload", "Mean impressions.", Unit.Points, Better.Neither, result => result.Creators.NoviceImpressions),
        new("points_per_session", "Points a session", "What a session earned, mean.", Unit.Points, Better.Higher, result => result.Viewers.PointsPerSession),
        new("points_per_view", "Points a view", "What a view earned, mean.", Unit.Points, Better.Higher, result => result.Viewers.PointsPerView),
        new("views_per_session", "Views a session", "Views until a viewer left, mean.", Unit.Points, Better.Higher, result => result.Viewers.ViewsPerSession),
        new("exit_rate", "Exit rate", "Share of views that ended a session.", Unit.Share, Better.Lower, result => result.Viewers.ExitRate),
        new("early_skip_rate", "Early skips", "Share of views left within two seconds or a fifth.", Unit.Share, Better.Lower, result => result.Viewers.EarlySkipRate),
        new("empty_sessions", "Nothing left to watch", "Share of sessions that got no page.", Unit.Share, Better.Lower, result => result.Viewers.EmptySessions),
        new("lapsed", "Viewers lost a session", "Share of sessions after which the viewer never came back.", Unit.Share, Better.Lower, result => result.Viewers.Lapsed),
        new("views", "Views", "All views of the measured days.", Unit.Count, Better.Higher, result => result.Viewers.Views),
        new("attack_impressions", "Impressions of an attack's upload", "Mean impressions of an upload that the attack brought.", Unit.Points, Better.Neither, result => result.Attack?.Impressions),
        new("attack_reached", "Attack's uploads that reach an audience", "Share of them that reached the second wave or open.", Unit.Share, Better.Neither, result => result.Attack?.Reached),
        new("attack_judged", "Attack's uploads with a verdict", "Share of them with a verdict at the end.", Unit.Share, Better.Neither, result => result.Attack?.Judged),
    ];
}
