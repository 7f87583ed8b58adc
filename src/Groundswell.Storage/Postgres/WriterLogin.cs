using Npgsql;

namespace Groundswell.Storage.Postgres;

/// <summary>
/// Opens the one connection that writes. It holds the store's lock itself: whoever loses the connection loses the lock
/// with it, and cannot write a word more; the server frees the lock only after everything of the lost connection ended.
/// </summary>
/// <remarks>Session locks need a session: a pooler that shares connections between transactions cannot stand in between.</remarks>
internal sealed class WriterLogin(PostgresAddress address)
{
    /// <summary>Ours among the advisory locks of a database; the second half tells its schemas apart, for each is a store.</summary>
    private const int LockClass = 1_735_357_044;

    /// <summary>
    /// Commits wait for the disk, unless the operator asks for more. Every statement of the writer finds its rows by an
    /// index, also while the server knows no statistics of a young table; and none is compiled for looking costly
    /// because of that, which takes longer than to run it. The server notices within half a minute that a machine is
    /// gone: it would else hold the lock for hours.
    /// </summary>
    private const string Settings =
        """
        SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
        SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET jit = off;
        SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3;
        """;

    /// <summary>For people; without the password.</summary>
    public string Name => address.Name;

    /// <param name="patience">How long to wait for a writer that is about to leave.</param>
    /// <exception cref="StoreUnavailableException">Another process writes this store.</exception>
    /// <exception cref="NpgsqlException">The server is not there, or does not let us in.</exception>
    public NpgsqlConnection Open(TimeSpan patience)
    {
        var settings = address.Settings();
        settings.Pooling = false;
        settings.MaxAutoPrepare = 32;
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            Execute(connection, Settings);
            TakeLock(connection, patience);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void TakeLock(NpgsqlConnection connection, TimeSpan patience)
    {
        try
        {
            Execute(connection, $"SET lock_timeout = {Math.Max(1, (int)patience.TotalMilliseconds)}");
            Execute(connection, $"SELECT pg_advisory_lock({LockClass}, hashtext(current_schema()))");
            Execute(connection, "RESET lock_timeout");
        }
        catch (PostgresException held) when (held.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new StoreUnavailableException(
                $"The store in {Name} is open already, {Holder(connection)}: only one process may write it.", held);
        }
    }

    private static string Holder(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(
            $"""
            SELECT 'by ' || application_name || ' at ' || coalesce(host(client_addr), 'this machine')
              || ' since ' || to_char(backend_start, 'YYYY-MM-DD HH24:MI:SS')
            FROM pg_locks JOIN pg_stat_activity USING (pid)
            WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND (classid::bigint, objid::bigint) = ({LockClass}, hashtext(current_schema())::bigint & 4294967295)
            """,
            connection);
        return command.ExecuteScalar() as string ?? "by another process";
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 }; // the wait for the lock has its own
        command.ExecuteNonQuery();
    }
}
