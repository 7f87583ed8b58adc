using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Storage;
using Groundswell.Storage.Tests;
using Groundswell.Transfer.Files;
using Groundswell.Transfer.Ledgers;
using Groundswell.Transfer.Tests.Fixtures;

namespace Groundswell.Transfer.Tests.Ledgers;

public sealed class RoundTripTests : IDisposable
{
    private const int Many = 200_000;
    private readonly Folder _folder = new();

    public static TheoryData<TransferFormat> Formats => [TransferFormat.Ndjson, TransferFormat.Csv, TransferFormat.Parquet];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Formats))]
    public async Task WhatGoesOut_ComesBackEqual_AndASecondImportChangesNothing(TransferFormat format)
    {
        await _folder.FillAsync("from", [.. Facts.OfEveryKind(Facts.Video), .. Odd()]);
        var all = _folder.Ledger("from");
        var expected = format == TransferFormat.Ndjson ? all : [.. all.Where(line => line.Contains("\"fact\":\"signal\"", StringComparison.Ordinal))];
        (await ExportAsync("from", format)).Rows.ShouldBe(expected.Count);

        var first = await ImportAsync("to", format);
        first.ShouldSatisfyAllConditions(() => first.Succeeded.ShouldBeTrue(), () => first.Appended.ShouldBe(expected.Count), () => first.Known.ShouldBe(0));
        _folder.Ledger("to").Select(Entry).ShouldBe(expected.Select(Entry));

        var second = await ImportAsync("to", format);
        second.ShouldSatisfyAllConditions(() => second.Succeeded.ShouldBeTrue(), () => second.Appended.ShouldBe(0), () => second.Known.ShouldBe(expected.Count));
        _folder.Ledger("to").Count.ShouldBe(expected.Count);
    }

    [Fact]
    public async Task ManyEntries_TakeLittleMemory()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var chunk = 0; chunk < Many; chunk += 4_000)
            await _folder.FillAsync("from", [.. Enumerable.Range(chunk, 4_000).Select(number => Facts.Signal($"event {number}", new ViewerId(number % 500)))]);
        foreach (var format in (TransferFormat[])[TransferFormat.Ndjson, TransferFormat.Csv, TransferFormat.Parquet])
        {
            var (most, reports) = (0L, 0);
            var measured = new Told<TransferProgress>(_ =>
            {
                if (reports++ % 40 == 0) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            });
            (await ExportAsync("from", format, measured)).Rows.ShouldBe(Many);
            (await ImportAsync($"to {format}", format, measured)).Appended.ShouldBe(Many);
            TestContext.Current.TestOutputHelper?.WriteLine($"{format}: {most / 1048576.0:N1} MB at most, {new FileInfo(FileOf(format)).Length / 1048576.0:N1} MB in the file");
            // The text files have some 200 MB; of a Parquet file one group of rows is in memory, with the library's buffers.
            most.ShouldBeLessThan(112L << 20);
            using var store = _folder.Reading($"to {format}");
            store.Head.ShouldBe(Many);
        }
    }

    [Fact]
    public async Task Filters_ChooseEntries()
    {
        await _folder.FillAsync("from", [.. Facts.OfEveryKind(Facts.Video), Facts.Signal("other", new ViewerId(12)), Facts.Signal("late") with { At = Facts.At.AddHours(1), Type = SignalType.Like }]);
        var all = _folder.Ledger("from");
        (await Count(LedgerSelection.All)).ShouldBe(all.Count);
        (await Count(LedgerSelection.All with { Facts = ["video_moved", "creator_seen"] })).ShouldBe(Facts.OfEveryKind(Facts.Video).Count(entry => entry is VideoMoved or CreatorSeen));
        (await Count(LedgerSelection.All with { Viewer = new ViewerId(12) })).ShouldBe(1);
        (await Count(LedgerSelection.All with { From = Facts.At.AddMinutes(1) })).ShouldBe(1);
        (await Count(LedgerSelection.All with { To = Facts.At.AddMinutes(1) })).ShouldBe(all.Count - 1);
        (await Count(LedgerSelection.All with { Facts = ["signal"] }, types: [SignalType.Like])).ShouldBe(1);
        (await Count(LedgerSelection.All, first: 3, last: 5)).ShouldBe(3);

        async Task<long> Count(LedgerSelection selection, ImmutableArray<SignalType>? types = null, long first = 1, long? last = null)
        {
            using var store = _folder.Reading("from");
            var request = new ExportRequest(FileOf(TransferFormat.Ndjson), TransferFormat.Ndjson, selection, types ?? [], first, last);
            var rows = (await LedgerExport.RunAsync(store, request, Nobody.Told<TransferProgress>(), CancellationToken.None)).Rows;
            (await File.ReadAllLinesAsync(FileOf(TransferFormat.Ndjson))).Length.ShouldBe((int)rows);
            return rows;
        }
    }

    [Fact]
    public async Task ABrokenOffNdjsonExport_GoesOn_AndATableBeginsAnew()
    {
        await _folder.FillAsync("from", [.. Enumerable.Range(0, 5_000).Select(number => Facts.Signal($"event {number}"))]);
        await ExportAsync("from", TransferFormat.Ndjson);
        var whole = await File.ReadAllBytesAsync(FileOf(TransferFormat.Ndjson));
        File.Delete(FileOf(TransferFormat.Ndjson));
        foreach (var format in (TransferFormat[])[TransferFormat.Ndjson, TransferFormat.Csv])
        {
            using var stop = new CancellationTokenSource();
            await Should.ThrowAsync<OperationCanceledException>(() => ExportAsync("from", format, new Told<TransferProgress>(progress =>
            {
                if (progress.Rows >= 2_000) stop.Cancel();
            }), stop.Token));
            File.Exists(FileOf(format)).ShouldBeFalse();
            File.Exists($"{FileOf(format)}.part").ShouldBe(format == TransferFormat.Ndjson);
        }
        // As after a kill: the last line is not whole.
        await File.AppendAllTextAsync($"{FileOf(TransferFormat.Ndjson)}.part", "{\"position\":9,\"ent");
        var report = await ExportAsync("from", TransferFormat.Ndjson);
        report.Resumed.ShouldBeTrue();
        report.Rows.ShouldBeLessThan(5_000);
        (await File.ReadAllBytesAsync(FileOf(TransferFormat.Ndjson))).ShouldBe(whole);
        Directory.GetFiles(_folder.Path).ShouldBe([FileOf(TransferFormat.Ndjson)]);
    }

    [Fact]
    public async Task ACancelledImport_IsBroughtToItsEnd()
    {
        await _folder.FillAsync("from", [.. Facts.OfEveryKind(Facts.Video), .. Enumerable.Range(0, 5_000).Select(number => (LedgerEntry)Facts.Page(number % 7))]);
        await ExportAsync("from", TransferFormat.Ndjson);
        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => ImportAsync("to", TransferFormat.Ndjson, new Told<TransferProgress>(progress =>
        {
            if (progress is { Doing: "writing", Rows: >= 2_000 }) stop.Cancel();
        }), stop.Token));
        _folder.Ledger("to").Count.ShouldBeInRange(1, 4_999);
        (await ImportAsync("to", TransferFormat.Ndjson)).Succeeded.ShouldBeTrue();
        _folder.Ledger("to").ShouldBe(_folder.Ledger("from"));
    }

    [Fact]
    public async Task AServingStore_IsReadBesideItsWriter()
    {
        await using var store = await _folder.StoreAsync("from");
        await store.Ledger.AppendAsync(Facts.OfEveryKind(Facts.Video), CancellationToken.None);
        (await ExportAsync("from", TransferFormat.Ndjson)).Rows.ShouldBe(store.Ledger.Head);
        await store.Ledger.AppendAsync([Facts.Signal("meanwhile")], CancellationToken.None);
        (await ExportAsync("from", TransferFormat.Ndjson)).Rows.ShouldBe(store.Ledger.Head);
    }

    [Fact]
    public async Task AMoveThatTheLedgerRefuses_IsNamed_AndWhatCameBeforeIsIn()
    {
        await _folder.FillAsync("from", [.. Facts.OfEveryKind(Facts.Video)]);
        await _folder.FillAsync("to", Facts.Uploaded(Facts.Video) with { Caption = "another file of the same video" });
        await ExportAsync("from", TransferFormat.Ndjson);
        var report = await ImportAsync("to", TransferFormat.Ndjson);
        report.Succeeded.ShouldBeFalse();
        report.Stopped.ShouldNotBeNull().Line.ShouldBe(1);
        report.Stopped.Problem.ShouldContain("was uploaded before");
    }

    /// <summary>Texts, times and numbers that a careless table would bend.</summary>
    private static IEnumerable<LedgerEntry> Odd()
    {
        string[] texts = ["", " ", "a,b", "\"quoted\"", "two\nlines\r\nthree", "=1+1", "so 🎉\u0000 end", "null", " trailing "];
        foreach (var (number, text) in texts.Index()) yield return Facts.Signal($"odd {number}") with { Type = SignalType.Comment, Text = text, Play = null };
        yield return Facts.Signal("odd,\"id\"\n") with { EventTime = new DateTimeOffset(1, 1, 1, 0, 0, 0, 1, TimeSpan.FromHours(-14)), PointsAfter = 0.1 + 0.2, PointsBefore = 1e-300 };
        yield return Facts.Signal("tick") with { At = Facts.At.AddTicks(1), EventTime = Facts.At.AddTicks(-9_999_993).ToOffset(TimeSpan.FromMinutes(345)) };
        yield return Facts.Signal("ids", new ViewerId(long.MaxValue), new VideoId(long.MinValue)) with { Slot = new SlotContext(new RequestId(-1), int.MaxValue, SlotSource.Random, -1, false, float.Epsilon) };
    }

    private static string Entry(string line) => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    private string FileOf(TransferFormat format) => _folder[$"ledger.{format}".ToLowerInvariant()];

    private async Task<ExportReport> ExportAsync(string name, TransferFormat format, IProgress<TransferProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var store = _folder.Reading(name);
        return await LedgerExport.RunAsync(store, new ExportRequest(FileOf(format), format, LedgerSelection.All, []), progress ?? Nobody.Told<TransferProgress>(), cancellation);
    }

    private async Task<ImportReport> ImportAsync(string name, TransferFormat format, IProgress<TransferProgress>? progress = null, CancellationToken cancellation = default)
    {
        await using var store = await _folder.StoreAsync(name);
        return await LedgerImport.RunAsync(store.Ledger, FileOf(format), format, progress ?? Nobody.Told<TransferProgress>(), cancellation);
    }
}
