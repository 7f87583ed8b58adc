namespace Groundswell.Transfer.Ledgers;

/// <param name="Doing">What is being done, as a word: checking, writing.</param>
/// <param name="Rows">Rows or entries done.</param>
/// <param name="Share">Share of it that is done, in [0, 1].</param>
public sealed record TransferProgress(string Doing, long Rows, double Share);
