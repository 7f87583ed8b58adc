using System.Security.Cryptography;
using Groundswell.Cluster;
using Groundswell.Cluster.Follow;
using Groundswell.Demo.World;
using Groundswell.Media.Ffmpeg;
using Groundswell.Server.Access;
using Groundswell.Storage;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Groundswell.Server.Status;

/// <summary>Hosts the demo: gives its creators accounts, tells the start page how far it is, then lets it live.</summary>
internal sealed class DemoLife(
    Engine engine, IGrainFactory grains, LedgerFollower follower, FfmpegTool ffmpeg, IStore store, Passwords passwords, Tokens tokens, ILogger<DemoWorld> log)
{
    private const ulong Seed = 20261124;

    public async Task RunAsync(Uri address, ServerOptions options, StartProgress start, CancellationToken cancellation)
    {
        using var api = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        var world = new DemoWorld(
            engine, grains, follower, new DemoStudio(api, TokenAsync), ffmpeg, new DemoFolders(Path.Combine(Path.GetFullPath(options.DataFolder), "demo"), options.VideosFolder),
            options.Pace ?? new DemoPace(), Seed, log);
        if (world.IsNew) await world.FastForwardAsync(new Reporter(start), cancellation);
        start.Live();
        await world.LiveAsync(cancellation);
    }

    /// <summary>The demo cannot go on: the engine must not stay in another time.</summary>
    public void Abandon() => engine.Clock.GoLive();

    private async Task<string> TokenAsync(string name, CancellationToken cancellation)
    {
        var account = store.Accounts.Find(name)
            ?? await passwords.CreateAsync(name, RandomNumberGenerator.GetHexString(32), [Roles.Creator], cancellation)
            ?? throw new InvalidOperationException($"The demo creator {name} could not be given an account.");
        return tokens.ForAccount(account.Id, [Roles.Creator]);
    }

    private sealed class Reporter(StartProgress start) : IProgress<(double Share, string Message)>
    {
        public void Report((double Share, string Message) value) => start.FastForward(value.Share, value.Message);
    }
}
