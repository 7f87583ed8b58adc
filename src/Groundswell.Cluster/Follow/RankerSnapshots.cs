using Groundswell.Ranking.Ranker;
using Groundswell.Storage;

namespace Groundswell.Cluster.Follow;

/// <summary>
/// Saves the learned ranker and brings it back, part by part. It is saved less often than the catalogue, so at a start it learns
/// the ledger's tail by itself.
/// </summary>
internal sealed class RankerSnapshots(Engine engine)
{
    /// <summary>With the number of its form.</summary>
    public const string Kind = "ranker/2";

    private const string KindBefore = "ranker/1";

    private const int Chunk = 4096;

    /// <summary>Without a saved model the last so many entries must do: some half a minute's learning.</summary>
    private const long MostTaught = 2_000_000;

    private static readonly TimeSpan Between = TimeSpan.FromMinutes(5);

    /// <summary>However large the model, the disk is its own for no more than a twentieth of the time.</summary>
    private const int LeastRest = 19;

    private readonly PartedSnapshot _store = new(engine.Store.Snapshots, Kind);
    private long _saved;
    private volatile bool _isGood;
    private long _began = engine.Clock.GetTimestamp();
    private TimeSpan _took;

    /// <summary>Brings back what was saved, and learns what the catalogue has folded since.</summary>
    /// <returns>What became of it; null where none learns.</returns>
    public Restored? Restore(CancellationToken cancellation)
    {
        if (engine.Catalogue.Ranker is not { } ranker) return null;
        var restored = _store.Watermark == 0 ? Restored.Anew("nothing was saved") : ranker.Load(_store.Load());
        _saved = ranker.Watermark;
        _isGood = ranker.Guard.Trusts;
        ranker.LastGood = TakeGood;
        Teach(Math.Max(ranker.Watermark, engine.Catalogue.Watermark - MostTaught), cancellation);
        return restored;
    }

    /// <summary>Whether it is time for another save, the last being over.</summary>
    public bool IsDue(SnapshotPace pace) =>
        engine.Clock.GetElapsedTime(_began) is var passed && passed >= LeastRest * _took + _took && (passed >= Between || engine.Catalogue.Watermark - _saved >= pace.Entries);

    /// <summary>The ranker as of now, for the follower, between two folds; null when it has seen nothing new. It is to be saved.</summary>
    public RankerSave? Take()
    {
        if (engine.Catalogue.Ranker is not { } ranker || ranker.Watermark <= _saved) return null;
        _began = engine.Clock.GetTimestamp();
        return ranker.BeginSave();
    }

    /// <summary>Writes a moment down, while the follower and other writers may go on; one at a time.</summary>
    public async Task SaveAsync(RankerSave moment, CancellationToken cancellation)
    {
        await _store.SaveAsync(moment.Parts(), moment.Watermark, cancellation);
        (_saved, _isGood, _took) = (moment.Watermark, moment.IsGood, engine.Clock.GetElapsedTime(_began));
        if (engine.Store.Snapshots.Watermark(KindBefore) > 0) await engine.Store.Snapshots.DeleteAsync(KindBefore, cancellation);
    }

    /// <summary>Once: were it bad after all, the next fall would be to it again.</summary>
    private IEnumerable<byte[]>? TakeGood()
    {
        if (!_isGood) return null;
        _isGood = false;
        return Readable();
    }

    /// <summary>A store that cannot be read now is no reason to stop folding: the model begins anew.</summary>
    private IEnumerable<byte[]> Readable()
    {
        using var parts = _store.Load().GetEnumerator();
        while (Next(parts)) yield return parts.Current;

        static bool Next(IEnumerator<byte[]> parts)
        {
            try
            {
                return parts.MoveNext();
            }
            catch (StoreUnavailableException unavailable)
            {
                throw new InvalidDataException(unavailable.Message, unavailable);
            }
        }
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
}
