using Groundswell.Core.Audience;

namespace Groundswell.Core.Signals;

/// <summary>Which source put a video on a page. The order is the one in which a tie between sources is settled.</summary>
public enum SlotSource
{
    Probe, TestBatch, Revival, Wave, Following, Personal, Cohort, Trending, Random, Latest, Shared, Boost,
}

public static class SlotSources
{
    /// <summary>A slot is given for the value of its video; some sources have slots of their own.</summary>
    public static bool Competes(this SlotSource source) =>
        source is not (SlotSource.Shared or SlotSource.TestBatch or SlotSource.Revival or SlotSource.Random or SlotSource.Probe or SlotSource.Boost);

    /// <summary>The engine gave the slot to find out about a video or to widen it: what comes of it is evidence for the gate.</summary>
    public static bool IsTrial(this SlotSource source) => source is SlotSource.TestBatch or SlotSource.Revival or SlotSource.Wave;
}

/// <summary>
/// One served place on one page: what the signed slot token carries. A signal counts only against the slot it answers.
/// </summary>
/// <param name="Position">Place on the page, from 0.</param>
/// <param name="Propensity">Probability with which the policy chose this video for this place, in (0, 1]; logged for off-policy evaluation.</param>
/// <param name="FollowsCreator">Whether the viewer followed the creator when the page was made.</param>
public sealed record Slot(
    ViewerId Viewer,
    VideoId Video,
    CreatorId Creator,
    RequestId Request,
    int Position,
    DateTimeOffset ServedAt,
    SlotSource Source,
    Cohort Cohort,
    bool FollowsCreator,
    float Propensity);
