using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Feed;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;

namespace Groundswell.Ranking.Feed;

/// <summary>One answered feed request.</summary>
/// <param name="Exhausted">Nothing more that may be shown is left.</param>
/// <param name="PauseIn">How long until the viewer is to be offered a pause; null where they need none.</param>
/// <param name="Removed">How many candidates each filter removed; empty unless explained.</param>
public sealed record FeedPage(
    RequestId Request, FeedMode Mode, string ModelVersion, bool Exhausted, TimeSpan? PauseIn, ImmutableArray<FeedItem> Items, ImmutableArray<Removal> Removed)
{
    /// <summary>What the ledger remembers of it.</summary>
    public PageServed Served(FeedContext context) => new(
        context.Request.Now, context.Viewer.Id, Request, Mode, ModelVersion,
        [.. Items.Select(item => new ServedSlot(item.Slot.Video, item.Slot.Source, item.Slot.Propensity, (float)item.Value, item.Probabilities, (float)item.Taste))],
        context.Cohort.Number, Unprofiled: !context.Profiled);
}

/// <param name="Reasons">Why this video, most telling first.</param>
/// <param name="Explanation">How its value came about; null unless asked for.</param>
public sealed record FeedItem(Slot Slot, bool Liked, ActionProbabilities Probabilities, double Value, double Taste, ImmutableArray<FeedReason> Reasons, Explanation? Explanation);

/// <summary>A reason code and its sentence for the viewer.</summary>
public sealed record FeedReason(string Code, string Text);

/// <summary>One number that made up a value.</summary>
public sealed record ValueTerm(string Name, double Value, string Text);

public sealed record Explanation(double Value, ActionProbabilities Probabilities, ImmutableArray<ValueTerm> Terms);

public sealed record Removal(string Reason, int Count);
