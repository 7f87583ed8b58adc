namespace Groundswell.Core.Trends;

/// <summary>When a hashtag, a sound or a challenge is rising.</summary>
/// <param name="Enabled">Off: nothing is ever rising. Views are counted all the same, so that switching it on again begins with a baseline.</param>
/// <param name="RecentHours">Hours up to now that are looked at, 1 to 24. Six: a morning or an evening, and a trend that lasts shorter is over before a page shows it.</param>
/// <param name="BaselineHours">Hours before those that are the usual, 1 to 168. A week has every weekday once.</param>
/// <param name="FalseAlarmRate">A topic rises when so many viewers came by chance with no more than this probability. At one in ten thousand and hourly looks a thousand steady topics bring two false alarms a day at the very most; measured two or three a week, see decision 0011.</param>
/// <param name="PriorViewers">A topic's baseline begins with so many viewers …</param>
/// <param name="PriorShare">… who are this share of what the audience watches: of the hashtags of short video most are far below (they follow Zipf's law), so that a topic nobody knew must bring more than a handful.</param>
/// <param name="LeastCreators">Distinct creators below which nothing is rising, however loud one is.</param>
/// <param name="LeastViewers">Distinct viewers below which nothing is rising: the smallest test batch.</param>
/// <param name="CreatorShare">No creator counts for more than this share of what counts, so that one creator's fans make no trend. A third of three creators.</param>
/// <param name="LiftPerDoubling">What a doubling against the expected adds to a video's value, as a share: a tenth, less than freshness gives.</param>
/// <param name="Cap">Highest lift: a quarter, so that a trend orders what is good and never carries what is not.</param>
/// <param name="LeastHistoryHours">An audience younger than this has no usual to rise against: a day, with its night.</param>
public sealed record TrendRules(
    bool Enabled = true,
    int RecentHours = 6,
    int BaselineHours = 168,
    double FalseAlarmRate = 1e-4,
    double PriorViewers = 1,
    double PriorShare = 0.002,
    int LeastCreators = 3,
    int LeastViewers = 12,
    double CreatorShare = 1.0 / 3,
    double LiftPerDoubling = 0.1,
    double Cap = 1.25,
    int LeastHistoryHours = 24);
