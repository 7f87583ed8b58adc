using Groundswell.Ranking.Feed;

namespace Groundswell.Ranking.Filters;

/// <summary>
/// What a reviewer marked as for adults is shown only to viewers who say that they are, a shared link included. As the stage,
/// the mark is read at the moment of serving.
/// </summary>
internal sealed class AgeFilter : IFilter
{
    public string Reason => "adults_only";

    public bool Keeps(Candidate candidate, FeedContext context) => context.IsOldEnough(candidate.Cell.State);
}
