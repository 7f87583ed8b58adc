using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Filters;

/// <summary>The app says that it holds the video already.</summary>
internal sealed class ExcludedFilter : IFilter
{
    public string Reason => "excluded";

    public bool Keeps(Candidate candidate, FeedContext context) => !context.Request.Exclude.Contains(candidate.Video.Id);
}
