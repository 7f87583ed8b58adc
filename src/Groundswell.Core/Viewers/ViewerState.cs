using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Groundswell.Core.Audience;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Taste;

namespace Groundswell.Core.Viewers;

/// <summary>One recently watched video, for fatigue: what it was, not how it was liked.</summary>
public readonly record struct RecentView(VideoId Video, CreatorId Creator, int? Genre, DateTimeOffset At);

/// <summary>
/// Everything the engine knows of one viewer: a fold over their ledger entries. It has one owner at a time and changes in
/// place, because a view happens more often than anything else.
/// </summary>
public sealed class ViewerState
{
    /// <summary>A pause longer than this ends a session.</summary>
    public static readonly TimeSpan SessionGap = TimeSpan.FromMinutes(30);

    private const int RecentMost = 40;

    public ViewerState(ViewerId id, int genres)
    {
        Id = id;
        Taste = TasteProfile.Empty(genres);
    }

    [JsonConstructor]
    private ViewerState(ViewerId id, TasteProfile taste) => (Id, Taste) = (id, taste);

    public ViewerId Id { get; }

    /// <summary>Ledger position of the last entry folded in.</summary>
    [JsonInclude] public long Position { get; private set; }
    [JsonInclude] public TasteProfile Taste { get; private set; }
    [JsonInclude] public bool Personalised { get; private set; } = true;
    [JsonInclude] public SortedDictionary<VideoId, View> Views { get; private set; } = [];
    [JsonInclude] public SortedSet<CreatorId> Follows { get; private set; } = [];
    [JsonInclude] public List<RecentView> Recent { get; private set; } = [];

    /// <summary>What this session's pages held: not served again while it lasts.</summary>
    [JsonInclude] public SortedDictionary<VideoId, DateTimeOffset> ServedInSession { get; private set; } = [];
    [JsonInclude] public int Sessions { get; private set; }
    [JsonInclude] public DateTimeOffset? SessionFrom { get; private set; }
    [JsonInclude] public DateTimeOffset? LastAt { get; private set; }

    /// <summary>The creator this viewer is, when their device has signed in as one; not part of the record, but of the request.</summary>
    [JsonIgnore] public CreatorId? OwnCreator { get; set; }

    public View? ViewOf(VideoId video) => Views.GetValueOrDefault(video);

    public Cohort Cohort(Rules rules) => Audience.Cohort.Of(Taste, Sessions, rules.Cohorts, rules.Taste);

    /// <summary>Folds an entry of this viewer in; entries at or before <see cref="Position"/> are known already and change nothing.</summary>
    public void Fold(long position, LedgerEntry entry, TasteRules rules)
    {
        if (position <= Position) return;
        Anticipate(entry, rules);
        Settle(position);
    }

    /// <summary>
    /// Folds an entry that is on its way into the ledger, so that the next request already knows of it. Its owner calls
    /// <see cref="Settle"/> when it is durable, and throws this state away when that fails.
    /// </summary>
    public void Anticipate(LedgerEntry entry, TasteRules rules)
    {
        switch (entry)
        {
            case PageServed page: Serve(page); break;
            case SignalRecorded signal: Fold(signal, rules); break;
            case TasteForgotten: Taste = TasteProfile.Empty(Taste.Genres); break;
            case PersonalisationChosen chosen: Personalised = chosen.Personalised; break;
            default: throw new ArgumentException($"{entry.GetType().Name} is not about a viewer.", nameof(entry));
        }
    }

    /// <summary>All entries up to this position are folded and durable.</summary>
    public void Settle(long position) => Position = Math.Max(Position, position);

    private void Serve(PageServed page)
    {
        Touch(page.At);
        foreach (var slot in page.Slots) ServedInSession[slot.Video] = page.At;
    }

    private void Fold(SignalRecorded signal, TasteRules rules)
    {
        // A signal that counts nothing holds no session open, nor begins one; looping on is watching all the same.
        if (signal.Disqualified is null or Disqualification.Redundant) Touch(signal.EventTime);
        if (signal.Disqualified is null && signal.Type == SignalType.Follow) Follows.Add(signal.Creator);
        if (signal.Disqualified is null && signal.Type == SignalType.Unfollow) Follows.Remove(signal.Creator);
        if (signal.Change is { } change)
        {
            Views[signal.Video] = change.After;
            if (change.ResolvedNow) Remember(signal);
        }
        if (signal.Taste is { } lesson) Taste = Taste.Learn(lesson, signal.EventTime, rules);
    }

    private void Touch(DateTimeOffset at)
    {
        if (LastAt is not { } last || at - last > SessionGap)
        {
            Sessions++;
            SessionFrom = at;
            ServedInSession.Clear();
            Taste = Taste.BeginSession();
        }
        if (LastAt is null || at > LastAt) LastAt = at;
    }

    private void Remember(SignalRecorded signal)
    {
        int? genre = signal.Taste is { Genres: [var leading, ..] } ? leading.Genre : null;
        Recent.Add(new RecentView(signal.Video, signal.Creator, genre, signal.EventTime));
        if (Recent.Count > RecentMost) Recent.RemoveAt(0);
    }
}
