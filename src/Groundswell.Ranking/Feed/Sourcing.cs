using System.Collections.Immutable;

namespace Groundswell.Ranking.Feed;

/// <summary>
/// What the sources of one page propose. Each has a budget of time, looked at after every proposal: a late one has proposed
/// what it has, and one that fails is done without, since a page of the others is better than none.
/// </summary>
internal sealed class Sourcing(FeedContext context, StageWatch watch)
{
    private readonly TimeSpan _budget = TimeSpan.FromMilliseconds(context.Rules.Feed.SourceBudgetMs);

    /// <summary>Some source was late or failed: there may be more than was proposed.</summary>
    public bool IsCutShort { get; private set; }

    /// <summary>What the last source that failed says; null when none did.</summary>
    public Exception? Failure { get; private set; }

    public IEnumerable<Candidate> Proposals(ImmutableArray<ISource> sources)
    {
        foreach (var source in sources)
        {
            using var turn = new Turn(source, this, context, watch.Clock);
            while (turn.Next() is { } candidate) yield return candidate;
        }
    }

    private void Late(ISource source)
    {
        IsCutShort = true;
        watch.Late(source);
    }

    private void Failed(ISource source, Exception failure)
    {
        (IsCutShort, Failure) = (true, failure);
        watch.Failed(source, failure);
    }

    /// <summary>One source at its work. What the page does with a proposal before it asks for the next is not the source's time.</summary>
    private sealed class Turn(ISource source, Sourcing page, FeedContext context, TimeProvider clock) : IDisposable
    {
        private IEnumerator<Candidate>? _proposals;
        private TimeSpan _spent;
        private bool _isOver;

        /// <summary>The next proposal; null when there is none, or no more time.</summary>
        public Candidate? Next()
        {
            if (_isOver) return null;
            var began = clock.GetTimestamp();
            try
            {
                _proposals ??= source.Propose(context).GetEnumerator();
                _isOver = !_proposals.MoveNext();
            }
            catch (Exception failure)
            {
                _isOver = true;
                page.Failed(source, failure);
                return null;
            }
            Candidate? proposed = _isOver ? null : _proposals.Current;
            _spent += clock.GetElapsedTime(began);
            if (_spent <= page._budget) return proposed;
            _isOver = true;
            page.Late(source);
            return proposed;
        }

        public void Dispose() => _proposals?.Dispose();
    }
}
