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

    /// <summary>Opens it, works on it, and says in a sentence what is wrong with it.</summary>
    /// <param name="work">Gets an engine on it and the folder of the embedded store, null for any other; returns the exit code.</param>
    public async Task<int> WithEngineAsync(ParseResult parsed, Func<Engine, string?, Task<int>> work)
    {
        var chosen = Stores.Chosen(parsed.GetValue(Store));
        var folder = Path.Combine(Path.GetFullPath(parsed.GetRequiredValue(Data)), "store");
        if (chosen == Stores.Embedded && !Directory.Exists(folder))
        {
            System.Console.Error.WriteLine($"groundswell: {folder} does not exist; name the data folder of a server with --data.");
            return 1;
        }
        try
        {
            await using var store = await Stores.OpenAsync(chosen, folder, TimeProvider.System, new StoreOptions());
            var engine = new Engine(new Rules(), Taxonomy.Default, store, new EngineClock(TimeProvider.System), new Chance(0), IdSource.Unguessable());
            return await work(engine, chosen == Stores.Embedded ? folder : null);
        }
        catch (StoreUnavailableException unavailable)
        {
            System.Console.Error.WriteLine($"groundswell: {unavailable.Message}");
            return 1;
        }
    }
}
