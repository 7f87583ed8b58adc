using System.Collections.Immutable;
using Groundswell.Cluster;
using Groundswell.Cluster.Viewers;
using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Core.Feed;
using Groundswell.Core.Signals;
using Groundswell.Demo.People;
using Groundswell.Ranking.Feed;

namespace Groundswell.Demo.World;

/// <summary>
/// One synthetic viewer with the app open: asks for pages, watches, reacts, leaves. It goes through the same viewer grain
/// as a real one; only what it will do is drawn from its hidden taste.
/// </summary>
internal sealed class AudienceSession(Engine engine, IGrainFactory grains, HiddenQualities qualities, Chance chance)
{
    private const int MostPages = 12;
    private const int PageSize = 5;
    private static readonly TimeSpan BetweenVideos = TimeSpan.FromMilliseconds(700);

    /// <summary>Lives through a session from a given time on.</summary>
    /// <param name="elapse">Lets time pass: at once in a simulation, really when live. Called with the new time before what happens then.</param>
    public async Task LiveAsync(SyntheticViewer viewer, ViewerId id, DateTimeOffset from, Func<DateTimeOffset, Task> elapse)
    {
        var grain = grains.GetGrain<IViewerGrain>(id.Value);
        var key = chance.For("session").For(id.Value).For(from.ToUnixTimeSeconds());
        var mood = new SessionMood();
        var now = from;
        for (var number = 0; number < MostPages; number++)
        {
            var page = await grain.Page(new FeedRequest(
                new RequestId((long)(key.For("request").For(number).Bits() >> 1)), PageSize, FeedMode.Personalised, [], false, false, null, null, now));
            if (page.Items.IsEmpty) return;
            foreach (var item in page.Items)
            {
                var (end, left) = await WatchAsync(viewer, grain, item, mood, key.For(mood.Watched), now, elapse);
                if (left) return;
                now = end + BetweenVideos;
            }
        }
    }

    private async Task<(DateTimeOffset End, bool Left)> WatchAsync(
        SyntheticViewer viewer, IViewerGrain grain, FeedItem item, SessionMood mood, Chance key, DateTimeOffset from, Func<DateTimeOffset, Task> elapse)
    {
        if (engine.Catalogue.Video(item.Slot.Video) is not { Analysis: { } analysis } video) return (from, false);
        var watched = viewer.Decide(
            new WatchedClip(analysis.Genres, video.DurationMs, qualities.Of(video)), mood.Watched, mood.RecentGenres, key);
        var end = from + TimeSpan.FromMilliseconds(watched.TotalMs);
        await elapse(end);
        mood.Add(analysis.Genres.Leading);
        await grain.Record([.. Signals(item.Slot, watched, from, end, video.DurationMs, key)], null);
        return (end, watched.End == EndReason.Exit);
    }

    private static IEnumerable<Signal> Signals(Slot slot, WatchDecision watched, DateTimeOffset from, DateTimeOffset end, int durationMs, Chance key)
    {
        yield return Of("impression", SignalType.Impression, from);
        if (watched.Liked) yield return Of("like", SignalType.Like, end);
        if (watched.Comment is { } text) yield return Of("comment", SignalType.Comment, end) with { Text = text };
        if (watched.Shared) yield return Of("share", SignalType.Share, end) with { Text = "link" };
        if (watched.Followed) yield return Of("follow", SignalType.Follow, end);
        if (watched.NotInterested) yield return Of("not_interested", SignalType.NotInterested, end);
        yield return Of("end", SignalType.PlayEnd, end) with
        {
            Play = new PlayReport(watched.PlayedMs, watched.TotalMs, Math.Min(durationMs, watched.PlayedMs), watched.Loops, watched.End),
        };

        Signal Of(string name, SignalType type, DateTimeOffset at) =>
            new($"{name}-{key.For(name).Bits():x16}", type, at, end, slot.Video, slot);
    }

    /// <summary>What has happened in the session so far.</summary>
    private sealed class SessionMood
    {
        private const int Remembered = 6;
        private readonly List<int> _recent = [];

        public int Watched { get; private set; }

        public ImmutableArray<int> RecentGenres => [.. _recent];

        public void Add(int? genre)
        {
            Watched++;
            if (genre is { } known) _recent.Add(known);
            if (_recent.Count > Remembered) _recent.RemoveAt(0);
        }
    }
}
