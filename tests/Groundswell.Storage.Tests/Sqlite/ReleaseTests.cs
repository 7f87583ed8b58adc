using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Storage.Sqlite;

namespace Groundswell.Storage.Tests.Sqlite;

/// <summary>A file that an earlier release wrote is read as that release read it, and goes on.</summary>
public sealed class ReleaseTests : IAsyncDisposable
{
    private readonly SqliteBackend _backend = new();

    public static TheoryData<string> Releases => ["0.1"];

    public ValueTask DisposeAsync() => _backend.DisposeAsync();

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task ItsFile_IsReadAsItWasWritten(string release)
    {
        var expected = Copy(release);
        await using var store = await _backend.OpenAsync();

        store.Ledger.Head.ShouldBe(expected["head"]!.GetValue<long>());
        var entries = store.Ledger.Read(0, 1_000);
        entries.Select(recorded => recorded.Position).ShouldBe(expected["entries"]!.AsArray().Select(one => one!["position"]!.GetValue<long>()));
        foreach (var (read, written) in entries.Zip(expected["entries"]!.AsArray()))
            Differences(written!["entry"], JsonNode.Parse(Facts.Json(read.Entry)), $"{read.Position}").ShouldBeEmpty();
        Positions(expected["viewers"], id => store.Ledger.ReadViewer(new ViewerId(id), 0, 1_000));
        Positions(expected["journals"], id => store.Ledger.ReadJournal(new VideoId(id)));
        foreach (var (video, comments) in expected["comments"]!.AsObject())
            ShouldBe(store.Comments.Newest(new VideoId(long.Parse(video)), 100), comments);
        foreach (var (video, stage) in expected["stages"]!.AsObject())
            (await _backend.RunSqlAsync($"SELECT stage FROM videos WHERE video = {video}")).ShouldBe(stage!.GetValue<string>());
        foreach (var (kind, saved) in expected["snapshots"]!.AsObject())
        {
            store.Snapshots.Watermark(kind).ShouldBe(saved!["watermark"]!.GetValue<long>());
            ShouldBe(store.Snapshots.LoadAll(kind).ToArray(), saved["rows"]);
        }
        ShouldBe(store.Accounts.All(), expected["accounts"]);
    }

    [Theory]
    [MemberData(nameof(Releases))]
    public async Task ItsEvents_AreKnownAndItsLedgerGoesOn(string release)
    {
        var expected = Copy(release);
        var head = expected["head"]!.GetValue<long>();
        for (var opening = 0; opening < 2; opening++)
        {
            await using var store = await _backend.OpenAsync();
            ImmutableArray<SignalRecorded> signals = [.. store.Ledger.Read(0, 1_000).Select(recorded => recorded.Entry).OfType<SignalRecorded>()];
            signals.Length.ShouldBeGreaterThan(10);
            foreach (var ofViewer in signals.GroupBy(signal => signal.Viewer))
            {
                var eventIds = ofViewer.Select(signal => signal.EventId).ToArray();
                store.Ledger.KnownEvents(ofViewer.Key, [.. eventIds, "never sent"]).ShouldBe(eventIds, ignoreOrder: true);
            }
            (await store.Ledger.AppendAsync(signals, TestContext.Current.CancellationToken)).Positions.ShouldAllBe(position => position == null);
            (await store.Ledger.AppendAsync([Facts.Signal($"new {opening}")], TestContext.Current.CancellationToken)).Positions.ShouldBe([head + 1 + opening]);
        }
        (await _backend.RunSqlAsync("PRAGMA integrity_check")).ShouldBe("ok");
    }

    [Fact]
    public async Task SignalsOfSchemaOne_AreFoundAndDeletedByTheTypeInTheirBody()
    {
        Copy("0.1");
        await using var store = await _backend.OpenAsync();
        var before = store.Ledger.Read(0, 1_000);
        var likes = before.Where(recorded => recorded.Entry is SignalRecorded { Type: Core.Signals.SignalType.Like }).Select(recorded => recorded.Position).ToArray();
        store.Ledger.ReadEngagement(new VideoId(23), 0, 100).Select(recorded => recorded.Position).ShouldContain(likes.ShouldHaveSingleItem());

        await store.Ledger.SetBaselineAsync(store.Ledger.Head, TestContext.Current.CancellationToken);
        var deletion = new Deletion([EntryKind.Of(Core.Signals.SignalType.Like)], store.Ledger.Head, Facts.At.AddDays(1));
        (await store.Ledger.DeleteAsync(deletion, 0, 1_000, TestContext.Current.CancellationToken)).Entries.ShouldBe(1);
        store.Ledger.Read(0, 1_000).Select(recorded => recorded.Position).ShouldBe(before.Select(recorded => recorded.Position).Except(likes));
    }

    /// <summary>Puts the release's file where the store will be opened.</summary>
    /// <returns>What the release read from it.</returns>
    private JsonObject Copy(string release)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Sqlite", "Releases", release);
        File.Copy(Path.Combine(folder, SqliteFile.Name), _backend.File);
        return JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "expected.json"))).ShouldNotBeNull().AsObject();
    }

    private static void Positions(JsonNode? expected, Func<long, IReadOnlyList<Recorded>> read)
    {
        foreach (var (id, positions) in expected.ShouldNotBeNull().AsObject())
            read(long.Parse(id)).Select(recorded => recorded.Position).ShouldBe(positions!.AsArray().Select(position => position!.GetValue<long>()));
    }

    private static void ShouldBe<T>(T read, JsonNode? expected) =>
        Differences(expected, JsonSerializer.SerializeToNode(read, GroundswellJson.Options), typeof(T).Name).ShouldBeEmpty();

    /// <summary>What an early release wrote although it follows from the rest of the entry.</summary>
    private static readonly string[] Derived = ["first_impression", "resolved_now", "of_viewer", "of_video", "of_creator"];

    /// <summary>Where today's reading lacks or changes something. What later releases add to an entry is no difference.</summary>
    private static IEnumerable<string> Differences(JsonNode? written, JsonNode? read, string at) => (written, read) switch
    {
        (JsonObject before, JsonObject now) => before.ExceptBy(Derived, field => field.Key).SelectMany(field => Differences(field.Value, now[field.Key], $"{at}.{field.Key}")),
        (JsonArray before, JsonArray now) when before.Count == now.Count => before.Zip(now).SelectMany((pair, i) => Differences(pair.First, pair.Second, $"{at}[{i}]")),
        _ when JsonNode.DeepEquals(written, read) => [],
        _ => [$"{at}: {written?.ToJsonString()} was written, {read?.ToJsonString() ?? "nothing"} was read"],
    };
}
