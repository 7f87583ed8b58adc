using Groundswell.Ranking.Learning;

namespace Groundswell.Ranking.Ranker;

/// <summary>The parts of a <see cref="RankerSave"/>, read in their order.</summary>
internal sealed class SavedRanker : IDisposable
{
    /// <summary>Of some 700 bytes each.</summary>
    public const int SlotsAPart = 64;

    private readonly IEnumerator<byte[]> _parts;
    private int _slots;

    /// <exception cref="InvalidDataException">It is of another form, or none.</exception>
    public SavedRanker(IEnumerable<byte[]> parts)
    {
        _parts = parts.GetEnumerator();
        Around = Next();
        if (Around.ReadInt32() != OnlineModel.Form) throw new InvalidDataException("The saved ranker is of another form.");
        _slots = Around.ReadInt32();
    }

    public BinaryReader Around { get; }

    public IEnumerable<WaitingSlot> Slots()
    {
        while (_slots > 0)
        {
            var from = Next();
            for (var slot = 0; slot < SlotsAPart && _slots > 0; slot++, _slots--) yield return WaitingSlot.Load(from);
        }
    }

    /// <summary>What is left: past the slots, should nobody have read them.</summary>
    public IEnumerable<byte[]> Model()
    {
        for (; _slots > 0; _slots -= SlotsAPart) Next();
        while (_parts.MoveNext()) yield return _parts.Current;
    }

    public void Dispose() => _parts.Dispose();

    private BinaryReader Next() => _parts.MoveNext() ? new BinaryReader(new MemoryStream(_parts.Current)) : throw new InvalidDataException("The saved ranker is not whole.");
}
