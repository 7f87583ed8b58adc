using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Groundswell.Storage.Sqlite;

/// <summary>Read-only connections, kept with their prepared statements between reads. Safe for concurrent use.</summary>
internal sealed class Readers(SqliteFile file) : IDisposable
{
    private readonly ConcurrentBag<Reader> _idle = [];
    private volatile bool _closed;

    /// <exception cref="ObjectDisposedException">The store was closed.</exception>
    public void ThrowIfClosed() => ObjectDisposedException.ThrowIf(_closed, typeof(SqliteStore));

    /// <summary>All rows of a query. Each query must have one fixed text: it is what its prepared statement is found by.</summary>
    /// <exception cref="StoreUnavailableException">The file cannot be read.</exception>
    public List<T> Read<T>(string sql, Func<Statement, T> row, params object[] values) => Use(statements =>
    {
        var statement = statements.Prepared(sql);
        statement.Bind(values);
        var read = new List<T>();
        try
        {
            while (statement.Step()) read.Add(row(statement));
        }
        finally
        {
            statement.Reset();
        }
        return read;
    });

    /// <summary>As <see cref="Read{T}"/>, row by row while it is enumerated, all of one moment.</summary>
    public IEnumerable<T> Stream<T>(string sql, Func<Statement, T> row, params object[] values)
    {
        var reader = Rent();
        Statement? statement = null;
        try
        {
            statement = Explained(() => reader.Statements.Prepared(sql));
            statement.Bind(values);
            while (Explained(statement.Step)) yield return row(statement);
        }
        finally
        {
            statement?.Reset();
            Return(reader);
        }
    }

    /// <summary>Several statements of one moment.</summary>
    /// <exception cref="StoreUnavailableException">The file cannot be read.</exception>
    public T AtOneMoment<T>(Func<Statements, T> read) => Use(statements =>
    {
        statements.Prepared("BEGIN").Run();
        try
        {
            return read(statements);
        }
        finally
        {
            statements.Prepared("ROLLBACK").Run(); // nothing was written
        }
    });

    public void Dispose()
    {
        _closed = true;
        while (_idle.TryTake(out var reader)) reader.Dispose();
    }

    private T Use<T>(Func<Statements, T> read)
    {
        var reader = Rent();
        try
        {
            return Explained(() => read(reader.Statements));
        }
        finally
        {
            Return(reader);
        }
    }

    private Reader Rent()
    {
        ThrowIfClosed();
        return _idle.TryTake(out var reader) ? reader : new Reader(file.OpenReader());
    }

    private void Return(Reader reader)
    {
        if (_idle.Count >= file.Options.IdleReaders) reader.Dispose();
        else _idle.Add(reader);
        if (_closed) Dispose();
    }

    private static T Explained<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SqliteException failure) when (SqliteFailure.Explain(failure) is { } unavailable)
        {
            throw unavailable;
        }
    }

    private sealed class Reader(SqliteConnection connection) : IDisposable
    {
        public Statements Statements { get; } = new(connection);

        public void Dispose()
        {
            Statements.Dispose();
            connection.Dispose();
        }
    }
}
