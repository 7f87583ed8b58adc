using Groundswell.Ranking.Learning;

namespace Groundswell.Lab.RankingLogs;

/// <summary>One row of a log: what was shown to whom, and what followed.</summary>
/// <param name="Row">Its place among the data rows of its file, from 0.</param>
/// <param name="Reaction">Null where the row cannot say: without a duration nothing is known of how far it was watched.</param>
internal readonly record struct LoggedRow(int Row, Exposure Exposure, Reaction? Reaction);
