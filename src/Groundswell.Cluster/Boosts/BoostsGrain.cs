using Groundswell.Cluster.Follow;
using Groundswell.Core;
using Groundswell.Core.Boosts;
using Groundswell.Core.Ledger;

namespace Groundswell.Cluster.Boosts;

/// <summary>The shell of all boosts: reads what there is, lets the desk judge, appends.</summary>
public sealed class BoostsGrain(Engine engine, LedgerFollower follower) : Grain, IBoostsGrain
{
    private long _lastStep;

    public async Task<BoostAnswer> Begin(VideoId video, BoostWish wish, string by)
    {
        await CaughtUp();
        var now = engine.Now;
        if (engine.Catalogue.Video(video) is not { } state) return new BoostAnswer(null, null);
        var alive = engine.Catalogue.Boosts.Read(board => board.All.Where(boost => boost.IsAlive(now)).ToArray());
        if (BoostDesk.ToBoost(state, wish, alive, engine.Rules.Boosts, now) is { } objection) return new BoostAnswer(null, objection);
        var begun = new VideoBoosted(now, engine.Ids.Next<BoostId>(), video, state.Creator, wish.Slots, wish.From, wish.Expires, wish.Reason, by);
        return await Append(begun.Boost, begun);
    }

    public async Task<BoostAnswer> End(BoostId boost, string? note, string by)
    {
        await CaughtUp();
        if (engine.Catalogue.Boosts.Read(board => board.Find(boost)) is not { } found) return new BoostAnswer(null, null);
        return found.IsAlive(engine.Now)
            ? await Append(boost, new BoostEnded(engine.Now, boost, found.Video, found.Creator, note, by))
            : new BoostAnswer(found, null);
    }

    private ValueTask CaughtUp() => follower.CaughtUpAsync(_lastStep, CancellationToken.None);

    private async Task<BoostAnswer> Append(BoostId id, LedgerEntry entry)
    {
        var appended = await engine.Ledger.AppendAsync([entry], CancellationToken.None);
        if (appended.Positions is [.., { } last]) _lastStep = last;
        await CaughtUp();
        return new BoostAnswer(engine.Catalogue.Boosts.Read(board => board.Find(id)), null);
    }
}
