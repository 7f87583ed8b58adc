namespace Groundswell.Core.Signals.Qualification;

/// <summary>A token is worth something only to the viewer and for the video it was signed for: sold or copied it is worth nothing.</summary>
internal sealed class ForeignSlot : IQualificationRule
{
    public Disqualification Reason => Disqualification.ForeignSlot;
    public string Sentence => "The slot was served to another viewer or for another video.";

    public bool Catches(in Claim claim) => claim.Signal.Slot is { } slot && (slot.Viewer != claim.Viewer.Id || slot.Video != claim.Video.Id);
}
