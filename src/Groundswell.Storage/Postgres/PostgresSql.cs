namespace Groundswell.Storage.Postgres;

internal static class PostgresSql
{
    /// <summary>The statements that both stores share number their parameters as SQLite does; none has a question mark for another reason.</summary>
    public static string Numbered(string sql) => sql.Replace('?', '$');
}
