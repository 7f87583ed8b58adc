using Groundswell.Storage;
using Groundswell.Storage.Tests;
using Groundswell.Transfer.Files;
using Groundswell.Transfer.Ledgers;
using Groundswell.Transfer.Tests.Fixtures;

namespace Groundswell.Transfer.Tests.Ledgers;

/// <summary>Files that are wrong in one place: which place, in a sentence, and nothing of them in the ledger.</summary>
public sealed class BadFileTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{\"position\":1}", "holds no entry")]
    [InlineData("not json", "not the JSON")]
    [InlineData("{\"position\":1,\"entry\":{\"fact\":\"invented\",\"at\":\"2026-01-01T00:00:00+00:00\"}}", "not the JSON of an entry")]
    [InlineData("{\"position\":1,\"entry\":{\"fact\":\"taste_forgotten\",\"at\":\"2026-01-01T00:00:00+00:00\"}}", "viewer is missing")]
    [InlineData("{\"position\":1,\"entry\":{\"fact\":\"taste_forgotten\",\"at\":\"2026-01-01T00:00:00+00:00\",\"viewer\":\"u_00000000000zz\",\"mood\":3}}", "mood is not known")]
    [InlineData("{\"position\":1,\"entry\":{\"fact\":\"taste_forgotten\",\"at\":\"yesterday\",\"viewer\":\"u_00000000000zz\"}}", "at is not of the expected form")]
    public async Task AnNdjsonLine_IsNamedWithItsFault(string line, string fault)
    {
        var good = await LinesAsync(TransferFormat.Ndjson);
        var report = await ImportAsync("bad.ndjson", TransferFormat.Ndjson, [good[0], "", line, good[1]]);
        report.Bad.ShouldHaveSingleItem().Line.ShouldBe(3);
        report.Bad[0].Problem.ShouldContain(fault);
        report.Appended.ShouldBe(0);
        _folder.Ledger("to").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("event_time", "soon", "event_time is not of the expected form")]
    [InlineData("played_ms", "1.5", "played_ms is not of the expected form")]
    [InlineData("played_ms", "99999999999", "played_ms is not of the expected form")]
    [InlineData("type", "stare", "type is not of the expected form")]
    [InlineData("viewer", "v_0000000000001", "viewer is not of the expected form")]
    [InlineData("viewer", "", "viewer is missing")]
    [InlineData("points_after", "NaN", "points_after is not a finite number")]
    [InlineData("late", "maybe", "late is not of the expected form")]
    [InlineData("rest", "[1]", "rest is not a JSON object")]
    [InlineData("event_id", "01234567890123456789012345678901234567890123456789012345678901234", "1 to 64 characters")]
    public async Task ACsvField_IsNamedWithItsFault(string column, string value, string fault)
    {
        var good = await LinesAsync(TransferFormat.Csv);
        var names = good[0].Split(',');
        // Only the last column is quoted and holds commas.
        var fields = good[1].Split(',', names.Length);
        fields[Array.IndexOf(names, column)] = value;
        var report = await ImportAsync("bad.csv", TransferFormat.Csv, [good[0], good[2], string.Join(',', fields)]);
        report.Bad.ShouldHaveSingleItem().Line.ShouldBe(3);
        report.Bad[0].Problem.ShouldContain(fault);
        _folder.Ledger("to").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("position,mood\n1,good\n", "no column 'mood'")]
    [InlineData("position,at\n", "column event_time is missing")]
    [InlineData("at,at\n", "there twice")]
    [InlineData("at,event_time,event_id,type,viewer,video,creator,late,points_before,points_after\n\"2026", "opens a quote")]
    public async Task ACsvFile_ThatIsNone_IsRefusedWhole(string text, string fault)
    {
        await File.WriteAllTextAsync(_folder["bad.csv"], text);
        await using var store = await _folder.StoreAsync("to");
        var refused = await Should.ThrowAsync<UnreadableFileException>(() => LedgerImport.RunAsync(store.Ledger, _folder["bad.csv"], TransferFormat.Csv, Nobody.Told<TransferProgress>(), CancellationToken.None));
        refused.Message.ShouldContain(fault);
    }

    [Fact]
    public async Task AParquetFile_ThatIsNone_IsRefusedWhole()
    {
        await LinesAsync(TransferFormat.Parquet);
        var bytes = await File.ReadAllBytesAsync(_folder["good.parquet"]);
        await using var store = await _folder.StoreAsync("to");
        foreach (var damaged in (byte[][])[[], [1, 2, 3], bytes[..(bytes.Length / 2)], [.. bytes[..^100], .. new byte[100]]])
        {
            await File.WriteAllBytesAsync(_folder["bad.parquet"], damaged);
            await Should.ThrowAsync<UnreadableFileException>(() => LedgerImport.RunAsync(store.Ledger, _folder["bad.parquet"], TransferFormat.Parquet, Nobody.Told<TransferProgress>(), CancellationToken.None));
        }
        store.Ledger.Head.ShouldBe(0);
    }

    [Fact]
    public async Task OnlyTheFirstBadRows_AreListed_AllAreCounted()
    {
        var report = await ImportAsync("bad.ndjson", TransferFormat.Ndjson, [.. Enumerable.Repeat("x", 50)]);
        report.BadRows.ShouldBe(50);
        report.Bad.Select(bad => bad.Line).ShouldBe(Enumerable.Range(1, 10).Select(line => (long)line));
    }

    private async Task<string[]> LinesAsync(TransferFormat format)
    {
        await _folder.FillAsync("from", Facts.Signal("a"), Facts.Signal("b"));
        var file = _folder[$"good.{format}".ToLowerInvariant()];
        using var store = _folder.Reading("from");
        await LedgerExport.RunAsync(store, new ExportRequest(file, format, LedgerSelection.All, []), Nobody.Told<TransferProgress>(), CancellationToken.None);
        return await File.ReadAllLinesAsync(file);
    }

    private async Task<ImportReport> ImportAsync(string name, TransferFormat format, string[] lines)
    {
        await File.WriteAllLinesAsync(_folder[name], lines);
        await using var store = await _folder.StoreAsync("to");
        return await LedgerImport.RunAsync(store.Ledger, _folder[name], format, Nobody.Told<TransferProgress>(), CancellationToken.None);
    }
}
