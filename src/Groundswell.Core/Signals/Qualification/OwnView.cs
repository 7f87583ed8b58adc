namespace Groundswell.Core.Signals.Qualification;

/// <summary>On any device on which the creator is signed in or ever was, so that signing out makes no audience.</summary>
internal sealed class OwnView : IQualificationRule
{
    public Disqualification Reason => Disqualification.OwnView;
    public string Sentence => "A creator's views of their own video earn nothing.";

    public bool Catches(in Claim claim) => claim.Viewer.IsOwn(claim.Video.Creator);
}
