using Groundswell.Core.Ledger;
using Groundswell.Core.Videos;

namespace Groundswell.Cluster.RuleBook;

/// <summary>Puts each verdict of the rules beside the entry up to which memory was folded when it was made.</summary>
internal static class Decisions
{
    /// <summary>How far ahead a verdict's entry is looked for: a judge that is further behind than two of the follower's chunks would not keep up.</summary>
    private const int Ahead = 8192;

    /// <summary>Whether the rules ended a trial by it, or for all but a niche: not a person, nor time, nor a trigger.</summary>
    public static bool IsVerdict(VideoMoved move) =>
        IsTrial(move.From) && (move.To is VideoStage.Widening or VideoStage.Open or VideoStage.Paused || move.Niche is not null) && move.By.StartsWith("rules-", StringComparison.Ordinal);

    public static bool IsTrial(VideoStage stage) => stage is VideoStage.Testing or VideoStage.Reviving or VideoStage.Widening;

    /// <summary>
    /// Every entry in order, each with the verdicts that were made when memory ended with it. Where a verdict does not say
    /// (it was recorded before that was kept), it was made right before its own entry.
    /// </summary>
    public static IEnumerable<(Recorded Recorded, IReadOnlyList<VideoMoved> Made)> Beside(IEnumerable<Recorded> entries)
    {
        var ahead = new Queue<Recorded>();
        var made = new PriorityQueue<VideoMoved, long>();
        foreach (var recorded in entries)
        {
            ahead.Enqueue(recorded);
            if (recorded.Entry is VideoMoved move && IsVerdict(move)) made.Enqueue(move, move.Seen > 0 ? move.Seen : recorded.Position - 1);
            if (ahead.Count > Ahead) yield return (ahead.Dequeue(), Due(made, ahead.Peek().Position));
        }
        while (ahead.TryDequeue(out var recorded)) yield return (recorded, Due(made, ahead.TryPeek(out var next) ? next.Position : long.MaxValue));
    }

    private static IReadOnlyList<VideoMoved> Due(PriorityQueue<VideoMoved, long> made, long before)
    {
        if (!made.TryPeek(out _, out var first) || first >= before) return [];
        var due = new List<VideoMoved>();
        while (made.TryPeek(out var move, out var asOf) && asOf < before)
        {
            made.Dequeue();
            due.Add(move);
        }
        return due;
    }
}
