namespace Groundswell.Storage.Sql;

/// <summary>
/// Connections that only read, kept between reads. Parameters are <c>?1</c> to <c>?n</c>, named for the first time in that
/// order; each query has one fixed text, which is what its prepared statement is found by. Safe for concurrent use.
/// </summary>
internal interface IReaders : IDisposable
{
    /// <exception cref="ObjectDisposedException">The store was closed.</exception>
    void ThrowIfClosed();

    /// <summary>All rows of a query.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    List<T> Read<T>(string sql, Func<IRow, T> row, params object[] values);

    /// <summary>As <see cref="Read{T}"/>, row by row while it is enumerated, all of one moment.</summary>
    IEnumerable<T> Stream<T>(string sql, Func<IRow, T> row, params object[] values);
}

/// <summary>A row that is being read; what it gives is valid until the next one.</summary>
internal interface IRow
{
    long Int64(int column);
    string Text(int column);

    /// <summary>Also of a text: its UTF-8.</summary>
    ReadOnlySpan<byte> Blob(int column);
}
