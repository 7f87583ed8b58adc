using Groundswell.Cluster.Follow;
using Groundswell.Cluster.Viewers;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Chances;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Demo.Seeds;
using Groundswell.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Groundswell.Cluster.Tests.RuleBook;

/// <summary>
/// A town whose people watch what is on trial, many at once, through the real grains in simulated time: clips are better or
/// worse, and the engine judges them as it does, behind the folding.
/// </summary>
internal sealed class Town : IAsyncDisposable
{
    public const int Videos = 48;
    private const int Viewers = 400;
    private const int AtOnce = 24;
    public static readonly DateTimeOffset From = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("groundswell-town-").FullName;
    private readonly Chance _chance;
    private readonly CatalogueSeed _seed;
    private GroundswellServer? _server;
    private DateTimeOffset _now = From;
    private int _sent;

    private Town(ulong seed) => (_chance, _seed) = (new Chance(seed).For("town"), new CatalogueSeed(Taxonomy.Default, seed));

    public string Folder => _folder;
    public GroundswellServer Server => _server ?? throw new InvalidOperationException("The town has no server.");
    public Engine Engine => Server.Services.GetRequiredService<Engine>();
    public LedgerFollower Follower => Server.Services.GetRequiredService<LedgerFollower>();

    /// <param name="before">What is done before the clips are uploaded.</param>
    public static async Task<Town> BuildAsync(ulong seed, Rules? rules = null, Func<Town, Task>? before = null)
    {
        var town = new Town(seed);
        await town.StartAsync(rules);
        town.Engine.Clock.Simulate(From);
        if (before is not null) await before(town);
        await town.Engine.Ledger.AppendAsync([.. Enumerable.Range(0, Videos).SelectMany(number => town._seed.Video(number, From, open: number % 6 == 5))], CancellationToken.None);
        await town.Follower.QuietAsync(CancellationToken.None);
        return town;
    }

    public async Task StartAsync(Rules? rules = null) => _server = await GroundswellServer.StartAsync(
        new ServerOptions(Port: 0, DataFolder: _folder, Demo: false, Rules: rules), new Standing(_now),
        logging => logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Error), TestContext.Current.CancellationToken);

    public async Task StopAsync()
    {
        await Server.DisposeAsync();
        _server = null;
    }

    /// <summary>People watch for a while, half a minute between one crowd and the next.</summary>
    public async Task LiveAsync(int crowds, DateTimeOffset from)
    {
        var grains = Server.Services.GetRequiredService<IGrainFactory>();
        for (var crowd = 0; crowd < crowds; crowd++)
        {
            var at = from.AddSeconds(30 * crowd);
            Engine.Clock.Simulate(_now = at > Engine.Now ? at : Engine.Now);
            var key = _chance.For("crowd").For(_sent);
            var showing = Enumerable.Range(0, Videos).Where(number => Engine.Catalogue.Video(_seed.Id(number)) is { } video && video.Stage.IsServable()).ToArray();
            await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(one => Watch(grains, key.For(one), showing[key.For("video").For(one / 8).Below(showing.Length)], at)));
        }
        await Follower.QuietAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Until a start comes to be simulated, it is no other day: a sweep at today's date would cool down and revive what it finds.</summary>
    private sealed class Standing(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    private Task Watch(IGrainFactory grains, Chance key, int number, DateTimeOffset at)
    {
        var video = _seed.Id(number);
        var viewer = new ViewerId(1 + key.For("viewer").Below(Viewers));
        // The first clips are loved, the last ones are not.
        var loved = key.For("loved").Hits(0.15 + (0.6 * (Videos - number) / Videos));
        var played = loved ? 8_000 : 1_200;
        var slot = new Slot(viewer, video, _seed.Creator(number), new RequestId(++_sent), 3, at, SlotSource.TestBatch, new Cohort(key.For("cohort").Below(6)), false, 1);
        List<Signal> signals =
        [
            Sent(SignalType.Impression, 0),
            Sent(SignalType.PlayEnd, 9) with { Play = new PlayReport(played, loved && key.For("again").Hits(0.2) ? 15_500 : played, played, loved ? 1 : 0, EndReason.Swipe) },
        ];
        if (loved && key.For("like").Hits(0.4)) signals.Add(Sent(SignalType.Like, 10));
        return grains.GetGrain<IViewerGrain>(viewer.Value).Record([.. signals], null);

        Signal Sent(SignalType type, int seconds) => new($"e{++_sent}", type, at.AddSeconds(seconds), at.AddSeconds(20), video, slot);
    }
}
