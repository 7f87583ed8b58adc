using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Filters;

/// <summary>Nothing is shown twice, unless the viewer asks to watch again.</summary>
internal sealed class SeenBeforeFilter : IFilter
{
    public string Reason => "seen_before";

    public bool Keeps(Candidate candidate, FeedContext context) =>
        context.Request.Rewatch || context.Viewer.ViewOf(candidate.Video.Id) is null;
}
