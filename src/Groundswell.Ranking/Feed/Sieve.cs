using System.Collections.Immutable;
using Groundswell.Core.Signals;
using Groundswell.Ranking.Filters;

namespace Groundswell.Ranking.Feed;

/// <summary>
/// The filters of one page, and what they removed. A filter that fails removes the candidate: by no error may anything be
/// shown that may not be.
/// </summary>
internal sealed class Sieve(ImmutableArray<IFilter> filters, FeedContext context, StageWatch watch)
{
    private readonly int[] _removed = new int[filters.Length];

    /// <summary>How many candidates each reason took, by reason.</summary>
    public ImmutableArray<Removal> Removed =>
        [.. filters.Select((filter, place) => new Removal(filter.Reason, _removed[place])).Where(removal => removal.Count > 0).OrderBy(removal => removal.Reason, StringComparer.Ordinal)];

    public bool Keeps(Candidate candidate)
    {
        for (var place = 0; place < filters.Length; place++)
        {
            var filter = filters[place];
            if (!Judges(filter, candidate) || Passes(filter, candidate)) continue;
            _removed[place]++;
            return false;
        }
        return true;
    }

    /// <summary>A shared link shows what was seen before, but nothing that may not be shown.</summary>
    private static bool Judges(IFilter filter, Candidate candidate) => candidate.Source != SlotSource.Shared || filter is StageFilter or AgeFilter;

    private bool Passes(IFilter filter, Candidate candidate)
    {
        try
        {
            return filter.Keeps(candidate, context);
        }
        catch (Exception failure)
        {
            watch.Failed(filter, failure);
            return false;
        }
    }
}
