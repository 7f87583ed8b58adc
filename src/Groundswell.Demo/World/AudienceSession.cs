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
        var mood = SessionMood.Fresh;
        var now = from;
        for (var number = 0; number < MostPages; number++)
        {
            var page = await grain.Page(new FeedRequest(
                new RequestId((long)(key.For("request").For(number).Bits() >> 1)), PageSize, FeedMode.Personalised, [], false, false, null, null, now));
            if (page.Items.IsEmpty) return;
            foreach (var item in page.Items)
            {
                if (FactsOf(item) is not { } clip) continue;
                var watched = Watching.Decide(viewer, clip, mood, key);
                var end = now + TimeSpan.FromMilliseconds(watched.TotalMs);
                await elapse(end);
                await grain.Record([.. Signals(item.Slot, watched, now, end, key.For(mood.Position))], null);
                if (watched.End != WatchEnd.Swipe) return;
                mood = mood.After(clip, watched);
                now = end + BetweenVideos;
            }
        }
    }

    private ClipFacts? FactsOf(FeedItem item) => engine.Catalogue.Video(item.Slot.Video) is { Analysis: { } analysis } video
        ? new ClipFacts(video.Id.ToString(), analysis.Genres, video.DurationMs, qualities.Of(video))
        : null;

    private static IEnumerable<Signal> Signals(Slot slot, WatchDecision watched, DateTimeOffset from, DateTimeOffset end, Chance key)
    {
        yield return Of("impression", SignalType.Impression, from);
        if (watched.Likes) yield return Of("like", SignalType.Like, end);
        if (watched.Comment is { } text) yield return Of("comment", SignalType.Comment, end) with { Text = text };
        if (watched.Shares) yield return Of("share", SignalType.Share, end) with { Text = "link" };
        if (watched.Follows) yield return Of("follow", SignalType.Follow, end);
        if (watched.NotInterested) yield return Of("not_interested", SignalType.NotInterested, end);
        yield return Of("end", SignalType.PlayEnd, end) with
        {
            Play = new PlayReport(watched.PlayedMs, watched.TotalMs, watched.PlayedMs, watched.Loops, ReasonOf(watched.End)),
        };

        Signal Of(string name, SignalType type, DateTimeOffset at) =>
            new($"{name}-{key.For(name).Bits():x16}", type, at, end, slot.Video, slot);
    }

    private static EndReason ReasonOf(WatchEnd end) => end switch
    {
        WatchEnd.Swipe => EndReason.Swipe,
        WatchEnd.Exit => EndReason.Exit,
        WatchEnd.Background => EndReason.Background,
        _ => throw new ArgumentOutOfRangeException(nameof(end), end, null),
    };
}
