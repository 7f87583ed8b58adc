using System.Collections.Immutable;
using Groundswell.Core.Ledger;
using Groundswell.Core.Videos;

namespace Groundswell.Core.Challenges;

/// <summary>What an operator says of a challenge, and may say anew while it runs.</summary>
/// <param name="Hashtags">As analysis reads them, without '#'; a video takes part by using one.</param>
/// <param name="Sound">The sound to use, if the challenge has one; it is asked for, not checked.</param>
public sealed record ChallengeTerms(
    string Title, string Description, ImmutableArray<string> Hashtags, string? Sound, DateTimeOffset Opens, DateTimeOffset Closes)
{
    /// <summary>Whether it says the same as another.</summary>
    public bool Says(ChallengeTerms other) => this with { Hashtags = other.Hashtags } == other && Hashtags.SequenceEqual(other.Hashtags);
}

public enum ChallengeStatus { Upcoming, Open, Closed }

/// <summary>One thing that was done to a challenge, for whoever asks who did it.</summary>
public sealed record ChallengeStep(DateTimeOffset At, string What, string By);

/// <summary>Something to film, that an operator asks everybody for. A fold over its entries.</summary>
/// <param name="Slug">Its name in addresses, and in trends; never changes.</param>
/// <param name="ClosedAt">When it was closed before its time.</param>
public sealed record Challenge(ChallengeId Id, string Slug, ChallengeTerms Terms, DateTimeOffset? ClosedAt, ImmutableArray<ChallengeStep> Steps)
{
    public static Challenge From(ChallengeOpened opened) =>
        new(opened.Challenge, opened.Slug, opened.Terms, null, [new ChallengeStep(opened.At, "opened", opened.By)]);

    public Challenge Fold(LedgerEntry entry) => entry switch
    {
        ChallengeEdited edited => this with { Terms = edited.Terms, Steps = Steps.Add(new ChallengeStep(edited.At, "edited", edited.By)) },
        ChallengeClosed closed => this with { ClosedAt = closed.At, Steps = Steps.Add(new ChallengeStep(closed.At, "closed", closed.By)) },
        _ => this,
    };

    /// <summary>The moment from which on no upload takes part any more.</summary>
    public DateTimeOffset EndsAt => ClosedAt is { } closed && closed < Terms.Closes ? closed : Terms.Closes;

    public ChallengeStatus Status(DateTimeOffset now) =>
        now >= EndsAt ? ChallengeStatus.Closed : now < Terms.Opens ? ChallengeStatus.Upcoming : ChallengeStatus.Open;

    /// <summary>Whether a video takes part: it uses one of the hashtags, and was uploaded while the challenge ran.</summary>
    public bool Takes(VideoState video)
    {
        if (video.UploadedAt < Terms.Opens || video.UploadedAt >= EndsAt) return false;
        foreach (var tag in Terms.Hashtags)
            if (video.Hashtags.Contains(tag)) return true;
        return false;
    }
}
