using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Groundswell.Storage.Sqlite;

/// <summary>
/// One prepared statement over SQLite's own interface, bound again for each use: values go in from spans and come out as
/// spans, without boxes and copies of rows. Not safe for concurrent use.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <param name="sql">One statement; its parameters are <c>?1</c> to <c>?n</c>.</param>
    public Statement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        Check(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    public void Bind(int parameter, long value) => Check(raw.sqlite3_bind_int64(_statement, parameter, value));

    public void Bind(int parameter, long? value)
    {
        if (value is { } given) Bind(parameter, given);
        else Check(raw.sqlite3_bind_null(_statement, parameter));
    }

    public void Bind(int parameter, string value) => Check(raw.sqlite3_bind_text(_statement, parameter, value));

    public void Bind(int parameter, ReadOnlySpan<byte> value) =>
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, parameter, 0) : raw.sqlite3_bind_blob(_statement, parameter, value));

    public void Bind(int parameter, byte[]? value)
    {
        if (value is not null) Bind(parameter, value.AsSpan());
        else Check(raw.sqlite3_bind_null(_statement, parameter));
    }

    /// <summary>Goes to the next row; false after the last one. Whoever stops before that calls <see cref="Reset"/>.</summary>
    /// <exception cref="SqliteException">The statement is reset already.</exception>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW) return true;
        if (code == raw.SQLITE_DONE)
        {
            Reset();
            return false;
        }
        try
        {
            Check(code);
        }
        finally
        {
            Reset();
        }
        return false;
    }

    /// <summary>Ends the present use; the bound values stay. The code it gives is that of the last step, which has told of it.</summary>
    public void Reset() => raw.sqlite3_reset(_statement);

    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    /// <summary>SQLite's own memory, valid until the next step or reset.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_statement, column);

    /// <summary>Runs it to its end.</summary>
    /// <returns>Rows changed.</returns>
    public int Run()
    {
        while (Step())
        {
        }
        return raw.sqlite3_changes(_database);
    }

    /// <summary>Binds the values in order (null is SQL's null) and runs it: where speed does not count.</summary>
    /// <returns>Rows changed.</returns>
    public int Run(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return Run();
    }

    /// <summary>The first column of the first row; null when there is none.</summary>
    public object? Scalar(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        if (!Step()) return null;
        object? value = raw.sqlite3_column_type(_statement, 0) switch
        {
            raw.SQLITE_NULL => null,
            raw.SQLITE_INTEGER => Int64(0),
            raw.SQLITE_TEXT => Text(0),
            var other => throw new NotSupportedException($"A column of SQLite type {other} is no scalar."),
        };
        Reset();
        return value;
    }

    public void Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            switch (values[i])
            {
                case null:
                    Bind(i + 1, default(long?));
                    break;
                case string text:
                    Bind(i + 1, text);
                    break;
                case byte[] bytes:
                    Bind(i + 1, bytes);
                    break;
                case var number:
                    Bind(i + 1, Convert.ToInt64(number, provider: null));
                    break;
            }
        }
    }

    public void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(code, _database);
    }
}
