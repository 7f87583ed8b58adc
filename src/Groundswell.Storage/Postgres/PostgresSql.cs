using Npgsql;

namespace Groundswell.Storage.Postgres;

/// <summary>The statements that both stores share number their parameters as SQLite does; none has a question mark for another reason.</summary>
internal static class PostgresSql
{
    public static string Numbered(string sql) => sql.Replace('?', '$');

    public static void Bind(NpgsqlParameterCollection parameters, ReadOnlySpan<object?> values)
    {
        foreach (var value in values) parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
    }
}
