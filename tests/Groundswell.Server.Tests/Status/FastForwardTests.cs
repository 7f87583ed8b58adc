using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Groundswell.Cluster;
using Groundswell.Cluster.Follow;
using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Demo.World;
using Groundswell.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Groundswell.Server.Tests.Status;

public sealed class FastForwardTests(ITestOutputHelper output)
{
    private const int Days = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task ASmallDemo_LivesThroughItsDays_GoesLive_AndRebuildsEqual()
    {
        using var data = new DataFolder();
        var began = TimeProvider.System.GetUtcNow();
        await using (var server = await data.StartAsync(demo: new DemoPace(Viewers: 30, Days: Days, FirstClips: 4, SecondsBetweenSessions: 1000, SecondsBetweenUploads: 1000)))
        {
            using var client = new HttpClient { BaseAddress = server.Address };
            var engine = server.Services.GetRequiredService<Engine>();
            var refusal = await client.PostAsJsonAsync("/v1/feed", new { n = 1 });
            await Api.Problem(refusal, HttpStatusCode.ServiceUnavailable);
            refusal.Headers.RetryAfter.ShouldNotBeNull();
            (await client.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

            var watch = Stopwatch.StartNew();
            var (last, progress) = (DateTimeOffset.MinValue, 0.0);
            JsonElement status;
            while ((status = await client.GetFromJsonAsync<JsonElement>("/v1/status")).GetProperty("phase").GetString() != "live")
            {
                watch.Elapsed.ShouldBeLessThan(Patience, status.ToString());
                if (engine.Clock.IsSimulated)
                {
                    var now = engine.Now;
                    now.ShouldBeGreaterThanOrEqualTo(last, "time goes back");
                    last = now;
                }
                status.GetProperty("progress").GetDouble().ShouldBeInRange(progress, 1, "progress goes back");
                progress = status.GetProperty("progress").GetDouble();
                await Task.Delay(5);
            }
            engine.Now.ShouldBeGreaterThanOrEqualTo(last);
            engine.Clock.IsSimulated.ShouldBeFalse();
            (await client.PostAsJsonAsync("/v1/feed", new { n = 1 })).StatusCode.ShouldBe(HttpStatusCode.OK);
            output.WriteLine($"live after {watch.Elapsed.TotalSeconds:0.0} s: {status}");
            status.GetProperty("videos").GetInt32().ShouldBeGreaterThanOrEqualTo(4);
            status.GetProperty("views").GetInt64().ShouldBeGreaterThan(20);
        }

        await using var store = await data.OpenStoreAsync();
        var entries = store.Ledger.Read(0, int.MaxValue);
        entries.Min(recorded => recorded.Entry.At).ShouldBeGreaterThan(began - TimeSpan.FromDays(Days) - TimeSpan.FromHours(1));
        var future = entries.Where(recorded => recorded.Entry.At > TimeProvider.System.GetUtcNow()).ToArray();
        future.Length.ShouldBe(0, $"{future.Length} entries lie in the future, the last by {future.Select(recorded => recorded.Entry.At).DefaultIfEmpty().Max() - TimeProvider.System.GetUtcNow()}");
        foreach (var journal in entries.Select(recorded => recorded.Entry).OfType<VideoMoved>().GroupBy(moved => moved.Video))
            journal.Select(moved => moved.At).ShouldBeInOrder();
        var rebuilt = new Engine(new Rules(), Taxonomy.Default, store, new EngineClock(TimeProvider.System), new Chance(0), IdSource.Seeded(1));
        new LedgerVerification(rebuilt, new Progress<LedgerProgress>()).Run(TestContext.Current.CancellationToken).Differences.ShouldBeEmpty();
    }
}
