namespace Groundswell.Ranking.Learning;

/// <summary>What a viewer may do with a video: one task of the model each.</summary>
public enum Outcome
{
    Rewatch,
    Completion,
    Share,
    Comment,
    Like,
    LongView,
    EarlySkip,
    Exit,
}

/// <summary>What followed an exposure.</summary>
/// <param name="Did">Bit by <see cref="Outcome"/>: it happened.</param>
/// <param name="Known">Bit by <see cref="Outcome"/>: whether it happened is known at all.</param>
/// <param name="PlayedSeconds">How long it played; null where that is not known, as in imported histories.</param>
public readonly record struct Reaction(byte Did, byte Known, double? PlayedSeconds)
{
    public bool Has(Outcome outcome) => (Did >> (int)outcome & 1) != 0;

    /// <summary>The bit of an outcome where it happened, 0 where it did not.</summary>
    public static byte Bit(Outcome outcome, bool happened = true) => (byte)(happened ? 1 << (int)outcome : 0);
}
