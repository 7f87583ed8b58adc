namespace Groundswell.Ranking.Learning;

/// <summary>How a saved model fits into another.</summary>
/// <param name="Resized">Whether it was made for another size: then its rows found their places anew.</param>
/// <param name="LeftOut">Rows, of those met longest ago, that found no room.</param>
public readonly record struct Fit(bool Resized, long LeftOut);
