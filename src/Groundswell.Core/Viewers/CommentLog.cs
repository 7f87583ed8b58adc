using System.Collections.Immutable;

namespace Groundswell.Core.Viewers;

/// <summary>
/// The comments of one viewer under one video, by event id, so that each can be taken back by its name: also before it has
/// arrived, because events come in any order.
/// </summary>
/// <param name="Standing">Event id and event time of the comments that stand; at most <see cref="Most"/>.</param>
/// <param name="Deleted">Event ids that were deleted by name, known or not yet.</param>
/// <param name="DeletedUpTo">All comments up to this event time were deleted at once.</param>
public sealed record CommentLog(ImmutableSortedDictionary<string, DateTimeOffset> Standing, ImmutableSortedSet<string> Deleted, DateTimeOffset? DeletedUpTo)
{
    /// <summary>Comments that one viewer may have under one video: more is flooding.</summary>
    public const int Most = 20;

    public static CommentLog None { get; } = new(ImmutableSortedDictionary<string, DateTimeOffset>.Empty, ImmutableSortedSet<string>.Empty, null);

    /// <summary>Whether a comment was deleted before it arrived.</summary>
    public bool IsGone(string eventId, DateTimeOffset at) => Deleted.Contains(eventId) || at <= DeletedUpTo;

    public CommentLog Write(string eventId, DateTimeOffset at) => this with { Standing = Standing.SetItem(eventId, at) };

    /// <summary>Which comments a deletion takes back.</summary>
    /// <param name="eventId">The comment; null for all of them.</param>
    public ImmutableArray<string> Named(string? eventId, DateTimeOffset at) => eventId is null
        ? [.. Standing.Where(comment => comment.Value <= at).Select(comment => comment.Key)]
        : Standing.ContainsKey(eventId) ? [eventId] : [];

    public CommentLog Delete(string? eventId, DateTimeOffset at)
    {
        var left = Standing.RemoveRange(Named(eventId, at));
        if (eventId is null) return this with { Standing = left, DeletedUpTo = at > DeletedUpTo ? at : DeletedUpTo ?? at };
        return this with { Standing = left, Deleted = Deleted.Count < 2 * Most ? Deleted.Add(eventId) : Deleted };
    }
}
