namespace Groundswell.Core.Signals.Qualification;

/// <summary>A hidden page shows nobody anything. It may still say that it has just been left, and what was played until then; nobody swipes on a hidden page.</summary>
internal sealed class HiddenPage : IQualificationRule
{
    public Disqualification Reason => Disqualification.Background;
    public string Sentence => "The page was not visible.";

    public bool Catches(in Claim claim) => claim.Signal is { InBackground: true } signal && signal.Type switch
    {
        SignalType.Impression or SignalType.PlayStart or SignalType.Heartbeat => true,
        SignalType.PlayEnd => signal.Play?.End is not (EndReason.Background or EndReason.Exit),
        _ => false,
    };
}
