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

    /// <summary>What the viewer last chose; see <see cref="IsPersonalised"/>.</summary>
    [JsonInclude] public bool Personalised { get; private set; } = true;

    /// <summary>They chose it since they said that they are under 18.</summary>
    [JsonInclude] public bool PersonalisedAsTeen { get; private set; }

    // These two are asked about hundreds of videos for every page.
    [JsonInclude, JsonConverter(typeof(InKeyOrder<VideoId, View>))] public Dictionary<VideoId, View> Views { get; private set; } = [];

    /// <summary>What this session's pages held: not served again while it lasts.</summary>
    [JsonInclude, JsonConverter(typeof(InKeyOrder<VideoId, DateTimeOffset>))] public Dictionary<VideoId, DateTimeOffset> ServedInSession { get; private set; } = [];
    [JsonInclude] public SortedSet<CreatorId> Follows { get; private set; } = [];
    [JsonInclude] public List<RecentView> Recent { get; private set; } = [];

    [JsonInclude] public int Sessions { get; private set; }
    [JsonInclude] public DateTimeOffset? SessionFrom { get; private set; }
    [JsonInclude] public DateTimeOffset? LastAt { get; private set; }

    /// <summary>The creators who have signed in on this viewer's device, now or ever before.</summary>
    [JsonInclude] public SortedSet<CreatorId> OwnCreators { get; private set; } = [];

    /// <summary>Follows that counted nothing, and whose end counts nothing either.</summary>
    [JsonInclude] public SortedSet<CreatorId> FollowsUncounted { get; private set; } = [];

    /// <summary>Event time of the last like or its taking back, by video: of two in the wrong order the later one holds.</summary>
    [JsonInclude] public SortedDictionary<VideoId, DateTimeOffset> LikeTurns { get; private set; } = [];

    /// <summary>The same for following, by creator.</summary>
    [JsonInclude] public SortedDictionary<CreatorId, DateTimeOffset> FollowTurns { get; private set; } = [];
    [JsonInclude] public SortedDictionary<VideoId, CommentLog> Comments { get; private set; } = [];
    [JsonInclude] public WatchedTime Watched { get; private set; } = new();

    /// <summary>Where the viewer says they are; null unless they share it.</summary>
    [JsonInclude] public Region? Region { get; private set; }

    /// <summary>How old the viewer says they are; null unless they say it.</summary>
    [JsonInclude] public AgeClass? Age { get; private set; }

    /// <summary>Genres that the viewer says they like; none unless they say so. Apart from <see cref="Taste"/>, so that taking them back leaves it as it would be without.</summary>
    [JsonInclude] public ImmutableArray<int> Interests { get; private set; } = [];

    /// <summary>The one play that is under way; another one's beginning ends it.</summary>
    [JsonInclude] public OpenPlay? Playing { get; private set; }

    /// <summary>Whether the viewer is a video's creator, on whatever device of theirs.</summary>
    public bool IsOwn(CreatorId creator) => OwnCreators.Contains(creator);

    public CommentLog CommentsOn(VideoId video) => Comments.GetValueOrDefault(video, CommentLog.None);

    public View? ViewOf(VideoId video) => Views.GetValueOrDefault(video);

    /// <summary>Whether their taste may be used: as they chose, and for those under 18 by default as the rules have it.</summary>
    public bool IsPersonalised(TeenRules rules) => Personalised && (Age != AgeClass.Teen || PersonalisedAsTeen || rules.Profiled);

    /// <summary>How much the viewer wants a genre, by what they watched and by what they say, in [−1, 1].</summary>
    public double Affinity(int genre, TasteRules rules) => Taste.Affinity(genre, rules, Interests.Contains(genre) ? rules.InterestViews : 0);

    public Activity Activity(CohortRules rules) => Sessions > rules.NewSessions ? Audience.Activity.Regular : Audience.Activity.New;

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
            case TasteForgotten: (Taste, Interests) = (TasteProfile.Empty(Taste.Genres), []); break;
            case PersonalisationChosen chosen: (Personalised, PersonalisedAsTeen) = (chosen.Personalised, chosen.Personalised && Age == AgeClass.Teen); break;
            case RegionShared shared: Share(shared.Region); break;
            case AgeDeclared declared: (Age, PersonalisedAsTeen) = (declared.Age, false); break;
            case InterestsDeclared declared: Interests = declared.Genres; break;
            case DeviceSignedIn signedIn: OwnCreators.Add(signedIn.Creator); break;
            default: throw new ArgumentException($"{entry.GetType().Name} is not about a viewer.", nameof(entry));
        }
    }

    /// <summary>All entries up to this position are folded and durable.</summary>
    public void Settle(long position) => Position = Math.Max(Position, position);

    /// <summary>A region that is taken back, or exchanged, goes from everything that was remembered with it.</summary>
    private void Share(Region? region)
    {
        if (Region == region) return;
        Region = region;
        foreach (var (video, view) in Views.Where(pair => new Cohort(pair.Value.Cohort).Region is not null).ToArray())
            Views[video] = view with { Cohort = new Cohort(view.Cohort).WithoutRegion().Number };
        if (Playing is { Slot: { } slot } playing) Playing = playing with { Slot = slot with { Cohort = new Cohort(slot.Cohort).WithoutRegion().Number } };
    }

    private void Serve(PageServed page)
    {
        Touch(page.At);
        foreach (var slot in page.Slots) ServedInSession[slot.Video] = page.At;
    }

    private void Fold(SignalRecorded signal, TasteRules rules)
    {
        if (signal.IsGenuine)
        {
            // Any other signal holds no session open, nor begins one.
            Touch(signal.EventTime);
            FoldAct(signal);
        }
        if (signal.Change is { } change)
        {
            Views[signal.Video] = change.After;
            if (change.ResolvedNow) Remember(signal);
            FoldPlay(signal, change);
        }
        if (signal.Taste is { } lesson) Taste = Taste.Learn(lesson, signal.EventTime, rules);
    }

    private void FoldAct(SignalRecorded signal)
    {
        switch (signal.Type)
        {
            case SignalType.Like or SignalType.Unlike:
                LikeTurns[signal.Video] = Later(LikeTurns.GetValueOrDefault(signal.Video), signal.EventTime);
                break;
            case SignalType.Comment when signal.Change is not null:
                Comments[signal.Video] = CommentsOn(signal.Video).Write(signal.EventId, signal.EventTime);
                break;
            case SignalType.DeleteComment:
                Comments[signal.Video] = CommentsOn(signal.Video).Delete(signal.Text, signal.EventTime);
                break;
            case SignalType.Follow or SignalType.Unfollow:
                FollowTurns[signal.Creator] = Later(FollowTurns.GetValueOrDefault(signal.Creator), signal.EventTime);
                if (signal.Disqualified == Disqualification.Redundant) break;
                if (signal.Type == SignalType.Follow)
                {
                    if (Follows.Add(signal.Creator) && signal.Disqualified is not null) FollowsUncounted.Add(signal.Creator);
                }
                else
                {
                    Follows.Remove(signal.Creator);
                    FollowsUncounted.Remove(signal.Creator);
                }
                break;
        }
    }

    private void FoldPlay(SignalRecorded signal, ViewChange change)
    {
        if (signal.Play is null) return;
        var more = change.After.TotalMs - (change.Before?.TotalMs ?? 0);
        if (more > 0) Watched.Add(signal.Video, signal.EventTime, TimeSpan.FromMilliseconds(more));
        if (!change.After.Resolved)
        {
            if (Playing is null || signal.EventTime >= Playing.At) Playing = new OpenPlay(signal.Video, signal.Creator, signal.EventTime, signal.Slot);
        }
        else if (Playing?.Video == signal.Video)
        {
            Playing = null;
        }
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

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private void Remember(SignalRecorded signal)
    {
        int? genre = signal.Taste is { Genres: [var leading, ..] } ? leading.Genre : null;
        Recent.Add(new RecentView(signal.Video, signal.Creator, genre, signal.EventTime));
        if (Recent.Count > RecentMost) Recent.RemoveAt(0);
    }
}
