using System.Collections.Immutable;
using System.Text;
using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Storage.Sql;
using Groundswell.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Groundswell.Storage;

/// <summary>
/// Reads an SQLite store beside the process that has it open: the write-ahead log lets readers of other processes in, and a
/// reader here takes no lock that the writer waits for. Nothing is written, not even a missing schema step.
/// </summary>
public sealed class ReadOnlyStore : IDisposable
{
    private const int Chunk = 1024;
    private readonly SqliteFile _file;
    private readonly Readers _readers;

    private ReadOnlyStore(SqliteFile file) => (_file, _readers) = (file, new Readers(file));

    /// <summary>The last durable position at this moment; 0 when nothing was ever appended.</summary>
    public long Head => _readers.Read("SELECT coalesce(max(position), 0) FROM ledger", row => row.Int64(0))[0];

    /// <summary>Position below which entries may be gone: see <see cref="ILedger.Baseline"/>.</summary>
    public long Baseline => _readers.Read("SELECT baseline FROM ledger_head", row => row.Int64(0)).Single();

    /// <summary>The schema's version.</summary>
    public long Schema => _readers.Read("SELECT coalesce(max(version), 0) FROM schema_version", row => row.Int64(0))[0];

    /// <exception cref="StoreUnavailableException">There is no SQLite store in the directory, or it cannot be read.</exception>
    public static ReadOnlyStore Open(string directory)
    {
        var path = Path.Combine(directory, SqliteFile.Name);
        if (!File.Exists(path)) throw new StoreUnavailableException($"There is no SQLite store in '{directory}': name the data folder of a server.");
        var store = new ReadOnlyStore(new SqliteFile(path, new StoreOptions()));
        try
        {
            var schema = store.Schema;
            var newest = Migrations.Shipped[^1].Version;
            if (schema == newest) return store;
            throw new StoreUnavailableException($"The store has schema {schema}, and this program reads schema {newest}: let the server of this version open it first.");
        }
        catch (SqliteException failure) when (SqliteFailure.Explain(failure) is null)
        {
            store.Dispose();
            throw new StoreUnavailableException($"'{path}' is not a Groundswell store. ({failure.Message})", failure);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The selected entries in order, up to <paramref name="upTo"/>. Read in chunks, each of its own moment, so that a long
    /// export keeps no old page of the write-ahead log in use.
    /// </summary>
    public IEnumerable<Recorded> Read(LedgerSelection selection, long after, long upTo)
    {
        var (sql, values) = Query("position, body", selection);
        while (true)
        {
            var entries = _readers.Read(sql, StoredEntry.Read, [after, upTo, .. values]);
            foreach (var entry in entries) yield return entry;
            if (entries.Count < Chunk) yield break;
            after = entries[^1].Position;
        }
    }

    /// <summary>All rows of a kind of snapshot by rising id, of one moment: see <see cref="ISnapshots.LoadAll"/>.</summary>
    public IEnumerable<Snapshot> Snapshots(string kind) => _readers.Stream(
        "SELECT id, watermark, body FROM snapshots WHERE kind = ?1 ORDER BY id", row => new Snapshot(row.Int64(0), row.Int64(1), row.Blob(2).ToArray()), kind);

    /// <summary>One row of a kind of snapshot; null where it was never saved.</summary>
    public Snapshot? Snapshot(string kind, long id) => _readers.Read(
        "SELECT id, watermark, body FROM snapshots WHERE kind = ?1 AND id = ?2", row => new Snapshot(row.Int64(0), row.Int64(1), row.Blob(2).ToArray()), kind, id).FirstOrDefault();

    /// <summary>Where each video stood at the store's last entry, by the stage's name in JSON.</summary>
    public IReadOnlyDictionary<VideoId, string> VideoStages() =>
        _readers.Read("SELECT video, stage FROM videos", row => (Video: new VideoId(row.Int64(0)), Stage: row.Text(1)))
            .ToImmutableDictionary(pair => pair.Video, pair => pair.Stage);

    /// <summary>Writes the whole store, as of one moment, into a new file; the writer goes on meanwhile.</summary>
    /// <exception cref="StoreUnavailableException">The file cannot be written, or this store not be read.</exception>
    public void CopyTo(string path)
    {
        try
        {
            using var connection = _file.OpenCopier();
            using var copying = new Statement(connection, "VACUUM INTO ?1");
            copying.Run(path);
        }
        catch (SqliteException failure) when (SqliteFailure.Explain(failure) is { } unavailable)
        {
            throw unavailable;
        }
        // SQLite does not synchronise what VACUUM INTO writes.
        using var copy = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        copy.Flush(flushToDisk: true);
    }

    public void Dispose() => _readers.Dispose();

    private static (string Sql, ImmutableArray<object> Values) Query(string columns, LedgerSelection selection)
    {
        var sql = new StringBuilder($"SELECT {columns} FROM ledger WHERE position > ?1 AND position <= ?2");
        var values = ImmutableArray.CreateBuilder<object>();
        foreach (var (condition, value) in Conditions(selection))
        {
            values.Add(value);
            sql.Append(" AND ").AppendFormat(null, condition, values.Count + 2);
        }
        if (!selection.Facts.IsEmpty) sql.Append($" AND kind IN ({string.Join(", ", selection.Facts.SelectMany(LedgerSelection.KindsOf).Select(kind => $"'{kind}'"))})");
        return (sql.Append($" ORDER BY position LIMIT {Chunk}").ToString(), values.ToImmutable());
    }

    private static IEnumerable<(string Condition, object Value)> Conditions(LedgerSelection selection)
    {
        if (selection.Viewer is { } viewer) yield return ("viewer = ?{0}", viewer.Value);
        if (selection.Video is { } video) yield return ("video = ?{0}", video.Value);
        if (selection.From is { } from) yield return ("at >= ?{0}", from.ToUnixTimeMilliseconds());
        if (selection.To is { } to) yield return ("at < ?{0}", to.ToUnixTimeMilliseconds());
    }
}

/// <summary>Which entries of a ledger are wanted; what is not set restricts nothing.</summary>
/// <param name="Facts">Names of facts as in the ledger's JSON; empty for all.</param>
/// <param name="From">Recorded then or later.</param>
/// <param name="To">Recorded before.</param>
public sealed record LedgerSelection(ImmutableArray<string> Facts, ViewerId? Viewer = null, VideoId? Video = null, DateTimeOffset? From = null, DateTimeOffset? To = null)
{
    public static LedgerSelection All { get; } = new([]);

    /// <summary>The names that facts have.</summary>
    public static IReadOnlyCollection<string> FactNames => LedgerFacts.KnownNames;

    /// <summary>The kinds that the store keeps a fact as: a signal as its type, or, of schema 1, as a signal.</summary>
    internal static IEnumerable<string> KindsOf(string fact)
    {
        if (!FactNames.Contains(fact)) throw new ArgumentException($"There is no fact '{fact}': there are {string.Join(", ", FactNames)}.", nameof(fact));
        return fact == "signal" ? [fact, .. Enum.GetValues<SignalType>().Select(type => EntryKind.Of(type).Name)] : [fact];
    }
}
