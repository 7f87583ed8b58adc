using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Ledger;
using Groundswell.Core.Videos;

namespace Groundswell.Ranking.Catalogue;

/// <summary>
/// The tests of one catalogue: which videos are on test, what they and the tested ones before them say of the next, and in which
/// order slots serve them. Its writer folds; readers never wait.
/// </summary>
/// <param name="first">The rules until <see cref="Use"/> says others.</param>
/// <param name="queueLife">How far the order of tests may lag behind their views.</param>
public sealed class LiveTests(Rules first, TimeSpan queueLife)
{
    private readonly Dictionary<VideoId, VideoCell> _testing = [];
    private Rules _rules = first;
    private bool _isStale = true;
    private DateTimeOffset _queueMadeAt = DateTimeOffset.MinValue;
    private volatile TestQueue _queue = TestQueue.Empty;
    private volatile Peers _peers = Peers.None(first.Gate, first.Points);

    public Peers Peers => _peers;
    public TestQueue Queue => _queue;

    /// <summary>What tested videos say of one that they can be compared with.</summary>
    public PeerFit PeersOf(VideoState video) => _peers[BucketOf(video)];

    /// <summary>From now on these rules are folded by.</summary>
    internal void Use(Rules rules)
    {
        _rules = rules;
        foreach (var bucket in Enum.GetValues<DurationBucket>()) Fit(bucket);
        _isStale = true;
    }

    /// <summary>Sets what a snapshot holds, fitted by the rules of its moment.</summary>
    internal void Restore(IEnumerable<VideoCell> cells, Peers peers, Rules rules)
    {
        foreach (var cell in cells)
            if (cell.State.Stage == VideoStage.Testing) _testing[cell.State.Id] = cell;
        (_peers, _rules, _isStale) = (peers, rules, true);
    }

    /// <summary>Folds what an entry made of a video.</summary>
    internal void Fold(VideoCell cell, VideoState before, LedgerEntry entry)
    {
        var after = cell.State;
        if (entry is VideoMoved moved) Move(cell, before, moved);
        else if (IsUnderWay(after) && after.Evidence.Trial.Views > before.Evidence.Trial.Views)
        {
            var bucket = BucketOf(after);
            _peers = _peers.Watched(bucket);
            if (_peers.IsStale(bucket)) Fit(bucket);
        }
    }

    /// <summary>Looks anew at which test a slot serves next, when one has begun or ended, and whenever the order has aged.</summary>
    internal void Publish(Func<VideoState, Surroundings> around, int weeklyViewers, DateTimeOffset now)
    {
        if (!_isStale && (now - _queueMadeAt).Duration() < queueLife) return;
        (_isStale, _queueMadeAt) = (false, now);
        _queue = TestQueue.Of(_testing.Values, around, TestBatch.Size(weeklyViewers, _rules.TestBatch), _rules, now);
    }

    /// <param name="before">As the verdict found it: what a move ends it forgets.</param>
    private void Move(VideoCell cell, VideoState before, VideoMoved moved)
    {
        if (moved.To == VideoStage.Testing) _testing[moved.Video] = cell;
        else if (!_testing.Remove(moved.Video)) return;
        _isStale = true;
        if (moved.From != VideoStage.Testing || !moved.Reason.Numbers.ContainsKey("score")) return;
        var audience = moved.Reason.Numbers.TryGetValue("audience", out var viewers) ? (int)viewers : (int?)null;
        _peers = _peers.Add(Score(before) with { Audience = audience }, _rules.Gate);
        Fit(BucketOf(before));
    }

    /// <summary>In the order of ids: sums of doubles depend on theirs, and a catalogue brought back holds its tests in another one.</summary>
    private void Fit(DurationBucket bucket) => _peers = _peers.Fit(
        bucket, _testing.Values.Select(cell => cell.State).Where(video => IsUnderWay(video) && BucketOf(video) == bucket).OrderBy(video => video.Id.Value).Select(Score), _rules.Gate, _rules.Points);

    /// <summary>Not yet judged by everybody's views: what a niche adds to them says nothing of everybody.</summary>
    private static bool IsUnderWay(VideoState video) => video is { Stage: VideoStage.Testing, Niche: null };

    private PeerScore Score(VideoState video) =>
        new(video.Id, BucketOf(video), video.Analysis?.Genres.Leading, video.OnTrial, Tastes: video.ByTaste.Spread());

    /// <summary>Whom a video is compared with.</summary>
    private DurationBucket BucketOf(VideoState video) => _rules.Gate.ByDuration ? video.Bucket : DurationBucket.Under15s;
}
