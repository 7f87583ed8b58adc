namespace Groundswell.Storage.Tests.Snapshots;

public abstract class PartedSnapshotConformance : Conformance
{
    private PartedSnapshot Model => new(Store.Snapshots, "model");

    [Fact]
    public async Task Parts_AreThereAfterReopening_InTheirOrder()
    {
        await Model.SaveAsync(Parts(40, 1), 7, Cancel);
        await ReopenAsync();
        Model.Watermark.ShouldBe(7);
        Model.Load().ShouldBe(Parts(40, 1));
    }

    [Fact]
    public void WhatWasNeverSaved_HasNoParts()
    {
        Model.Watermark.ShouldBe(0);
        Model.Load().ShouldBeEmpty();
    }

    [Fact]
    public async Task ALaterSave_TakesThePlaceOfTheOneBefore_AlsoWhenItIsShorter()
    {
        for (var save = 1; save <= 5; save++)
        {
            await Model.SaveAsync(Parts(50 - (7 * save), save), save, Cancel);
            Model.Load().ShouldBe(Parts(50 - (7 * save), save));
        }
        await Model.SaveAsync([], 6, Cancel);
        Model.Load().ShouldBeEmpty();
        Model.Watermark.ShouldBe(6);
    }

    [Fact]
    public async Task ASaveThatBreaksOffAnywhere_LeavesTheLastWholeOne()
    {
        await Model.SaveAsync(Parts(60, 1), 1, Cancel);
        await Model.SaveAsync(Parts(60, 2), 2, Cancel);
        foreach (var whole in (int[])[0, 1, 25, 60])
        {
            await Should.ThrowAsync<IOException>(() => Model.SaveAsync(Broken(whole), 3, Cancel));
            await ReopenAsync();
            Model.Watermark.ShouldBe(2);
            Model.Load().ShouldBe(Parts(60, 2));
        }
        await Model.SaveAsync(Parts(60, 4), 4, Cancel);
        Model.Load().ShouldBe(Parts(60, 4));

        static IEnumerable<byte[]> Broken(int whole) => Parts(whole, 3).Concat(Enumerable.Range(0, 1).Select(byte[] (_) => throw new IOException()));
    }

    [Fact]
    public async Task ASaveThatTheStoreRefuses_LeavesTheLastWholeOne()
    {
        await Model.SaveAsync(Parts(60, 1), 1, Cancel);
        await Backend.SetFullAsync(Store, true);
        await Should.ThrowAsync<StoreUnavailableException>(() => Model.SaveAsync(Parts(400, 2), 2, Cancel));
        Model.Watermark.ShouldBe(1);
        Model.Load().ShouldBe(Parts(60, 1));
    }

    [Fact]
    public async Task APartThatIsNotWhatWasSaved_IsRefused()
    {
        await Model.SaveAsync(Parts(5, 1), 1, Cancel);
        var third = Parts(5, 1)[3];
        third[100] ^= 1;
        await Store.Snapshots.SaveAsync("model.0", [new Snapshot(3, 1, third)], 1, Cancel);
        Should.Throw<InvalidDataException>(() => Model.Load().ToArray()).Message.ShouldBe("Part 3 of the snapshot model is damaged.");
    }

    [Fact]
    public async Task APartThatIsGone_IsMissed()
    {
        await Model.SaveAsync(Parts(5, 1), 1, Cancel);
        await Store.Snapshots.DeleteAsync("model.0", Cancel);
        await Store.Snapshots.SaveAsync("model.0", [.. Parts(3, 1).Select((part, number) => new Snapshot(number, 1, part))], 1, Cancel);
        Should.Throw<InvalidDataException>(() => Model.Load().ToArray()).Message.ShouldBe("Of the snapshot model the last 2 of 5 parts are missing.");
    }

    /// <summary>Of 50 kB, so that twenty make a commit.</summary>
    private static byte[][] Parts(int many, int save) => [.. Enumerable.Range(0, many).Select(part => Enumerable.Range(0, 50_001).Select(at => (byte)(part + save + at)).ToArray())];
}
