using System.CommandLine;
using Groundswell.Cluster;
using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Core.Genres;
using Groundswell.Storage;

namespace Groundswell.Cli;

/// <summary>The store of a server that is stopped: what the <c>ledger</c> commands work on.</summary>
internal sealed class StoppedStore
{
    public Option<string> Data { get; } = new("--data") { Description = "The server's data folder; the server must be stopped.", DefaultValueFactory = _ => "data" };

    public Option<string?> Store { get; } = StoreOption.Create();

    /// <summary>Where the embedded store is; null when another one is chosen.</summary>
    public string? FolderOf(ParseResult parsed) =>
        Stores.Chosen(parsed.GetValue(Store)) == Stores.Embedded ? Path.Combine(Path.GetFullPath(parsed.GetRequiredValue(Data)), "store") : null;

    /// <summary>Opens it, works on it, closes it; says in a sentence what is wrong with it.</summary>
    /// <param name="work">Returns the exit code.</param>
    public Task<int> WithEngineAsync(ParseResult parsed, Func<Engine, Task<int>> work) => WithEngineAsync(Stores.Chosen(parsed.GetValue(Store)), FolderOf(parsed), work);

    /// <param name="folder">Where the embedded store is; null for another one.</param>
    public static async Task<int> WithEngineAsync(string chosen, string? folder, Func<Engine, Task<int>> work)
    {
        if (folder is not null && !Directory.Exists(folder))
        {
            System.Console.Error.WriteLine($"groundswell: {folder} does not exist; name the data folder of a server with --data.");
            return 1;
        }
        try
        {
            await using var store = await Stores.OpenAsync(chosen, folder ?? "", TimeProvider.System, new StoreOptions());
            return await work(new Engine(new Rules(), Taxonomy.Default, store, new EngineClock(TimeProvider.System), new Chance(0), IdSource.Unguessable()));
        }
        catch (StoreUnavailableException unavailable)
        {
            System.Console.Error.WriteLine($"groundswell: {unavailable.Message}");
            return 1;
        }
    }
}
