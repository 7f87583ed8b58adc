using Groundswell.Core.Ledger;

namespace Groundswell.Core.Viewers;

/// <summary>The play that a viewer is in: it has been heard of, but not its end.</summary>
/// <param name="At">Event time of the last that was heard.</param>
public sealed record OpenPlay(VideoId Video, CreatorId Creator, DateTimeOffset At, SlotContext? Slot);
