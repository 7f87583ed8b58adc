namespace Groundswell.Ranking.Learning;

/// <summary>What viewers last made of videos that they have met: who is shown one again does much the same again.</summary>
/// <param name="capacity">Pairs of viewer and video; the one met longest ago makes room.</param>
internal sealed class LastReactions(int capacity)
{
    public KeyedRows Rows { get; } = new(capacity, width: 1);

    /// <summary>Bit by <see cref="Outcome"/>; null where the pair is not known, or is nobody's: 0.</summary>
    public byte? Of(ulong pair) => pair != 0 && Rows.Find(pair) is >= 0 and var row ? (byte)Rows[row][0] : null;

    public void Set(ulong pair, in Reaction reaction, int minute)
    {
        if (pair == 0) return;
        var row = Rows.Claim(pair, minute, out _);
        Rows[row][0] = reaction.Did;
        Rows.Touch(row, minute);
    }
}
