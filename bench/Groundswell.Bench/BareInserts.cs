using System.Diagnostics;
using Groundswell.Storage;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Groundswell.Bench;

/// <summary>
/// The raw limit of the ledger: the very rows of a store, read into memory, inserted into the same tables with the same
/// indexes by a bare loop over one prepared statement: same file settings, same commits, nothing else in the way.
/// </summary>
internal static class BareInserts
{
    private const int RowsACommit = 4096;

    /// <summary>Rows a second.</summary>
    public static async Task<double> IntoSqliteAsync(string storeFile, long afterPosition, CancellationToken cancellation)
    {
        var rows = Rows(storeFile, afterPosition);
        var folder = Directory.CreateTempSubdirectory("groundswell-bench-").FullName;
        // Opened once by the store itself, so that schema and file settings are its own.
        await (await SqliteStore.OpenAsync(folder, TimeProvider.System, new StoreOptions())).DisposeAsync();
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "groundswell.db")};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA synchronous = FULL; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 16384");
        var columns = rows.Columns;
        raw.sqlite3_prepare_v2(connection.Handle, $"INSERT INTO ledger ({string.Join(',', columns)}) VALUES ({string.Join(',', columns.Select(_ => '?'))})", out var insert);
        using var statement = insert;
        var watch = Stopwatch.StartNew();
        for (var first = 0; first < rows.Values.Count; first += RowsACommit)
        {
            cancellation.ThrowIfCancellationRequested();
            Execute(connection, "BEGIN IMMEDIATE");
            for (var row = first; row < Math.Min(first + RowsACommit, rows.Values.Count); row++) Insert(statement, rows.Values[row]);
            Execute(connection, "COMMIT");
        }
        var perSecond = rows.Values.Count / watch.Elapsed.TotalSeconds;
        statement.Dispose();
        connection.Close();
        Directory.Delete(folder, recursive: true);
        return perSecond;
    }

    private static void Insert(sqlite3_stmt statement, object?[] row)
    {
        for (var column = 0; column < row.Length; column++)
        {
            _ = row[column] switch
            {
                long number => raw.sqlite3_bind_int64(statement, column + 1, number),
                byte[] bytes => raw.sqlite3_bind_blob(statement, column + 1, bytes),
                string text => raw.sqlite3_bind_text(statement, column + 1, text),
                _ => raw.sqlite3_bind_null(statement, column + 1),
            };
        }
        if (raw.sqlite3_step(statement) != raw.SQLITE_DONE) throw new InvalidOperationException("A bare insert was refused.");
        raw.sqlite3_reset(statement);
    }

    private static (string[] Columns, List<object?[]> Values) Rows(string storeFile, long afterPosition)
    {
        using var connection = new SqliteConnection($"Data Source={storeFile};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT * FROM ledger WHERE position > $after ORDER BY position";
        command.Parameters.AddWithValue("$after", afterPosition);
        using var reader = command.ExecuteReader();
        var values = new List<object?[]>();
        while (reader.Read())
            values.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? null : reader.GetValue(column))]);
        return ([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)], values);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
