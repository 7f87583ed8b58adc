using Groundswell.Core.Chances;
using Groundswell.Core.Creators;
using Groundswell.Core.Trends;
using Groundswell.Core.Videos;

namespace Groundswell.Core.Audience;

/// <summary>When a paused video gets another chance ("delay momentum").</summary>
/// <param name="Most">At most so many revivals for one video.</param>
/// <param name="HoldOutShare">Share of creators whose due revivals are withheld, drawn anew every quarter, so that the effect can be measured.</param>
/// <param name="SlotShare">At most this share of all slots goes to revivals.</param>
/// <param name="QuietFactor">A creator is quiet after so many times their usual pause between uploads …</param>
/// <param name="QuietLeast">… but not before this time.</param>
/// <param name="EarlyShare">A creator left early when the last studio session was shorter than this share of their usual one.</param>
/// <param name="EarlyLeastSessions">Sessions needed to know what is usual.</param>
/// <param name="TrendLift">A topic's lift, everywhere or in one region, that counts as rising: twice the viewers that were to be expected.</param>
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
    /// <summary>
    /// How long a creator's lot stands: a quarter is long beside the week that is measured, so that few measurements run into
    /// another lot, and short beside a creator's life, so that nobody is withheld for ever.
    /// </summary>
    private static readonly TimeSpan Spell = TimeSpan.FromDays(91);

    /// <summary>Why a paused video is due for revival now, with the numbers that decided, or null. The first trigger that holds, in the order quiet, leaving early, trend.</summary>
    public static Reason? Trigger(CreatorState creator, TopicLift trend, RevivalRules rules, DateTimeOffset now)
    {
        if (creator.IsQuiet(rules, now) && creator.LastUploadAt is { } last)
            return Reason.Of(ReasonCode.CreatorQuiet, ("quiet_hours", (now - last).TotalHours), ("usual_pause_hours", creator.MeanPauseHours));
        if (creator.LeavesEarly(rules))
            return Reason.Of(ReasonCode.CreatorLeavingEarly, ("session_minutes", creator.LastSessionMinutes), ("usual_session_minutes", creator.MeanSessionMinutes));
        return trend.Topic is { } topic && trend.Lift >= rules.TrendLift
            ? Reason.Of(ReasonCode.TrendRising, ("lift", trend.Lift)) with { Note = trend.Region == Regions.Everywhere ? topic.InWords : $"{topic.InWords} in {new Region(trend.Region)}" }
            : null;
    }

    /// <summary>
    /// Whether a creator's revivals are withheld for comparison. The lot is the creator's, as what revival does to them is, and
    /// stands for a spell: in it all their videos are withheld, or none is.
    /// </summary>
    public static bool IsHeldOut(CreatorId creator, DateTimeOffset at, RevivalRules rules, Chance chance) =>
        chance.For("revival hold-out").For(creator.Value).For(SpellOf(at)).Hits(rules.HoldOutShare);

    /// <summary>Number of the spell that a time lies in, the same for all creators.</summary>
    public static long SpellOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / (long)Spell.TotalSeconds;
}
