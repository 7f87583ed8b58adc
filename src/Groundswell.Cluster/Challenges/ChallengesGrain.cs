using Groundswell.Cluster.Follow;
using Groundswell.Core;
using Groundswell.Core.Challenges;
using Groundswell.Core.Ledger;

namespace Groundswell.Cluster.Challenges;

/// <summary>The shell of all challenges: reads what there is, lets the desk judge, appends. What there is, it reads from memory that has caught up with its own last step.</summary>
public sealed class ChallengesGrain(Engine engine, LedgerFollower follower) : Grain, IChallengesGrain
{
    private long _lastStep;

    public async Task<ChallengeAnswer> Open(string slug, ChallengeTerms terms, string by)
    {
        var all = await Current();
        if (ChallengeDesk.ToOpen(slug, terms, all.All, engine.Rules.Challenges, engine.Now) is { } objection) return new ChallengeAnswer(null, objection);
        var opened = new ChallengeOpened(engine.Now, engine.Ids.Next<ChallengeId>(), slug, terms, by);
        return await Append(opened.Challenge, opened);
    }

    public async Task<ChallengeAnswer> Edit(string slug, ChallengeTerms terms, bool close, string by)
    {
        var all = await Current();
        if (all.Find(slug) is not { } challenge) return new ChallengeAnswer(null, null);
        if (ChallengeDesk.ToEdit(challenge, terms, all.All, engine.Rules.Challenges, engine.Now) is { } objection) return new ChallengeAnswer(challenge, objection);
        List<LedgerEntry> entries = [];
        if (!terms.Says(challenge.Terms)) entries.Add(new ChallengeEdited(engine.Now, challenge.Id, terms, by));
        if (close) entries.Add(new ChallengeClosed(engine.Now, challenge.Id, by));
        return entries.Count == 0 ? new ChallengeAnswer(challenge, null) : await Append(challenge.Id, entries);
    }

    private async ValueTask<ChallengeBoard> Current()
    {
        await follower.CaughtUpAsync(_lastStep, CancellationToken.None);
        return engine.Catalogue.Challenges;
    }

    private async Task<ChallengeAnswer> Append(ChallengeId id, params IReadOnlyList<LedgerEntry> entries)
    {
        var appended = await engine.Ledger.AppendAsync(entries, CancellationToken.None);
        if (appended.Positions is [.., { } last]) _lastStep = last;
        return new ChallengeAnswer((await Current()).Find(id), null);
    }
}
