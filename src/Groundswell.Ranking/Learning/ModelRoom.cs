namespace Groundswell.Ranking.Learning;

/// <summary>How full a model is.</summary>
/// <param name="Rows">Rows that there is room for.</param>
/// <param name="Used">Rows that hold something.</param>
/// <param name="Evicted">Rows that made room for others since the start.</param>
/// <param name="Bytes">Of all rows, used or not.</param>
public readonly record struct ModelRoom(long Rows, long Used, long Evicted, long Bytes);
