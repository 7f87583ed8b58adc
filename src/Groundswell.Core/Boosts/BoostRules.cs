namespace Groundswell.Core.Boosts;

/// <summary>How far an operator may promote videos by hand.</summary>
/// <param name="MostSlots">Slots of one boost at most: a hundredth of a million served a day.</param>
/// <param name="SlotShare">At most this share of all slots goes to boosts, however many run: as few as revivals have, so that nobody's feed is an operator's.</param>
/// <param name="LongestHours">Hours that one boost may last: a week.</param>
/// <param name="MostRunning">Boosts that run or wait at once: what one person can answer for.</param>
/// <param name="InFlightShare">At most this share of a boost's slots, but one at least, may be on pages that are not in the ledger yet: what a server that ends, or cannot write, may have shown beyond the cap. A hundredth: little beside the cap, and room for a hundred pages at once where ten thousand slots are promoted.</param>
public sealed record BoostRules(int MostSlots = 10_000, double SlotShare = 0.01, int LongestHours = 168, int MostRunning = 5, double InFlightShare = 0.01)
{
    /// <summary>Slots of one boost that may be on their way at once.</summary>
    public int InFlight(int slots) => Math.Max(1, (int)Math.Ceiling(slots * InFlightShare));
}
