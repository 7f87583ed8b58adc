namespace Groundswell.Storage.Tests.Snapshots;

public abstract class SnapshotsConformance : Conformance
{
    private ISnapshots Snapshots => Store.Snapshots;

    [Fact]
    public async Task Snapshots_AreThereAfterReopeningWithTheirWatermark()
    {
        await Snapshots.SaveAsync("viewer", [Of(2, 5, "b"), Of(-1, 4, "a")], 6, Cancel);
        await Snapshots.SaveAsync("video", [Of(2, 7, "other")], 9, Cancel);
        await ReopenAsync();
        Texts("viewer").ShouldBe(["-1@4 a", "2@5 b"]);
        Snapshots.Watermark("viewer").ShouldBe(6);
        Snapshots.Watermark("video").ShouldBe(9);
        Text(Snapshots.Load("video", 2).ShouldNotBeNull()).ShouldBe("2@7 other");
    }

    [Fact]
    public async Task Saving_ReplacesWhatChangedAndKeepsTheRest()
    {
        await Snapshots.SaveAsync("viewer", [Of(1, 1, "a"), Of(2, 1, "b")], 1, Cancel);
        await Snapshots.SaveAsync("viewer", [Of(2, 8, "B"), Of(3, 8, "")], 8, Cancel);
        Texts("viewer").ShouldBe(["1@1 a", "2@8 B", "3@8 "]);
        await Snapshots.SaveAsync("viewer", [], 12, Cancel);
        Snapshots.Watermark("viewer").ShouldBe(12);
    }

    [Fact]
    public void WhatWasNeverSaved_IsAbsent()
    {
        Snapshots.Load("viewer", 1).ShouldBeNull();
        Snapshots.LoadAll("viewer").ShouldBeEmpty();
        Snapshots.Watermark("viewer").ShouldBe(0);
    }

    [Fact]
    public async Task Deleting_ForgetsOneKindAndItsWatermark()
    {
        await Snapshots.SaveAsync("viewer", [Of(1, 1, "a")], 1, Cancel);
        await Snapshots.SaveAsync("video", [Of(1, 1, "a")], 1, Cancel);
        await Snapshots.DeleteAsync("viewer", Cancel);
        Snapshots.LoadAll("viewer").ShouldBeEmpty();
        Snapshots.Watermark("viewer").ShouldBe(0);
        Texts("video").ShouldBe(["1@1 a"]);
    }

    [Fact]
    public async Task AFailedSave_ChangesNeitherRowsNorWatermark()
    {
        await Snapshots.SaveAsync("viewer", [Of(1, 1, "a")], 1, Cancel);
        await Backend.SetFullAsync(Store, true);
        var large = Enumerable.Range(1, 1_000).Select(id => new Snapshot(id, 2, new byte[10_000])).ToArray();
        await Should.ThrowAsync<StoreUnavailableException>(() => Snapshots.SaveAsync("viewer", large, 2, Cancel));
        Texts("viewer").ShouldBe(["1@1 a"]);
        Snapshots.Watermark("viewer").ShouldBe(1);
    }

    [Fact]
    public async Task Loading_SeesOneMomentWhileOthersSave()
    {
        await Snapshots.SaveAsync("viewer", [.. Enumerable.Range(0, 500).Select(id => Of(id, 1, "old"))], 1, Cancel);
        using var loading = Snapshots.LoadAll("viewer").GetEnumerator();
        loading.MoveNext().ShouldBeTrue();
        await Snapshots.SaveAsync("viewer", [.. Enumerable.Range(0, 600).Select(id => Of(id, 2, "new"))], 2, Cancel);
        var seen = 1;
        for (; loading.MoveNext(); seen++) loading.Current.Watermark.ShouldBe(1);
        seen.ShouldBe(500);
    }

    [Fact]
    public async Task ASaveOfMoreRowsThanACommitHolds_IsStillOneTransaction()
    {
        await ReopenAsync(new StoreOptions { QueueCapacity = 8, MostPerCommit = 4 });
        await Snapshots.SaveAsync("viewer", [.. Enumerable.Range(0, 100).Select(id => Of(id, 1, "x"))], 3, Cancel);
        Snapshots.LoadAll("viewer").Count().ShouldBe(100);
    }

    private IEnumerable<string> Texts(string kind) => Snapshots.LoadAll(kind).Select(Text);

    private static Snapshot Of(long id, long watermark, string text) => new(id, watermark, System.Text.Encoding.UTF8.GetBytes(text));

    private static string Text(Snapshot snapshot) => $"{snapshot.Id}@{snapshot.Watermark} {System.Text.Encoding.UTF8.GetString(snapshot.Body)}";
}
