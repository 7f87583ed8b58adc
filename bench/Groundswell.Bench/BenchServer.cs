using Groundswell.Cluster;
using Groundswell.Cluster.Follow;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Demo.Seeds;
using Groundswell.Server;
using Groundswell.Server.Access;
using Groundswell.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Groundswell.Bench;

/// <summary>A server on a free port with a seeded catalogue; its temporary folder is gone when it is disposed.</summary>
internal sealed class BenchServer : IAsyncDisposable
{
    private const int VideosACommit = 500;
    private readonly GroundswellServer _server;
    private readonly string _folder;
    private readonly bool _keep;

    private BenchServer(GroundswellServer server, string folder, bool keep) => (_server, _folder, _keep) = (server, folder, keep);

    /// <summary>Where the catalogue comes from: video number n has <c>Seed.Id(n)</c>.</summary>
    public static CatalogueSeed Seed { get; } = new(Taxonomy.Default, 1);

    public Engine Engine => _server.Services.GetRequiredService<Engine>();

    public IGrainFactory Grains => _server.Services.GetRequiredService<IGrainFactory>();

    public SlotSigner Signer => _server.Services.GetRequiredService<SlotSigner>();

    public Tokens Tokens => _server.Services.GetRequiredService<Tokens>();

    public string StoreFile => Path.Combine(_folder, "store", "groundswell.db");

    /// <summary>Completes when every projection holds the whole ledger.</summary>
    public Task FoldedAsync(CancellationToken cancellation) => _server.Services.GetRequiredService<LedgerFollower>().QuietAsync(cancellation);

    public HttpClient Client() => new(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = 256 }) { BaseAddress = _server.Address };

    /// <param name="store">See <see cref="Stores.OpenAsync"/>.</param>
    /// <param name="kept">A folder that stays when all is done; without it a temporary one is used.</param>
    public static async Task<BenchServer> StartAsync(int videos, IProgress<string> progress, CancellationToken cancellation, string? kept = null, string store = Stores.Embedded)
    {
        var folder = kept ?? Directory.CreateTempSubdirectory("groundswell-bench-").FullName;
        var server = await GroundswellServer.StartAsync(
            new ServerOptions(Port: 0, DataFolder: folder, Demo: false, RateLimits: false, Store: store), TimeProvider.System, logging => logging.SetMinimumLevel(LogLevel.Error), cancellation);
        var bench = new BenchServer(server, folder, kept is not null);
        try
        {
            await bench.SeedAsync(videos, progress, cancellation);
            return bench;
        }
        catch
        {
            await bench.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        if (!_keep) Directory.Delete(_folder, recursive: true);
    }

    private async Task SeedAsync(int videos, IProgress<string> progress, CancellationToken cancellation)
    {
        var at = Engine.Now - TimeSpan.FromHours(1);
        for (var first = 0; first < videos; first += VideosACommit)
        {
            LedgerEntry[] entries = [.. Enumerable.Range(first, Math.Min(VideosACommit, videos - first)).SelectMany(number => Seed.Video(number, at, open: true))];
            await Engine.Ledger.AppendAsync(entries, cancellation);
            progress.Report($"seeding {first + VideosACommit} of {videos} videos");
        }
        await FoldedAsync(cancellation);
    }
}
