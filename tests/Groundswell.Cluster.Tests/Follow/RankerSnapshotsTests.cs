using System.Diagnostics;
using Groundswell.Cluster.Follow;
using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Ranking.Learning;
using Groundswell.Storage;

namespace Groundswell.Cluster.Tests.Follow;

public sealed class RankerSnapshotsTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("groundswell-ranker-");
    private SqliteStore _store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _store = await SqliteStore.OpenAsync(_folder.FullName, TimeProvider.System, new StoreOptions());

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task AStart_GoesOnFromTheLastWholeSave_AndSaysSo()
    {
        var engine = Engine();
        var saves = new RankerSnapshots(engine);
        saves.Restore(Cancel)!.Sentence.ShouldBe("It begins anew: nothing was saved.");
        await Fold(engine);
        await saves.SaveAsync(saves.Take()!, Cancel);
        saves.Take().ShouldBeNull("nothing new");

        var again = Engine();
        new RankerSnapshots(again).Restore(Cancel)!.Sentence.ShouldBe("It goes on from where it was saved.");
        again.Catalogue.Ranker!.Watermark.ShouldBe(engine.Catalogue.Watermark);
    }

    [Fact]
    public async Task AStartAtAnotherSize_KeepsWhatWasLearned_AndSaysSo()
    {
        var saves = new RankerSnapshots(await Live());
        await saves.SaveAsync(saves.Take()!, Cancel);

        var larger = Engine(ModelSize.For(100_000));
        new RankerSnapshots(larger).Restore(Cancel)!.Sentence.ShouldBe("It was saved at another size and goes on in this one; 0 of its rows, those met longest ago, found no room.");
        larger.Catalogue.Ranker!.Size.Viewers.ShouldBe(100_000);
    }

    [Fact]
    public async Task ASaveUnderWay_IsNotDueAgain_BeforeItsTimeOrItsEntries()
    {
        var engine = await Live();
        var saves = new RankerSnapshots(engine);
        saves.IsDue(new SnapshotPace(TimeSpan.FromSeconds(30), Entries: 1)).ShouldBeTrue();
        saves.IsDue(SnapshotPace.Default).ShouldBeFalse("neither five minutes nor 600,000 entries");
        await saves.SaveAsync(saves.Take()!, Cancel);
        saves.IsDue(new SnapshotPace(TimeSpan.FromSeconds(30), Entries: 1)).ShouldBeFalse("nothing was folded since, and a save rests nineteen times as long as it took");
    }

    [Theory]
    [InlineData("--model-size", "999", null)]
    [InlineData("--model-size", "4000001", null)]
    [InlineData("GROUNDSWELL_MODEL_SIZE", null, "many")]
    public async Task AServer_RefusesASizeOutOfRange_InASentence(string named, string? asked, string? variable)
    {
        string[] serve = [Path.Combine(AppContext.BaseDirectory, "groundswell.dll"), "serve", "--demo", "off", "--data", _folder.FullName, "--port", "0"];
        var start = new ProcessStartInfo("dotnet", asked is null ? serve : [.. serve, "--model-size", asked]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["GROUNDSWELL_MODEL_SIZE"] = variable;
        using var server = Process.Start(start).ShouldNotBeNull();
        var said = await server.StandardError.ReadToEndAsync(Cancel);
        await server.WaitForExitAsync(Cancel);
        server.ExitCode.ShouldNotBe(0);
        said.ShouldStartWith($"{named}: choose a number of viewers from 1000 to 4000000.");
    }

    private async Task<Engine> Live()
    {
        var engine = Engine();
        await Fold(engine);
        return engine;
    }

    private static async Task Fold(Engine engine)
    {
        await engine.Ledger.AppendAsync([RulesSet.Of(engine.Rules, "test", engine.Now)], Cancel);
        engine.Catalogue.Fold(engine.Ledger.Read(0, 100));
    }

    private Engine Engine(ModelSize? size = null) => new(new Rules(), Taxonomy.Default, _store, new EngineClock(TimeProvider.System), new Chance(0), IdSource.Seeded(1), learns: size);
}
