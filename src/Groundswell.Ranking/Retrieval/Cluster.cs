namespace Groundswell.Ranking.Retrieval;

/// <summary>The rows of a cluster and whose they are. Rows are only ever added at the end, and what leaves leaves a gap: a reader who has read <see cref="Count"/> may read so many.</summary>
/// <param name="bytes">Of a row.</param>
internal sealed class Rows(int bytes, int capacity = 16)
{
    private readonly sbyte[] _codes = new sbyte[capacity * bytes];
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public int Capacity => Items.Length;

    /// <summary>Null where one has left.</summary>
    public Placed?[] Items { get; } = new Placed?[capacity];

    public long HeldBytes => _codes.Length + (8L * Items.Length);

    public Span<sbyte> Of(int place) => _codes.AsSpan(place * bytes, bytes);

    public int Add(Placed item, ReadOnlySpan<sbyte> code)
    {
        code.CopyTo(Of(_count));
        Items[_count] = item;
        Volatile.Write(ref _count, _count + 1);
        return _count - 1;
    }
}

/// <summary>Videos that lie near each other.</summary>
internal sealed class Cluster(Rows rows)
{
    private Rows _rows = rows;
    private int _gaps;

    public Rows Rows => Volatile.Read(ref _rows);

    public void Add(Placed item, ReadOnlySpan<sbyte> code)
    {
        // By an eighth: what is held free for more costs memory for every video.
        if (_rows.Count == _rows.Capacity) Move(_rows.Capacity + Math.Max(16, _rows.Capacity / 8), code.Length);
        (item.Cluster, item.Place) = (this, _rows.Add(item, code));
    }

    public void Remove(Placed item)
    {
        _rows.Items[item.Place] = null;
        item.Cluster = null;
        // Reading gaps costs as much as reading rows.
        if (++_gaps > 16 + (_rows.Count / 4)) Compact();
    }

    /// <summary>Closes the gaps.</summary>
    /// <returns>Rows left.</returns>
    public int Compact()
    {
        if (_gaps > 0) Move(Math.Max(16, _rows.Count - _gaps + 16), _rows.Of(0).Length);
        return _rows.Count;
    }

    /// <summary>With room for a few more and no more.</summary>
    public Cluster Fitting()
    {
        Move(_rows.Count + Math.Max(16, _rows.Count / 8), _rows.Of(0).Length);
        return this;
    }

    private void Move(int capacity, int bytes)
    {
        var rows = new Rows(bytes, capacity);
        for (var place = 0; place < _rows.Count; place++)
            if (_rows.Items[place] is { } item) item.Place = rows.Add(item, _rows.Of(place));
        _gaps = 0;
        Volatile.Write(ref _rows, rows);
    }
}
