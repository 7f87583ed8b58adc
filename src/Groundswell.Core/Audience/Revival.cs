using Groundswell.Core.Chances;
using Groundswell.Core.Creators;
using Groundswell.Core.Videos;

namespace Groundswell.Core.Audience;

/// <summary>When a paused video gets another chance ("delay momentum").</summary>
/// <param name="Most">At most so many revivals for one video.</param>
/// <param name="HoldOutShare">Share of due revivals that are withheld, so that the effect can be measured.</param>
/// <param name="SlotShare">At most this share of all slots goes to revivals.</param>
/// <param name="QuietFactor">A creator is quiet after so many times their usual pause between uploads …</param>
/// <param name="QuietLeast">… but not before this time.</param>
/// <param name="EarlyShare">A creator left early when the last studio session was shorter than this share of their usual one.</param>
/// <param name="EarlyLeastSessions">Sessions needed to know what is usual.</param>
/// <param name="TrendLift">A topic's lift that counts as rising: twice the viewers that were to be expected.</param>
/// <param name="Rest">A video rests at least this long between pause and revival.</param>
public sealed record RevivalRules(
    int Most,
    double HoldOutShare,
    double SlotShare,
    double QuietFactor,
    TimeSpan QuietLeast,
    double EarlyShare,
    int EarlyLeastSessions,
    double TrendLift,
    TimeSpan Rest)
{
    public static RevivalRules Default { get; } = new(
        2, 0.2, 0.01, 2, TimeSpan.FromDays(2), 0.33, 3, 1.1, TimeSpan.FromDays(1));
}

public static class Revival
{
    /// <summary>Why a paused video is due for revival now, or null. The first trigger that holds, in the order quiet, leaving early, trend.</summary>
    public static ReasonCode? Trigger(CreatorState creator, double trendLift, RevivalRules rules, DateTimeOffset now)
    {
        if (creator.IsQuiet(rules, now)) return ReasonCode.CreatorQuiet;
        if (creator.LeavesEarly(rules)) return ReasonCode.CreatorLeavingEarly;
        return trendLift >= rules.TrendLift ? ReasonCode.TrendRising : null;
    }

    /// <summary>Whether this due revival is withheld for comparison; the same video and attempt always draw the same.</summary>
    public static bool IsHeldOut(VideoId video, int attempt, RevivalRules rules, Chance chance) =>
        chance.For("revival hold-out").For(video.Value).For(attempt).Hits(rules.HoldOutShare);
}
