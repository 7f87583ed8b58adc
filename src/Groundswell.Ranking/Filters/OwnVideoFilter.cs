using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Filters;

/// <summary>A creator's own videos are in their studio.</summary>
internal sealed class OwnVideoFilter : IFilter
{
    public string Reason => "own_video";

    public bool Keeps(Candidate candidate, FeedContext context) => candidate.Video.Creator != context.Request.OwnCreator && !context.Viewer.IsOwn(candidate.Video.Creator);
}
