using System.Collections.Immutable;

namespace Groundswell.Core.Signals.Qualification;

/// <summary>Every rule by which a signal counts nothing, in the order in which they are asked: the first that catches it is its reason.</summary>
public static class Qualifications
{
    public static ImmutableArray<IQualificationRule> Rules { get; } =
    [
        new NotServed(),
        new ForeignSlot(),
        new OwnView(),
        new TooLate(),
        new Replayed(),
        new HiddenPage(),
        new ImpossibleSpeed(),
        new Overlapping(),
        new TakenBack(),
        new Burst(),
        new FreshDevices(),
    ];

    /// <summary>Asked last, of a signal that passed them all and changed nothing.</summary>
    public static IQualificationRule Last { get; } = new Redundant();

    /// <summary>Why the signal counts nothing; null when it qualifies.</summary>
    public static Disqualification? Judge(in Claim claim)
    {
        foreach (var rule in Rules)
            if (rule.Catches(claim) && claim.Rules.Checks.IsOn(rule.Reason)) return rule.Reason;
        return null;
    }

    /// <summary>A reason in a sentence.</summary>
    public static string Sentence(Disqualification reason)
    {
        if (reason == Disqualification.HardlyWatched) return HardlyWatched.Sentence;
        return reason == Last.Reason ? Last.Sentence : Rules.First(rule => rule.Reason == reason).Sentence;
    }
}
