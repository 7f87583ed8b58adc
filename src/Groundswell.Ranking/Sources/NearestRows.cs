namespace Groundswell.Ranking.Sources;

/// <summary>The rows of a shelf with the highest scores, of which at most so many are wanted; on a tie the lower row, so cells lie by id.</summary>
internal sealed class NearestRows(int most)
{
    private readonly PriorityQueue<int, Place> _nearest = new(Place.FarthestFirst);

    /// <summary>The rows, in no order.</summary>
    public IEnumerable<int> Rows => _nearest.UnorderedItems.Select(item => item.Element);

    /// <summary>Whether a row would be taken: most are not, and nothing else about them need be read.</summary>
    public bool Wants(float score) => _nearest.Count < most || !_nearest.TryPeek(out _, out var farthest) || score > farthest.Score;

    /// <summary>Takes a row if it is among the nearest so far; rows come in ascending order.</summary>
    public void Offer(int row, float score)
    {
        if (!Wants(score)) return;
        _nearest.Enqueue(row, new Place(score, row));
        if (_nearest.Count > most) _nearest.Dequeue();
    }

    private readonly record struct Place(float Score, int Row)
    {
        public static IComparer<Place> FarthestFirst { get; } = Comparer<Place>.Create((left, right) =>
            left.Score != right.Score ? left.Score.CompareTo(right.Score) : right.Row.CompareTo(left.Row));
    }
}
