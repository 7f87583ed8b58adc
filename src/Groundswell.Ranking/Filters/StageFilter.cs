using Groundswell.Core.Feed;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Filters;

/// <summary>
/// The last word on what may be shown: the stage as it is now, not as it was when the shelf was made. Followers may also
/// see paused videos and the library, and so may whoever has a link.
/// </summary>
internal sealed class StageFilter : IFilter
{
    public string Reason => "not_servable";

    public bool Keeps(Candidate candidate, FeedContext context)
    {
        var stage = candidate.Cell.State.Stage;
        var asked = candidate.Source == SlotSource.Shared || (candidate.Source == SlotSource.Following && context.Request.Mode == FeedMode.Following);
        return asked ? stage.IsPublic() : stage.IsServable();
    }
}
