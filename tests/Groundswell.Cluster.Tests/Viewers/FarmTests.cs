using System.Collections.Immutable;
using Groundswell.Cluster.Follow;
using Groundswell.Cluster.Viewers;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Chances;
using Groundswell.Core.Genres;
using Groundswell.Core.Signals;
using Groundswell.Core.Signals.Qualification;
using Groundswell.Core.Videos;
using Groundswell.Demo.Seeds;
using Groundswell.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Groundswell.Cluster.Tests.Viewers;

/// <summary>
/// A farm of two hundred devices against the rules, through the real grains in simulated time. The long form, with
/// GROUNDSWELL_FARM=long in the environment, turns each rule off alone and prints the table; the seed is always printed.
/// </summary>
public sealed class FarmTests(ITestOutputHelper output)
{
    /// <summary>Points that a view must be expected to bring. The clip itself brings about 3.</summary>
    private const double Bar = 5;
    private const int AtOnce = 40;

    [Fact]
    public async Task AFarm_BringsItsVideoNoFurtherThanItWouldHaveGone_UnlessTheRulesAreOff()
    {
        var seed = Environment.GetEnvironmentVariable("GROUNDSWELL_FARM_SEED") is { } given ? ulong.Parse(given) : (ulong)TimeProvider.System.GetTimestamp();
        output.WriteLine($"seed {seed}");
        output.WriteLine($"{"",-28}{"score",7}{"±",7}{"P(over the bar)",17}{"views",7}{"points",8}{"withheld",10}  verdict");
        var all = new QualificationChecks();

        var without = await RunAsync("no farm, all rules on", seed, all, farm => []);
        var on = await RunAsync("all rules on", seed, all, farm => farm.Devious());
        var off = await RunAsync("all rules off", seed, QualificationChecks.None, farm => farm.Devious());
        if (Environment.GetEnvironmentVariable("GROUNDSWELL_FARM") == "long")
        {
            foreach (var reason in Enum.GetValues<Disqualification>().Where(reason => !QualificationChecks.None.IsOn(reason)))
                await RunAsync($"without {reason}", seed, all.Without(reason), farm => farm.Devious());
            await RunAsync("all on, 60 patient watchers", seed, all, farm => farm.Patient());
        }

        without.Stage.ShouldBe(VideoStage.Paused);
        on.Stage.ShouldBe(VideoStage.Paused);
        on.Score.Mean.ShouldBeLessThan(without.Score.Mean + (2 * without.Score.Deviation), "within the noise of the score");
        on.Score.ProbabilityAbove(Bar).ShouldBeLessThan(0.1);
        off.Score.ProbabilityAbove(Bar).ShouldBeGreaterThan(0.9, "else the farm would prove nothing");
        off.Stage.IsServable().ShouldBeTrue();
    }

    private sealed record Outcome(ScorePosterior Score, VideoStage Stage);

    private async Task<Outcome> RunAsync(string name, ulong seed, QualificationChecks checks, Func<Farm, IEnumerable<DeviceCall>> attack)
    {
        // The verdict comes at the end of a day, when all evidence is there: how early it comes is not what is measured.
        var rules = new Rules
        {
            Qualification = QualificationRules.Default with { Checks = checks },
            Gate = new GateRules(Absolute: Bar, LeastViews: 480, LeastShare: 1),
            TestBatch = new TestBatchRules(Impressions: 480, Least: 480),
        };
        var folder = Directory.CreateTempSubdirectory("groundswell-farm-").FullName;
        Outcome outcome;
        await using (var server = await GroundswellServer.StartAsync(
            new ServerOptions(Port: 0, DataFolder: folder, Demo: false, Rules: rules), TimeProvider.System, logging => logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Error), TestContext.Current.CancellationToken))
        {
            var engine = server.Services.GetRequiredService<Engine>();
            var follower = server.Services.GetRequiredService<LedgerFollower>();
            var grains = server.Services.GetRequiredService<IGrainFactory>();
            var from = new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
            engine.Clock.Simulate(from.AddDays(-1));
            var catalogue = new CatalogueSeed(Taxonomy.Default, seed);
            await engine.Ledger.AppendAsync([.. Enumerable.Range(0, 6).SelectMany(number => catalogue.Video(number * 8, from.AddDays(-1), open: number > 0))], CancellationToken.None);
            await follower.QuietAsync(CancellationToken.None);
            var videos = Enumerable.Range(0, 6).Select(number => engine.Catalogue.Video(catalogue.Id(number * 8)) ?? throw new InvalidOperationException("The catalogue was not seeded.")).ToArray();
            var farm = new Farm(videos[0], videos[1..], from, new Chance(seed));
            await PlayAsync([.. farm.Audience().Concat(attack(farm)).OrderBy(call => call.At)], engine, grains, follower);
            outcome = Judged(engine, videos[0].Id, name);
        }
        Directory.Delete(folder, recursive: true);
        return outcome;
    }

    private static async Task PlayAsync(DeviceCall[] calls, Engine engine, IGrainFactory grains, LedgerFollower follower)
    {
        var bursts = new BurstMeter(engine.Rules.Qualification);
        foreach (var together in calls.Chunk(AtOnce))
        {
            engine.Clock.Simulate(together[^1].At > engine.Now ? together[^1].At : engine.Now);
            // In their order to the meter, as they would come; then all at once to the grains.
            var metered = together.Select(call => (call, Signals: call.Signals.Select(signal => Metered(signal, call, bursts)).ToImmutableArray())).ToArray();
            await Task.WhenAll(metered.Select(one => grains.GetGrain<IViewerGrain>(one.call.Viewer.Value).Record(one.Signals, one.call.Account)));
        }
        await follower.QuietAsync(CancellationToken.None);
    }

    /// <summary>As the events endpoint does.</summary>
    private static Signal Metered(Signal signal, DeviceCall call, BurstMeter bursts)
    {
        if (signal.Slot is not { } slot || slot.Viewer != call.Viewer) return signal;
        var crowding = bursts.Measure(call.Network, signal.Video, call.Viewer, call.MadeAt, signal.ReceivedAt);
        return signal with { InBurst = crowding.InBurst, InFreshCrowd = crowding.InFreshCrowd };
    }

    private Outcome Judged(Engine engine, VideoId id, string name)
    {
        var video = engine.Catalogue.Video(id) ?? throw new InvalidOperationException("The video is gone.");
        // As one audience of many that might have come: who was asked here was everybody there was.
        var verdict = engine.JudgeOf(video).Assess(video, engine.Catalogue.Around(video) with { WeeklyViewers = int.MaxValue }, engine.Now);
        var totals = video.Evidence.Totals;
        var withheld = engine.Statistics.Read(statistics => statistics.Hours.Values.Sum(hour => hour.Withheld.Values.Sum()));
        output.WriteLine($"{name,-28}{verdict.Score.Mean,7:0.00}{verdict.Score.Deviation,7:0.00}{verdict.Probability,17:0.000}{totals.Views,7}{totals.Points,8:0}{withheld,10:0}  {video.Stage.Title()}");
        return new Outcome(verdict.Score, video.Stage);
    }
}
