using System.CommandLine;
using Groundswell.Cluster;
using Groundswell.Cluster.Follow;
using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Core.Genres;
using Groundswell.Storage;

namespace Groundswell.Cli;

/// <summary><c>groundswell ledger verify</c>: recomputes every projection from the ledger and compares.</summary>
internal static class LedgerCommand
{
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "The server's data folder; the server must be stopped.", DefaultValueFactory = _ => "data" };
        var verify = new Command("verify", "Rebuild every projection from the ledger and compare it with what was saved.") { data };
        verify.SetAction((parsed, cancellation) => Verify(parsed.GetRequiredValue(data), cancellation));
        return new Command("ledger", "Look after the ledger.") { verify };
    }

    public static async Task<int> Verify(string data, CancellationToken cancellation)
    {
        var folder = Path.Combine(Path.GetFullPath(data), "store");
        if (!Directory.Exists(folder))
        {
            System.Console.Error.WriteLine($"groundswell: {folder} does not exist; name the data folder of a server with --data.");
            return 1;
        }
        try
        {
            await using var store = await SqliteStore.OpenAsync(folder, TimeProvider.System, new StoreOptions());
            var engine = new Engine(new Rules(), Taxonomy.Default, store, new EngineClock(TimeProvider.System), new Chance(0), IdSource.Unguessable());
            var report = LedgerVerification.Run(engine, new Progress<long>(done => System.Console.Error.Write($"\r{done:N0} of {store.Ledger.Head:N0} entries")), cancellation);
            System.Console.Error.WriteLine();
            foreach (var difference in report.Differences) System.Console.WriteLine(difference);
            System.Console.WriteLine($"{report.Entries:N0} entries, {report.Projections:N0} projections compared, {report.Differences.Length} differences");
            return report.Differences.IsEmpty ? 0 : 1;
        }
        catch (StoreUnavailableException unavailable)
        {
            System.Console.Error.WriteLine($"groundswell: {unavailable.Message}");
            return 1;
        }
    }
}
