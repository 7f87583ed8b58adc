using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Groundswell.Ranking.Feed;

/// <summary>What went wrong in one stage since the start.</summary>
/// <param name="Stage">Its name in the list of stages.</param>
/// <param name="Late">Pages that went on with what a source had proposed when its time was over.</param>
/// <param name="Failed">Pages that went on without the rest of a source, or candidates that a filter could not judge and so dropped.</param>
public sealed record StageTrouble(string Stage, long Late, long Failed, Exception? LastFailure);

/// <summary>Takes the time of sources, and counts what went wrong in the stages of pages. One for all pages, from any thread.</summary>
/// <param name="clock">Only time that passes on it counts: one that stands still knows no late source.</param>
public sealed class StageWatch(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, StageTrouble> _troubles = [];

    /// <summary>The stages that something went wrong in, by name.</summary>
    public ImmutableArray<StageTrouble> Troubles => [.. _troubles.Values.OrderBy(trouble => trouble.Stage, StringComparer.Ordinal)];

    internal TimeProvider Clock => clock;

    public void Late(ISource source) => Note(source, trouble => trouble with { Late = trouble.Late + 1 });

    public void Failed(object stage, Exception failure) => Note(stage, trouble => trouble with { Failed = trouble.Failed + 1, LastFailure = failure });

    private void Note(object stage, Func<StageTrouble, StageTrouble> change)
    {
        var name = stage.GetType().Name;
        _troubles.AddOrUpdate(name, _ => change(new StageTrouble(name, 0, 0, null)), (_, known) => change(known));
    }
}
