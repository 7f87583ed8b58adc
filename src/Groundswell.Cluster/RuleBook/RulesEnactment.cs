using System.Collections.Immutable;
using Groundswell.Cluster.Follow;
using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Core.RuleBook;
using Groundswell.Storage;

namespace Groundswell.Cluster.RuleBook;

/// <summary>What became of a wish for other rules.</summary>
/// <param name="Stale">The rules in force were not those that the caller had seen; nothing was changed.</param>
/// <param name="Before">The version before.</param>
/// <param name="Version">The version now in force.</param>
/// <param name="Changes">What differs; empty where the rules were the same already.</param>
public sealed record Enacted(bool Stale, string Before, string Version, ImmutableArray<RuleChange> Changes);

/// <summary>
/// Puts rules in force while the engine runs: into the file, so that the next start finds them, then into the ledger, which
/// every memory follows. One change at a time.
/// </summary>
/// <remarks>
/// A crash between the two leaves a file that is ahead of the ledger: the next start records it. Whoever decides in the
/// meantime decides by the old rules as a whole.
/// </remarks>
public sealed class RulesEnactment(Engine engine, LedgerFollower follower, RulesFile file) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    public RulesFile File => file;

    /// <param name="seen">The version that the caller's wish began from; null where they do not care.</param>
    /// <exception cref="StoreUnavailableException">The ledger cannot be written: file and rules are as they were.</exception>
    /// <exception cref="IOException">The file cannot be written: nothing has changed.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written: nothing has changed.</exception>
    public async Task<Enacted> EnactAsync(Rules rules, string by, string? seen, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            var before = engine.InForce;
            if (seen is not null && seen != before.Version) return new Enacted(true, before.Version, before.Version, []);
            var changes = RulesDiff.Between(before.Rules, rules);
            if (!changes.IsEmpty) await ChangeAsync(rules, by);
            return new Enacted(false, before.Version, engine.InForce.Version, changes);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    /// <summary>Not to be cancelled: half of it would be worse than either.</summary>
    private async Task ChangeAsync(Rules rules, string by)
    {
        var bytes = file.Bytes();
        file.Write(rules);
        using (engine.AnnounceRules())
        {
            try
            {
                var appended = await engine.Ledger.AppendAsync([RulesSet.Of(rules, by, engine.Now)], CancellationToken.None);
                await follower.CaughtUpAsync(appended.Positions[^1] ?? 0, CancellationToken.None);
            }
            catch (StoreUnavailableException)
            {
                file.Restore(bytes);
                throw;
            }
        }
    }
}
