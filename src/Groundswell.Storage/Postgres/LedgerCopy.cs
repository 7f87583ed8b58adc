using Npgsql;
using NpgsqlTypes;

namespace Groundswell.Storage.Postgres;

/// <summary>Sends rows in PostgreSQL's bulk format: several times as fast as statements.</summary>
internal static class LedgerCopy
{
    private const string Command = "COPY ledger (position, at, kind, viewer, video, creator, event_key, body) FROM STDIN (FORMAT BINARY)";

    /// <exception cref="PostgresException">A row was refused; none was taken.</exception>
    public static void Write(NpgsqlConnection connection, IReadOnlyList<DraftRow> rows)
    {
        using var copy = connection.BeginBinaryImport(Command);
        foreach (var (position, (entry, kind, body, _), eventKey) in rows)
        {
            copy.StartRow();
            copy.Write(position, NpgsqlDbType.Bigint);
            copy.Write(entry.At.ToUnixTimeMilliseconds(), NpgsqlDbType.Bigint);
            copy.Write(kind.Name, NpgsqlDbType.Text);
            Write(copy, entry.OfViewer?.Value);
            Write(copy, entry.OfVideo?.Value);
            Write(copy, entry.OfCreator?.Value);
            if (eventKey is { } key) copy.Write(key, NpgsqlDbType.Uuid);
            else copy.WriteNull();
            copy.Write(body, NpgsqlDbType.Bytea);
        }
        copy.Complete();
    }

    private static void Write(NpgsqlBinaryImporter copy, long? id)
    {
        if (id is { } value) copy.Write(value, NpgsqlDbType.Bigint);
        else copy.WriteNull();
    }
}
