using System.Text;
using Groundswell.Storage.Sql;
using Npgsql;

namespace Groundswell.Storage.Postgres;

/// <summary>Reads on pooled connections.</summary>
internal sealed class PostgresReaders(NpgsqlDataSource source) : IReaders
{
    private volatile bool _closed;

    public void ThrowIfClosed() => ObjectDisposedException.ThrowIf(_closed, typeof(IStore));

    public List<T> Read<T>(string sql, Func<IRow, T> row, params object[] values)
    {
        using var rows = Open(sql, values);
        return Explained(() =>
        {
            var (read, at) = (new List<T>(), new PostgresRow(rows));
            while (rows.Read()) read.Add(row(at));
            return read;
        });
    }

    public IEnumerable<T> Stream<T>(string sql, Func<IRow, T> row, params object[] values)
    {
        using var rows = Open(sql, values);
        var at = new PostgresRow(rows);
        while (Explained(rows.Read)) yield return row(at);
    }

    public void Dispose()
    {
        _closed = true;
        source.Dispose();
    }

    /// <summary>A connection that lay idle while the server was restarted fails at once; then all such are dropped, and a new one is tried.</summary>
    private NpgsqlDataReader Open(string sql, object[] values)
    {
        ThrowIfClosed();
        try
        {
            return Execute(sql, values);
        }
        catch (NpgsqlException stale) when (stale.IsTransient)
        {
            source.Clear();
            return Explained(() => Execute(sql, values));
        }
        catch (Exception failure) when (PostgresFailure.Explain(failure) is { } unavailable)
        {
            throw unavailable;
        }
    }

    private NpgsqlDataReader Execute(string sql, object[] values)
    {
        using var command = source.CreateCommand(PostgresSql.Numbered(sql));
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command.ExecuteReader();
    }

    private static T Explained<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (PostgresFailure.Explain(failure) is { } unavailable)
        {
            throw unavailable;
        }
    }

    private sealed class PostgresRow(NpgsqlDataReader rows) : IRow
    {
        public long Int64(int column) => rows.GetInt64(column);

        public string Text(int column) => rows.GetString(column);

        public ReadOnlySpan<byte> Blob(int column) =>
            rows.GetFieldType(column) == typeof(string) ? Encoding.UTF8.GetBytes(rows.GetString(column)) : rows.GetFieldValue<byte[]>(column);
    }
}
