using System.Collections.Frozen;
using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Challenges;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Trends;
using Groundswell.Core.Videos;

namespace Groundswell.Ranking.Catalogue;

/// <summary>The trends of one catalogue: the board that its writer folds into, and what readers see of it, who never wait.</summary>
/// <param name="first">The rules until <see cref="Use"/> says others.</param>
public sealed class LiveTrends(TrendRules first)
{
    private static readonly TimeSpan LiftLife = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private TrendRules _rules = first;
    private TrendBoard _board = new();
    private DateTimeOffset _liftsMadeAt = DateTimeOffset.MinValue;
    private volatile FrozenDictionary<int, FrozenDictionary<Topic, TopicLift>> _lifts = FrozenDictionary<int, FrozenDictionary<Topic, TopicLift>>.Empty;
    private volatile FrozenDictionary<Topic, TopicLift> _anywhere = FrozenDictionary<Topic, TopicLift>.Empty;

    /// <summary>Whether anything is rising anywhere.</summary>
    public bool Any => _lifts.Count > 0;

    /// <summary>Whether anything that a video is about is rising in any region.</summary>
    public bool Rises(VideoState video)
    {
        var lifts = _anywhere;
        if (lifts.Count == 0) return false;
        foreach (var topic in video.Topics)
            if (lifts.ContainsKey(topic)) return true;
        return false;
    }

    /// <summary>The strongest lift of what a video is about, wherever it rises.</summary>
    public TopicLift LiftAnywhere(VideoState video) => Strongest(video, _anywhere, TopicLift.None);

    /// <summary>The strongest lift of what a video is about, everywhere or in the viewer's region.</summary>
    public TopicLift LiftOf(VideoState video, int region = Regions.Everywhere)
    {
        var lifts = _lifts;
        if (lifts.Count == 0) return TopicLift.None;
        var most = Strongest(video, lifts.GetValueOrDefault(Regions.Everywhere), TopicLift.None);
        return region == Regions.Everywhere ? most : Strongest(video, lifts.GetValueOrDefault(region), most);
    }

    /// <summary>Reads the board under the writer's lock; keep it short.</summary>
    public TResult Read<TResult>(Func<TrendBoard, TResult> read)
    {
        lock (_gate) return read(_board);
    }

    /// <summary>What is rising is judged by these rules from now on.</summary>
    internal void Use(TrendRules rules) => _rules = rules;

    internal void Restore(TrendBoard board)
    {
        lock (_gate) _board = board;
    }

    /// <summary>Folds what was watched for good. What a boost brought makes no trend: it was the operator who chose it.</summary>
    internal void Fold(SignalRecorded signal, VideoState video, ChallengeBoard challenges)
    {
        if (signal is not { Disqualified: null, Change: { WatchedNow: true, After.Boosted: false } }) return;
        var region = new Cohort(signal.Change.After.Cohort).Region?.Number ?? Regions.Everywhere;
        var topics = challenges.TopicsOf(video);
        if (topics.IsEmpty) return;
        lock (_gate) _board.Watched(topics.AsSpan(), region, signal.Viewer, signal.Creator, signal.EventTime);
    }

    internal void Fold(RegionShared shared)
    {
        lock (_gate) _board.ForgetRegionOf(shared.Viewer);
    }

    /// <summary>Judges anew what is rising, at most every few seconds: what is watched changes by the hour.</summary>
    /// <returns>Whether other topics are rising than before.</returns>
    internal bool Publish(ChallengeBoard challenges, DateTimeOffset now)
    {
        if ((now - _liftsMadeAt).Duration() < LiftLife) return false;
        _liftsMadeAt = now;
        List<RisingTopic> rising;
        lock (_gate) rising = new TrendReading(_board, now, _rules).Rising();
        var lifts = rising.SelectMany(one => Lifted(one, challenges)).ToArray();
        _lifts = lifts.GroupBy(lift => lift.Of.Region).ToFrozenDictionary(region => region.Key, ByTopic);
        var before = _anywhere;
        _anywhere = ByTopic(lifts);
        return !_anywhere.Keys.ToHashSet().SetEquals(before.Keys);
    }

    /// <summary>The strongest of each; of equal ones that of the lowest region, which is everywhere.</summary>
    private static FrozenDictionary<Topic, TopicLift> ByTopic(IEnumerable<(Topic On, TopicLift Of)> lifts) => lifts.GroupBy(lift => lift.On).ToFrozenDictionary(
        on => on.Key, on => on.Select(lift => lift.Of).OrderByDescending(of => of.Lift).ThenBy(of => of.Region).First());

    /// <summary>A rising challenge lifts by its hashtags: those are what a video has.</summary>
    private static IEnumerable<(Topic On, TopicLift Of)> Lifted(RisingTopic rising, ChallengeBoard challenges)
    {
        var lift = new TopicLift(rising.Verdict.Lift, rising.Topic, rising.Region);
        return rising.Topic.Kind == TopicKind.Challenge
            ? (challenges.Find(rising.Topic.Name)?.Terms.Hashtags ?? []).Select(tag => (Topic.Hashtag(tag), lift))
            : [(rising.Topic, lift)];
    }

    private static TopicLift Strongest(VideoState video, FrozenDictionary<Topic, TopicLift>? lifts, TopicLift most)
    {
        if (lifts is null) return most;
        foreach (var topic in video.Topics)
            if (lifts.TryGetValue(topic, out var of) && of.Lift > most.Lift) most = of;
        return most;
    }
}
