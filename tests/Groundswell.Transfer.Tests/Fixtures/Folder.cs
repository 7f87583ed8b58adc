using Groundswell.Core.Ledger;
using Groundswell.Storage;

namespace Groundswell.Transfer.Tests.Fixtures;

/// <summary>A folder of a test's own, gone at its end, and the stores in it.</summary>
public sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("groundswell-transfer-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public async Task<SqliteStore> StoreAsync(string name) => await SqliteStore.OpenAsync(this[$"{name}/store"], TimeProvider.System, new StoreOptions());

    public ReadOnlyStore Reading(string name) => ReadOnlyStore.Open(this[$"{name}/store"]);

    public async Task FillAsync(string name, params IReadOnlyList<LedgerEntry> entries)
    {
        await using var store = await StoreAsync(name);
        foreach (var chunk in entries.Chunk(4_000)) await store.Ledger.AppendAsync(chunk, CancellationToken.None);
    }

    /// <summary>Every entry as JSON, in order.</summary>
    public List<string> Ledger(string name)
    {
        using var store = Reading(name);
        return [.. store.Read(LedgerSelection.All, 0, long.MaxValue).Select(recorded => $"{recorded.Position} {System.Text.Json.JsonSerializer.Serialize(recorded.Entry, GroundswellJson.Options)}")];
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>Calls back on this thread, which <see cref="Progress{T}"/> does not.</summary>
public sealed class Told<T>(Action<T> tell) : IProgress<T>
{
    public void Report(T value) => tell(value);
}

public static class Nobody
{
    public static Told<T> Told<T>() => new(_ => { });
}
