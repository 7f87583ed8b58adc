using Groundswell.Storage;

namespace Groundswell.Cluster.Follow;

/// <summary>
/// Saves the learned ranker and brings it back, in parts that one row holds each. It is saved less often than the catalogue,
/// so at a start it learns the ledger's tail by itself.
/// </summary>
internal sealed class RankerSnapshots(Engine engine)
{
    /// <summary>With the number of its form.</summary>
    public const string Kind = "ranker/1";

    private const int PartBytes = 1 << 20, Chunk = 4096;

    /// <summary>Ids of one save's parts; two saves take turns, so that one that was broken off leaves the other whole.</summary>
    private const int Turn = 1 << 16;

    /// <summary>Without a saved model the last so many entries must do: some half a minute's learning.</summary>
    private const long MostTaught = 2_000_000;

    private long _saved;
    private int _turn;

    /// <summary>Ledger position up to which it is saved.</summary>
    public long Saved => _saved;

    public void Restore(CancellationToken cancellation)
    {
        if (engine.Catalogue.Ranker is not { } ranker) return;
        var watermark = engine.Store.Snapshots.Watermark(Kind);
        var parts = engine.Store.Snapshots.LoadAll(Kind).Where(part => part.Watermark == watermark).ToList();
        if (parts is [var first, ..])
        {
            _turn = (int)(first.Id / Turn);
            using var body = new MemoryStream();
            foreach (var part in parts) body.Write(part.Body);
            ranker.TryLoad(body.ToArray());
        }
        _saved = ranker.Watermark;
        Teach(Math.Max(ranker.Watermark, engine.Catalogue.Watermark - MostTaught), cancellation);
    }

    /// <summary>The ranker as of now, for the follower, between two folds; null when it has seen nothing new.</summary>
    public Moment? Take() => engine.Catalogue.Ranker is { } ranker && ranker.Watermark > _saved ? new Moment(ranker.Watermark, ranker.Save()) : null;

    /// <summary>Writes a moment down part by part, while the follower and other writers may go on; one at a time.</summary>
    public async Task SaveAsync(Moment moment, CancellationToken cancellation)
    {
        _turn = 1 - _turn;
        Snapshot[] parts = [.. moment.Body.Chunk(PartBytes).Select((part, number) => new Snapshot((_turn * Turn) + number, moment.Watermark, part))];
        // Only the last says that all are there.
        foreach (var part in parts[..^1]) await engine.Store.Snapshots.SaveAsync(Kind, [part], _saved, cancellation);
        await engine.Store.Snapshots.SaveAsync(Kind, parts[^1..], moment.Watermark, cancellation);
        _saved = moment.Watermark;
    }

    private void Teach(long from, CancellationToken cancellation)
    {
        while (engine.Ledger.Read(from, Chunk) is { Count: > 0 } entries && entries[0].Position <= engine.Catalogue.Watermark)
        {
            cancellation.ThrowIfCancellationRequested();
            engine.Catalogue.Teach([.. entries.TakeWhile(entry => entry.Position <= engine.Catalogue.Watermark)]);
            from = entries[^1].Position;
        }
    }

    internal sealed record Moment(long Watermark, byte[] Body);
}
