using Groundswell.Core.Viewers;
using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Filters;

/// <summary>What an earlier page of this session held may still be on its way to the screen.</summary>
internal sealed class ServedThisSessionFilter : IFilter
{
    public string Reason => "served_this_session";

    public bool Keeps(Candidate candidate, FeedContext context) =>
        !context.Viewer.ServedInSession.TryGetValue(candidate.Video.Id, out var at)
        || context.Request.Now - at > ViewerState.SessionGap
        || (context.Request.Rewatch && context.Viewer.ViewOf(candidate.Video.Id) is not null);
}
