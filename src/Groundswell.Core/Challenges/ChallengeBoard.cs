using System.Collections.Immutable;
using Groundswell.Core.Ledger;
using Groundswell.Core.Trends;
using Groundswell.Core.Videos;

namespace Groundswell.Core.Challenges;

/// <summary>All challenges there ever were: a fold over the ledger, replaced as a whole, so that anybody may read it meanwhile.</summary>
/// <param name="All">In the order in which they were opened.</param>
public sealed record ChallengeBoard(ImmutableArray<Challenge> All)
{
    public static ChallengeBoard Empty { get; } = new([]);

    public ChallengeBoard Fold(LedgerEntry entry) => entry switch
    {
        ChallengeOpened opened => new ChallengeBoard(All.Add(Challenge.From(opened))),
        ChallengeEdited edited => Change(edited.Challenge, edited),
        ChallengeClosed closed => Change(closed.Challenge, closed),
        _ => this,
    };

    public Challenge? Find(ChallengeId id) => All.FirstOrDefault(challenge => challenge.Id == id);

    public Challenge? Find(string slug) => All.FirstOrDefault(challenge => challenge.Slug == slug);

    /// <summary>The challenge that a video takes part in, the one opened last where there are several.</summary>
    public Challenge? Of(VideoState video) => All.LastOrDefault(challenge => challenge.Takes(video));

    /// <summary>What a video's views fold into: its own topics, and the challenges that it takes part in.</summary>
    public ImmutableArray<Topic> TopicsOf(VideoState video)
    {
        var topics = video.Topics;
        foreach (var challenge in All)
            if (challenge.Takes(video)) topics = topics.Add(Topic.Challenge(challenge.Slug));
        return topics;
    }

    private ChallengeBoard Change(ChallengeId id, LedgerEntry entry)
    {
        var changed = All.ToBuilder();
        for (var i = 0; i < changed.Count; i++)
            if (changed[i].Id == id) changed[i] = changed[i].Fold(entry);
        return new ChallengeBoard(changed.MoveToImmutable());
    }
}
