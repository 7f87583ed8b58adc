using Groundswell.Core.Videos;

namespace Groundswell.Core.Boosts;

/// <summary>What an operator wants for a video.</summary>
public sealed record BoostWish(int Slots, DateTimeOffset From, DateTimeOffset Expires, string Reason);

/// <summary>Decides whether a video may be boosted. Pure.</summary>
public static class BoostDesk
{
    public const int LongestReason = 300;

    /// <summary>Why it may not; null when it may.</summary>
    /// <param name="alive">The boosts that run or wait.</param>
    public static Objection? ToBoost(VideoState video, BoostWish wish, IReadOnlyCollection<Boost> alive, BoostRules rules, DateTimeOffset now)
    {
        if (!video.Stage.IsServable())
            return new("video_id", $"It is at “{video.Stage.Title()}”: only a video that the feed may show by itself can be boosted.");
        if (wish.Slots < 1 || wish.Slots > rules.MostSlots) return new("slots", $"Give 1 to {rules.MostSlots} slots.");
        if (string.IsNullOrWhiteSpace(wish.Reason) || wish.Reason.Length > LongestReason) return new("reason", $"Say why, in 1 to {LongestReason} characters: it is kept.");
        if (wish.Expires <= now || wish.Expires <= wish.From) return new("expires", "A boost ends after it begins, and in the future.");
        if (wish.Expires - wish.From > TimeSpan.FromHours(rules.LongestHours)) return new("expires", $"A boost lasts at most {rules.LongestHours} hours.");
        if (alive.Any(other => other.Video == video.Id)) return new("video_id", "It is boosted already; end that boost first.");
        if (alive.Count >= rules.MostRunning) return new("video_id", $"At most {rules.MostRunning} boosts run at once; end one first.");
        return null;
    }
}
