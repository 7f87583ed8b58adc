namespace Groundswell.Core.Audience;

/// <summary>How a new video meets its first audience.</summary>
/// <param name="Impressions">Batch of a large installation.</param>
/// <param name="AudienceShare">A batch is never more than this share of the viewers of the last week …</param>
/// <param name="Least">… but at least this many impressions.</param>
/// <param name="Cohorts">A panel spreads over at least so many cohorts, as far as the audience has them.</param>
/// <param name="FollowerShare">At most this share of a panel follows the creator.</param>
/// <param name="SlotShare">At most this share of all slots is spent on tests …</param>
/// <param name="YoungSlotShare">… or this share while the catalogue is young.</param>
/// <param name="YoungCatalogue">The catalogue is young with fewer videos in waves or open than this: 3 sessions' worth.</param>
/// <param name="FirstPosition">Tests never take a page's places before this one (from 0).</param>
/// <param name="PatienceHours">A panel opens with the wait, to anybody after so many hours: half of the day in which every upload is to get its panel.</param>
/// <param name="FirstSession">Tests never take places in a viewer's sessions before this one (from 1).</param>
/// <param name="Stratified">Off, a panel takes whoever comes first, and only the share of followers holds: for comparison.</param>
/// <param name="CohortFloor">Each of the largest <paramref name="Cohorts"/> cohorts gets at least this share of an even part of the panel, and never less than one place: small ones are heard, and three quarters stay with the audience's own shares.</param>
/// <param name="DrawnTimes">At first so many times more viewers are drawn into a panel as it has places. With 25 and the next, the busiest tenth of a synthetic audience filled 17 % of the panels instead of 47 %, in 3 hours instead of one; with 6, 34 % in 6 hours.</param>
/// <param name="UsualViewsADay">Who watches more than this is drawn the less: a session of 12 a day. The others come by seldom enough.</param>
public sealed record TestBatchRules(
    int Impressions = 300,
    double AudienceShare = 0.02,
    int Least = 12,
    int Cohorts = 6,
    double FollowerShare = 0.25,
    double SlotShare = 0.05,
    double YoungSlotShare = 0.2,
    int YoungCatalogue = 36,
    int FirstPosition = 2,
    int FirstSession = 2,
    double PatienceHours = 12,
    bool Stratified = true,
    double CohortFloor = 0.25,
    double DrawnTimes = 25,
    double UsualViewsADay = 12);

/// <summary>The batch of one video: its size, and the share of all slots that batches may take. Who is let in, <see cref="Panel"/> says.</summary>
public static class TestBatch
{
    /// <summary>Impressions of one batch, scaled down to the audience.</summary>
    public static int Size(int weeklyViewers, TestBatchRules rules) =>
        Math.Clamp((int)(weeklyViewers * rules.AudienceShare), rules.Least, Math.Max(rules.Least, rules.Impressions));

    /// <summary>Share of all slots that tests may take, with so many videos past their test.</summary>
    public static double Budget(int pastTheirTest, TestBatchRules rules) => IsYoung(pastTheirTest, rules) ? rules.YoungSlotShare : rules.SlotShare;

    /// <summary>There is hardly anything to show but what is being tested.</summary>
    public static bool IsYoung(int pastTheirTest, TestBatchRules rules) => pastTheirTest < rules.YoungCatalogue;
}
