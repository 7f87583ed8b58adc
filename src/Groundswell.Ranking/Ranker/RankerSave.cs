using Groundswell.Ranking.Learning;

namespace Groundswell.Ranking.Ranker;

/// <summary>The ranker as it was at one moment, in parts that are made as they are read; see <see cref="ModelSave"/>.</summary>
public sealed class RankerSave
{
    private readonly byte[] _around;
    private readonly WaitingSlot.Moment[] _slots;
    private readonly ModelSave _model;
    private volatile bool _isOver;

    internal RankerSave(long watermark, bool isGood, byte[] around, WaitingSlot.Moment[] slots, ModelSave model) =>
        (Watermark, IsGood, _around, _slots, _model) = (watermark, isGood, around, slots, model);

    /// <summary>Ledger position up to which all of it is folded.</summary>
    public long Watermark { get; }

    /// <summary>Whether the model was trusted.</summary>
    public bool IsGood { get; }

    internal bool IsOver => _isOver;

    /// <summary>On any thread, once.</summary>
    public IEnumerable<byte[]> Parts()
    {
        try
        {
            var part = new PartWriter();
            part.To.Write(OnlineModel.Form);
            part.To.Write(_slots.Length);
            part.To.Write(_around);
            yield return part.Cut();
            foreach (var few in _slots.Chunk(SavedRanker.SlotsAPart))
            {
                foreach (var slot in few) slot.Save(part.To);
                yield return part.Cut();
            }
            foreach (var rows in _model.Parts()) yield return rows;
        }
        finally
        {
            _isOver = true;
        }
    }
}
