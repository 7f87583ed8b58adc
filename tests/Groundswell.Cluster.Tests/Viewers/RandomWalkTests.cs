using System.Collections.Immutable;
using Groundswell.Cluster.Videos;
using Groundswell.Cluster.Viewers;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Chances;
using Groundswell.Core.Feed;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Demo.Seeds;
using Groundswell.Ranking.Feed;
using Groundswell.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Groundswell.Cluster.Tests.Viewers;

/// <summary>
/// Viewers who page, watch, retry, forge and replay at random through the real grains, while videos come, go and move. The
/// seed of a failing walk is printed and replays it.
/// </summary>
public sealed class RandomWalkTests(ITestOutputHelper output)
{
    private const int Videos = 120;
    private const int Viewers = 12;
    private const int Steps = 400;

    [Fact]
    public async Task Feed_ShowsOnlyWhatMayBeShown_AndNothingEarnsTwice_WhateverViewersDo()
    {
        var seed = (ulong)TimeProvider.System.GetTimestamp();
        output.WriteLine($"seed {seed}");
        var folder = Directory.CreateTempSubdirectory("groundswell-walk-").FullName;
        await using (var server = await GroundswellServer.StartAsync(
            new ServerOptions(Port: 0, DataFolder: folder, Demo: false), TimeProvider.System, logging => logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Error), TestContext.Current.CancellationToken))
        {
            var walk = new Walk(server.Services.GetRequiredService<Engine>(), server.Services.GetRequiredService<IGrainFactory>(), server.Services.GetRequiredService<Cluster.Follow.LedgerFollower>(), new Chance(seed));
            await walk.SeedAsync();
            for (var step = 0; step < Steps; step++) await walk.StepAsync(step);
            await walk.CheckEvidenceAsync();
            output.WriteLine($"{walk.Pages} pages, {walk.Served} videos served, {walk.Recorded} signals, {walk.Moves} moves");
            walk.Served.ShouldBeGreaterThan(Steps / 2);
        }
        Directory.Delete(folder, recursive: true);
    }

    private sealed class Walk(Engine engine, IGrainFactory grains, Cluster.Follow.LedgerFollower follower, Chance chance)
    {
        private static readonly FeedMode[] Modes = [FeedMode.Personalised, FeedMode.Personalised, FeedMode.NonProfiled, FeedMode.Following, FeedMode.Latest];
        private readonly CatalogueSeed _seed = new(Taxonomy.Default, chance.Seed);
        private readonly Dictionary<ViewerId, HashSet<VideoId>> _seen = [];
        private readonly List<(ViewerId Viewer, Slot Slot)> _slots = [];
        private readonly List<(ViewerId Viewer, Signal Signal)> _sent = [];

        public int Pages { get; private set; }
        public int Served { get; private set; }
        public int Recorded { get; private set; }
        public int Moves { get; private set; }

        public async Task SeedAsync()
        {
            var at = engine.Now - TimeSpan.FromHours(1);
            LedgerEntry[] entries = [.. Enumerable.Range(0, Videos).SelectMany(number => _seed.Video(number, at, open: number % 3 != 0, durationMs: 1000))];
            await engine.Ledger.AppendAsync(entries, CancellationToken.None);
            await follower.QuietAsync(CancellationToken.None);
        }

        public async Task StepAsync(int step)
        {
            var key = chance.For("step").For(step);
            var viewer = new ViewerId(1 + key.For("viewer").Below(Viewers));
            switch (key.For("what").Below(12))
            {
                case < 4: await PageAsync(viewer, key); break;
                case < 7: await WatchAsync(viewer, key); break;
                case 7: await RetryAsync(key); break;
                case 8: await ForgeAsync(viewer, key); break;
                case 9: await WatchOwnAsync(key); break;
                case 10: await SendGarbageAsync(viewer, key); break;
                default: await MoveAsync(key); break;
            }
        }

        /// <summary>At the end, every video's evidence is what its viewers' views add up to, and no more.</summary>
        public async Task CheckEvidenceAsync()
        {
            await follower.QuietAsync(CancellationToken.None);
            var views = new Dictionary<VideoId, List<View>>();
            foreach (var viewer in Enumerable.Range(1, Viewers).Select(number => new ViewerId(number)))
                foreach (var (video, view) in ViewerLoading.Load(viewer, engine).Views)
                    (views.TryGetValue(video, out var of) ? of : views[video] = []).Add(view);
            foreach (var video in engine.Catalogue.Videos())
            {
                var of = views.GetValueOrDefault(video.Id, []);
                video.Evidence.Totals.Impressions.ShouldBe(of.Count, $"impressions of {video.Id}");
                video.Evidence.Totals.Points.ShouldBe(of.Where(view => view.Resolved).Sum(view => engine.Rules.Points.Of(view.Actions)), 1e-6, $"points of {video.Id}");
            }
        }

        private async Task PageAsync(ViewerId viewer, Chance key)
        {
            await follower.QuietAsync(CancellationToken.None);
            var mode = Modes[key.For("mode").Below(Modes.Length)];
            var request = new FeedRequest(new RequestId((long)(key.For("request").Bits() >> 1)), 5, mode, [], false, false, null, Own(viewer), engine.Now);
            var page = await grains.GetGrain<IViewerGrain>(viewer.Value).Page(request);
            Pages++;
            page.Items.Select(item => item.Slot.Video).ShouldBeUnique();
            foreach (var item in page.Items)
            {
                var video = engine.Catalogue.Video(item.Slot.Video);
                video.ShouldNotBeNull();
                (mode == FeedMode.Following ? video.Stage.IsPublic() : video.Stage.IsServable()).ShouldBeTrue($"{video.Stage} is in a feed");
                video.Creator.ShouldNotBe(Own(viewer) ?? default);
                _seen.GetValueOrDefault(viewer, []).ShouldNotContain(video.Id);
                _slots.Add((viewer, item.Slot));
                Served++;
            }
        }

        private async Task WatchAsync(ViewerId viewer, Chance key)
        {
            var mine = _slots.Where(slot => slot.Viewer == viewer).ToArray();
            if (mine.Length == 0) return;
            var slot = mine[key.For("slot").Below(mine.Length)].Slot;
            var full = key.For("full").Hits(0.5);
            await SendAsync(viewer, Signal(slot, SignalType.Impression, key), Signal(slot, SignalType.Like, key), Signal(slot, SignalType.Follow, key),
                Signal(slot, SignalType.PlayEnd, key) with { Play = new PlayReport(full ? 1000 : 200, full ? 2000 : 200, 200, full ? 2 : 0, EndReason.Swipe) });
            (_seen.TryGetValue(viewer, out var seen) ? seen : _seen[viewer] = []).Add(slot.Video);
        }

        private async Task RetryAsync(Chance key)
        {
            if (_sent.Count == 0) return;
            var (viewer, signal) = _sent[key.For("which").Below(_sent.Count)];
            await follower.QuietAsync(CancellationToken.None);
            var before = Evidence(signal.Video);
            var results = await grains.GetGrain<IViewerGrain>(viewer.Value).Record([signal], Own(viewer));
            results[0].Status.ShouldBe(SignalStatus.Duplicate);
            await follower.QuietAsync(CancellationToken.None);
            Evidence(signal.Video).ShouldBe(before);
        }

        /// <summary>Somebody else's slot, no slot, or the own video: kept, and counted for nothing.</summary>
        private async Task ForgeAsync(ViewerId viewer, Chance key)
        {
            if (_slots.Count == 0) return;
            var (owner, slot) = _slots[key.For("slot").Below(_slots.Count)];
            var signal = Signal(slot, SignalType.Like, key) with { EventId = $"forged-{key.Bits()}" };
            if (owner == viewer) signal = signal with { Slot = null };
            await follower.QuietAsync(CancellationToken.None);
            var before = Points(slot.Video);
            var results = await grains.GetGrain<IViewerGrain>(viewer.Value).Record([signal], Own(viewer));
            results[0].Status.ShouldBe(SignalStatus.Disqualified);
            await follower.QuietAsync(CancellationToken.None);
            Points(slot.Video).ShouldBe(before);
        }

        /// <summary>A creator whose own video was served to them all the same, before they signed in.</summary>
        private async Task WatchOwnAsync(Chance key)
        {
            var viewer = new ViewerId(3 * (1 + key.For("creator").Below(Viewers / 3)));
            var video = _seed.Id((int)viewer.Value * 8);
            var slot = new Slot(viewer, video, Own(viewer) ?? default, new RequestId((long)(key.Bits() >> 1)), 0, engine.Now, SlotSource.Shared, default, false, 1);
            await follower.QuietAsync(CancellationToken.None);
            var before = engine.Catalogue.Video(video)?.Evidence;
            var results = await grains.GetGrain<IViewerGrain>(viewer.Value).Record([Signal(slot, SignalType.Like, key), Signal(slot, SignalType.PlayEnd, key) with { Play = new PlayReport(1000, 1000, 1000, 0, EndReason.Swipe) }], Own(viewer));
            results.ShouldAllBe(result => result.Disqualified == Disqualification.OwnView);
            await follower.QuietAsync(CancellationToken.None);
            var after = engine.Catalogue.Video(video)?.Evidence;
            (after?.Totals, after?.Actions).ShouldBe((before?.Totals, before?.Actions));
        }

        /// <summary>About no video at all, again and again: kept nowhere, and never taken for a retry.</summary>
        private async Task SendGarbageAsync(ViewerId viewer, Chance key)
        {
            if (_slots.Count == 0) return;
            var slot = _slots[key.For("slot").Below(_slots.Count)].Slot;
            var signal = Signal(slot, SignalType.Like, key) with { EventId = $"garbage-{key.Bits()}", Video = new VideoId(7) };
            for (var tries = 0; tries < 2; tries++)
                (await grains.GetGrain<IViewerGrain>(viewer.Value).Record([signal], Own(viewer)))[0].Status.ShouldBe(SignalStatus.Invalid);
            engine.Ledger.KnownEvents(viewer, [signal.EventId]).ShouldBeEmpty();
        }

        /// <summary>A random move that the state machine allows from where the video stands.</summary>
        private async Task MoveAsync(Chance key)
        {
            await follower.QuietAsync(CancellationToken.None);
            if (engine.Catalogue.Video(_seed.Id(key.For("video").Below(Videos))) is not { } video) return;
            var to = Enum.GetValues<VideoStage>().Where(stage => VideoLife.Allows(video.Stage, stage) && (stage != VideoStage.Deleted || key.For("delete").Hits(0.1))).ToArray();
            if (to.Length == 0) return;
            await grains.GetGrain<IVideoGrain>(video.Id.Value).Move(video.Stage, to[key.For("to").Below(to.Length)], Reason.Of(ReasonCode.MachinePassed), "walk");
            Moves++;
        }

        private async Task SendAsync(ViewerId viewer, params ImmutableArray<Signal> signals)
        {
            await grains.GetGrain<IViewerGrain>(viewer.Value).Record(signals, Own(viewer));
            Recorded += signals.Length;
            _sent.AddRange(signals.Select(signal => (viewer, signal)));
        }

        private string Evidence(VideoId video) => System.Text.Json.JsonSerializer.Serialize(engine.Catalogue.Video(video)?.Evidence, GroundswellJson.Options);

        private double Points(VideoId video) => engine.Catalogue.Video(video)?.Evidence.Totals.Points ?? 0;

        /// <summary>Every third viewer is a creator of the catalogue.</summary>
        private CreatorId? Own(ViewerId viewer) => viewer.Value % 3 == 0 ? _seed.Creator((int)viewer.Value * 8) : null;

        private Signal Signal(Slot slot, SignalType type, Chance key) =>
            new($"{type}-{key.For((int)type).Bits()}", type, engine.Now, engine.Now, slot.Video, slot);
    }
}
