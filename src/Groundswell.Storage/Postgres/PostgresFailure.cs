using System.Net.Sockets;
using Npgsql;

namespace Groundswell.Storage.Postgres;

/// <summary>Tells failures of the server from refusals of a statement (https://www.postgresql.org/docs/current/errcodes-appendix.html).</summary>
internal static class PostgresFailure
{
    /// <summary>The operator's sentence when the server is what failed; null when it was the statement.</summary>
    public static StoreUnavailableException? Explain(Exception thrown) => thrown switch
    {
        StoreUnavailableException told => told,
        PostgresException failure => Sentence(failure.SqlState) is { } sentence
            ? new StoreUnavailableException($"{sentence} (PostgreSQL {failure.SqlState}: {failure.MessageText})", failure)
            : null,
        NpgsqlException or SocketException or IOException or TimeoutException =>
            new StoreUnavailableException($"The database server does not answer: check that it runs and can be reached. ({thrown.Message})", thrown),
        _ => null,
    };

    private static string? Sentence(string code) => code switch
    {
        "53100" => "The database server's disk is full.",
        "53300" => "The database server takes no more connections.",
        "25006" => "The database is read-only: this server may be a standby.",
        "3D000" => "There is no such database: create it first.",
        "42501" => "The database refuses this user: grant what the README lists.",
        "42P01" or "42703" or "3F000" => "The store's tables are not what this program knows: somebody has changed the database.",
        "55P03" => "Another program holds a lock on the store's tables.",
        "57014" => "The database server broke off the statement.",
        "58030" => "The database server's disk fails to read or write.",
        "XX001" or "XX002" => "The database is damaged: restore it from a backup.",
        _ when code.StartsWith("28", StringComparison.Ordinal) => "The database server refuses this user or password.",
        _ when code.StartsWith("53", StringComparison.Ordinal) => "The database server has run out of a resource.",
        _ when code.StartsWith("57P", StringComparison.Ordinal) => "The database server is stopping or starting.",
        _ when code.StartsWith("08", StringComparison.Ordinal) => "The connection to the database server was lost.",
        _ when code.StartsWith("58", StringComparison.Ordinal) => "The database server's system failed it.",
        _ => null,
    };
}
