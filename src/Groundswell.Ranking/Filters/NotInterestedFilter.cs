using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Filters;

/// <summary>"Not interested" is a promise: that video does not come back, even when watching again.</summary>
internal sealed class NotInterestedFilter : IFilter
{
    public string Reason => "not_interested";

    public bool Keeps(Candidate candidate, FeedContext context) => context.Viewer.ViewOf(candidate.Video.Id) is not { NotInterested: true };
}
