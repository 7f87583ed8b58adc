using System.Collections;

namespace Groundswell.Ranking.Catalogue;

/// <summary>
/// Videos, the newest first, as they were at one moment. The next moment's list shares what has not changed: a video more or
/// less costs one chunk, however many there are.
/// </summary>
public sealed class CellList : IReadOnlyList<VideoCell>
{
    private const int Chunk = 512;

    private static readonly Comparer<VideoCell> NewestFirst = Comparer<VideoCell>.Create((left, right) =>
        left.UploadedAt != right.UploadedAt ? right.UploadedAt.CompareTo(left.UploadedAt) : left.Id.Value.CompareTo(right.Id.Value));

    private readonly VideoCell[][] _chunks;
    private readonly int[] _starts;

    private CellList(VideoCell[][] chunks)
    {
        (_chunks, _starts) = (chunks, new int[chunks.Length]);
        for (var place = 0; place < chunks.Length; place++) (_starts[place], Count) = (Count, Count + chunks[place].Length);
    }

    public static CellList Empty { get; } = new([]);

    public int Count { get; }

    public VideoCell this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            var chunk = Array.BinarySearch(_starts, index);
            if (chunk < 0) chunk = ~chunk - 1;
            return _chunks[chunk][index - _starts[chunk]];
        }
    }

    public bool Contains(VideoCell cell) =>
        Count > 0 && Array.BinarySearch(_chunks[ChunkOf(_chunks, cell)], cell, NewestFirst) >= 0;

    /// <summary>The list without some and with others.</summary>
    /// <param name="gone">In this list.</param>
    /// <param name="come">Not in it.</param>
    public CellList With(IReadOnlyCollection<VideoCell> gone, IReadOnlyCollection<VideoCell> come)
    {
        if (gone.Count + come.Count == 0) return this;
        if (gone.Count + come.Count > Count / 8) return Sorted(gone, come);
        var chunks = _chunks.ToList();
        foreach (var cell in gone) Take(chunks, cell);
        foreach (var cell in come) Put(chunks, cell);
        return new CellList([.. chunks]);
    }

    /// <summary>Two lists as one, the newest first.</summary>
    public static IEnumerable<VideoCell> Merge(CellList one, CellList other)
    {
        for (var (i, j) = (0, 0); i < one.Count || j < other.Count;)
            yield return j == other.Count || (i < one.Count && NewestFirst.Compare(one[i], other[j]) < 0) ? one[i++] : other[j++];
    }

    public IEnumerator<VideoCell> GetEnumerator() => _chunks.SelectMany(chunk => chunk).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private CellList Sorted(IReadOnlyCollection<VideoCell> gone, IReadOnlyCollection<VideoCell> come)
    {
        var without = gone.ToHashSet();
        VideoCell[] all = [.. this.Where(cell => !without.Contains(cell)), .. come];
        Array.Sort(all, NewestFirst);
        return new CellList([.. all.Chunk(Chunk)]);
    }

    private static void Take(List<VideoCell[]> chunks, VideoCell cell)
    {
        var place = ChunkOf(chunks, cell);
        var chunk = chunks[place];
        var at = Array.BinarySearch(chunk, cell, NewestFirst);
        if (at < 0) throw new InvalidOperationException($"{cell.Id} is not in the list that it should leave.");
        if (chunk.Length == 1) chunks.RemoveAt(place);
        else chunks[place] = [.. chunk[..at], .. chunk[(at + 1)..]];
    }

    private static void Put(List<VideoCell[]> chunks, VideoCell cell)
    {
        if (chunks.Count == 0)
        {
            chunks.Add([cell]);
            return;
        }
        var place = ChunkOf(chunks, cell);
        var chunk = chunks[place];
        var at = Array.BinarySearch(chunk, cell, NewestFirst);
        if (at >= 0) throw new InvalidOperationException($"{cell.Id} is in the list already.");
        VideoCell[] more = [.. chunk[..~at], cell, .. chunk[~at..]];
        chunks[place] = more;
        if (more.Length <= 2 * Chunk) return;
        chunks[place] = more[..Chunk];
        chunks.Insert(place + 1, more[Chunk..]);
    }

    /// <summary>The last chunk that begins at or before a cell, or the first.</summary>
    private static int ChunkOf(IReadOnlyList<VideoCell[]> chunks, VideoCell cell)
    {
        var (low, high) = (0, chunks.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (NewestFirst.Compare(chunks[middle][0], cell) <= 0) low = middle;
            else high = middle - 1;
        }
        return low;
    }
}
