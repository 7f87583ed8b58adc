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

/// <summary>Why a video is lifted: the topic that rises most of those it is about.</summary>
public readonly record struct TopicLift(double Lift, Topic? Topic)
{
    public static TopicLift None { get; } = new(1, null);
}

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
    private volatile FrozenSet<Topic> _rising = FrozenSet<Topic>.Empty;

    /// <summary>Whether anything is rising anywhere.</summary>
    public bool Any => _lifts.Count > 0;

    /// <summary>Whether anything that a video is about is rising in any region.</summary>
    public bool Rises(VideoState video)
    {
        var rising = _rising;
        if (rising.Count == 0) return false;
        foreach (var topic in video.Topics)
            if (rising.Contains(topic)) return true;
        return false;
    }

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
        _lifts = rising.SelectMany(one => Lifted(one, challenges)).GroupBy(lift => lift.Region).ToFrozenDictionary(
            region => region.Key,
            region => region.GroupBy(lift => lift.On).ToFrozenDictionary(on => on.Key, on => on.Select(lift => lift.Lift).MaxBy(lift => lift.Lift)));
        var before = _rising;
        _rising = _lifts.Values.SelectMany(region => region.Keys).ToFrozenSet();
        return !_rising.SetEquals(before);
    }

    /// <summary>A rising challenge lifts by its hashtags: those are what a video has.</summary>
    private static IEnumerable<(int Region, Topic On, TopicLift Lift)> Lifted(RisingTopic rising, ChallengeBoard challenges)
    {
        var lift = new TopicLift(rising.Verdict.Lift, rising.Topic);
        return rising.Topic.Kind == TopicKind.Challenge
            ? (challenges.Find(rising.Topic.Name)?.Terms.Hashtags ?? []).Select(tag => (rising.Region, Topic.Hashtag(tag), lift))
            : [(rising.Region, rising.Topic, lift)];
    }

    private static TopicLift Strongest(VideoState video, FrozenDictionary<Topic, TopicLift>? lifts, TopicLift most)
    {
        if (lifts is null) return most;
        foreach (var topic in video.Topics)
            if (lifts.TryGetValue(topic, out var of) && of.Lift > most.Lift) most = of;
        return most;
    }
}
