using Groundswell.Core;
using Groundswell.Core.Challenges;

namespace Groundswell.Cluster.Challenges;

/// <summary>All challenges: the only place where they are opened and changed, so that no two get one name. There is one such grain, with the key 0.</summary>
[Alias("challenges")]
public interface IChallengesGrain : IGrainWithIntegerKey
{
    [Alias("open")]
    Task<ChallengeAnswer> Open(string slug, ChallengeTerms terms, string by);

    /// <summary>Sets what a challenge says, and closes it when asked.</summary>
    [Alias("edit")]
    Task<ChallengeAnswer> Edit(string slug, ChallengeTerms terms, bool close, string by);
}

/// <summary>The challenge as it is now, or why it was not made so; neither, when there is none.</summary>
public sealed record ChallengeAnswer(Challenge? Challenge, Objection? Objection);
