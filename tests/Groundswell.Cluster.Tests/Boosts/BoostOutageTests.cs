using Groundswell.Cluster.Tests.RuleBook;
using Groundswell.Cluster.Viewers;
using Groundswell.Core;
using Groundswell.Core.Boosts;
using Groundswell.Core.Feed;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Demo.Seeds;
using Groundswell.Ranking.Feed;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Groundswell.Cluster.Tests.Boosts;

/// <summary>A boost's cap while pages are shown that the ledger does not take.</summary>
public sealed class BoostOutageTests
{
    private const int Cap = 400;
    private static readonly Rules Rules = new() { Boosts = new BoostRules(SlotShare: 0.1) };
    private static readonly int AtOnce = Rules.Boosts.InFlight(Cap);
    private int _viewers;

    [Fact]
    public async Task WhileTheStoreCannotWrite_NoMoreIsPromotedThanMayBeOnItsWay_AndAfterwardsItGoesOn()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var town = await Town.BuildAsync(seed: 5, Rules, BoostAsync);
        (await PromotedAsync(town, pages: 60)).ShouldBeGreaterThan(AtOnce, "with a store that writes, room comes back at once");

        await using (var locking = new SqliteConnection($"Data Source={Path.Combine(town.Folder, "store", "groundswell.db")};Pooling=False"))
        {
            await locking.OpenAsync(cancellation);
            await using var held = locking.BeginTransaction(deferred: false);
            (await PromotedAsync(town, pages: 100)).ShouldBeInRange(0, AtOnce, "the commit hangs: half of the pages would have one");
            while (town.Engine.Store.Unavailable is null) await Task.Delay(50, cancellation);
            (await PromotedAsync(town, pages: 60)).ShouldBe(0);
        }
        while (town.Engine.Store.Unavailable is not null) await Task.Delay(50, cancellation);
        (await PromotedAsync(town, pages: 60)).ShouldBeGreaterThan(AtOnce);
    }

    private static async Task BoostAsync(Town town)
    {
        var (seed, at) = (new CatalogueSeed(Taxonomy.Default, 6), Town.From);
        await town.Engine.Ledger.AppendAsync(
            [
                .. Enumerable.Range(0, 80).SelectMany(number => seed.Video(number, at, open: true)),
                new VideoBoosted(at, new BoostId(1), seed.Id(3), seed.Creator(3), Cap, at, at.AddDays(1), "test", "ada"),
            ],
            CancellationToken.None);
        await town.Follower.QuietAsync(CancellationToken.None);
    }

    /// <summary>Pages of viewers who come for the first time: they wait for nobody's commit.</summary>
    private async Task<int> PromotedAsync(Town town, int pages)
    {
        var grains = town.Server.Services.GetRequiredService<IGrainFactory>();
        var promoted = 0;
        for (var page = 0; page < pages; page++)
        {
            var number = ++_viewers;
            var made = await grains.GetGrain<IViewerGrain>(9_000 + number).Page(
                new FeedRequest(new RequestId(number), 5, FeedMode.Personalised, [], false, false, null, null, town.Engine.Now));
            promoted += made.Items.Count(item => item.Slot.Source == SlotSource.Boost);
        }
        return promoted;
    }
}
