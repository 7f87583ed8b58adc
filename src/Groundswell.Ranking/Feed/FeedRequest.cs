using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Feed;

namespace Groundswell.Ranking.Feed;

/// <summary>What a viewer's app asks for.</summary>
/// <param name="Count">Slots wanted, 1 to <see cref="FeedRules.PageMost"/>.</param>
/// <param name="Exclude">Videos the app holds already.</param>
/// <param name="Rewatch">The viewer asks to see videos again.</param>
/// <param name="Explain">The page carries how each value came about and what was removed.</param>
/// <param name="WithoutBoosts">No slot may be given to a boost: other pages have taken the last one meanwhile.</param>
/// <param name="StartWith">A shared video to begin with, if it may be shown.</param>
public sealed record FeedRequest(
    RequestId Id,
    int Count,
    FeedMode Mode,
    ImmutableHashSet<VideoId> Exclude,
    bool Rewatch,
    bool Explain,
    VideoId? StartWith,
    CreatorId? OwnCreator,
    DateTimeOffset Now,
    bool WithoutBoosts = false);
