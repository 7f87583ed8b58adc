using System.Collections.Concurrent;
using System.Data.Common;
using Groundswell.Storage.Sql;
using Microsoft.Data.Sqlite;

namespace Groundswell.Storage.Sqlite;

/// <summary>Read-only connections, kept with their prepared statements between reads. Safe for concurrent use.</summary>
internal sealed class Readers(SqliteFile file) : IReaders
{
    private readonly ConcurrentBag<Reader> _idle = [];
    private volatile bool _closed;

    public List<T> Read<T>(string sql, Func<DbDataReader, T> row, params object[] values)
    {
        var reader = Rent();
        try
        {
            using var rows = reader.Prepared(sql, values.Length).Rows(values);
            var read = new List<T>();
            while (rows.Read()) read.Add(row(rows));
            return read;
        }
        catch (SqliteException failure) when (SqliteFailure.Explain(failure) is { } unavailable)
        {
            throw unavailable;
        }
        finally
        {
            Return(reader);
        }
    }

    public IEnumerable<T> Stream<T>(string sql, Func<DbDataReader, T> row, params object[] values)
    {
        var reader = Rent();
        try
        {
            using var rows = Explained(() => reader.Prepared(sql, values.Length).Rows(values));
            while (Explained(rows.Read)) yield return row(rows);
        }
        finally
        {
            Return(reader);
        }
    }

    public void Dispose()
    {
        _closed = true;
        while (_idle.TryTake(out var reader)) reader.Dispose();
    }

    private Reader Rent()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
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
        private readonly Statements _statements = new(connection);

        public Statement Prepared(string sql, int parameters) => _statements.Prepared(sql, parameters);

        public void Dispose()
        {
            _statements.Dispose();
            connection.Dispose();
        }
    }
}
