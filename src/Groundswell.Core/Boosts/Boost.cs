using Groundswell.Core.Audience;
using Groundswell.Core.Ledger;

namespace Groundswell.Core.Boosts;

public enum BoostStatus { Waiting, Running, UsedUp, Expired, Ended }

/// <summary>
/// One video that an operator promotes: at most so many slots, until a time, for a reason. A fold over its entries and over
/// the slots that were served for it.
/// </summary>
/// <param name="Slots">The cap.</param>
/// <param name="Served">Slots served so far.</param>
/// <param name="Seen">What came of them. It is no evidence for the video's gate: see <see cref="Evidence.Boosted"/>.</param>
public sealed record Boost(
    BoostId Id, VideoId Video, CreatorId Creator, int Slots, DateTimeOffset From, DateTimeOffset Expires, string Reason, string By, DateTimeOffset At,
    int Served, EvidenceTotals Seen, DateTimeOffset? EndedAt, string? EndedBy, string? Note)
{
    public static Boost Begin(VideoBoosted boosted) => new(
        boosted.Boost, boosted.Video, boosted.Creator, boosted.Slots, boosted.From, boosted.Expires, boosted.Reason, boosted.By, boosted.At,
        0, default, null, null, null);

    public Boost End(BoostEnded ended) => this with { EndedAt = ended.At, EndedBy = ended.By, Note = ended.Note };

    public BoostStatus Status(DateTimeOffset now) =>
        EndedAt is not null ? BoostStatus.Ended
        : Served >= Slots ? BoostStatus.UsedUp
        : now >= Expires ? BoostStatus.Expired
        : now < From ? BoostStatus.Waiting
        : BoostStatus.Running;

    /// <summary>Whether it may still have slots, now or later.</summary>
    public bool IsAlive(DateTimeOffset now) => Status(now) is BoostStatus.Waiting or BoostStatus.Running;
}
