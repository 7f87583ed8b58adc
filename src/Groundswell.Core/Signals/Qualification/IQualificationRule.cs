using Groundswell.Core.Viewers;
using Groundswell.Core.Videos;

namespace Groundswell.Core.Signals.Qualification;

/// <summary>A signal with all that a rule may judge it by.</summary>
/// <param name="Before">The viewer's view of the video before the signal; null when this is their first.</param>
public readonly record struct Claim(Signal Signal, ViewerState Viewer, VideoState Video, View? Before, QualificationRules Rules);

/// <summary>One reason for which a signal counts nothing. Stateless and pure; well under a microsecond, since every signal passes every rule.</summary>
public interface IQualificationRule
{
    Disqualification Reason { get; }

    /// <summary>The reason in a sentence, for whoever sent the signal.</summary>
    string Sentence { get; }

    bool Catches(in Claim claim);
}
