using Microsoft.Data.Sqlite;

namespace Groundswell.Storage.Sqlite;

/// <summary>The prepared statements of one connection, found by their text. Not safe for concurrent use.</summary>
internal sealed class Statements(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, Statement> _prepared = new(StringComparer.Ordinal);

    public Statement Prepared(string sql)
    {
        if (!_prepared.TryGetValue(sql, out var statement))
            _prepared.Add(sql, statement = new Statement(connection, sql));
        return statement;
    }

    public void Dispose()
    {
        foreach (var statement in _prepared.Values) statement.Dispose();
    }
}
