using System.Diagnostics;
using Groundswell.Core.Chances;
using Groundswell.Core.Ledger;

namespace Groundswell.Storage.Tests.Sqlite;

public sealed class KillTests
{
    private const int Kills = 7;
    private const ulong Seed = 20260301;

    /// <summary>The most that can be durable, and deleted, without its child having come to say so.</summary>
    private const int NotAnswered = Kills * 4 * 7;

    /// <summary>
    /// A child appends, and deletes heartbeats below a rising baseline, until it is killed in the middle of its work; the
    /// next one repeats part of what the last one sent.
    /// </summary>
    [Fact]
    public async Task KillingTheProcess_LosesNothingAcknowledgedAndCountsNothingTwice()
    {
        await using var backend = new SqliteBackend();
        var positions = new Dictionary<string, long>();
        var acknowledged = new HashSet<string>();
        for (var run = 0; run < Kills; run++)
        {
            var lines = await AppendUntilKilledAsync(backend.Directory, run, afterLines: 50 + new Chance(Seed).For(run).Below(4_000));
            foreach (var line in lines)
            {
                var (position, eventId) = (line.Split(' ')[0], line.Split(' ')[1]);
                acknowledged.Add(eventId);
                if (position != "-") positions.Add(eventId, long.Parse(position));
            }
        }

        await using var store = await backend.OpenAsync();
        var all = store.Ledger.Read(0, int.MaxValue);
        var found = all.ToDictionary(recorded => ((SignalRecorded)recorded.Entry).EventId, recorded => recorded.Position);
        acknowledged.Count.ShouldBeGreaterThan(Kills * 50);
        acknowledged.Except(found.Keys).ShouldAllBe(eventId => MayBeGone(eventId) && positions[eventId] <= store.Ledger.Baseline, $"seed {Seed}");
        positions.Where(pair => found.GetValueOrDefault(pair.Key, pair.Value) != pair.Value).ShouldBeEmpty($"seed {Seed}");
        var deleted = store.Ledger.Head - all.Count;
        deleted.ShouldBeInRange(1, positions.Keys.Count(MayBeGone) + NotAnswered, $"seed {Seed}");
        store.Ledger.Head.ShouldBeGreaterThanOrEqualTo(positions.Values.Max());
        (await backend.RunSqlAsync("PRAGMA integrity_check")).ShouldBe("ok");
    }

    /// <summary>Every third signal of a writer is a heartbeat, but none of those that are sent again.</summary>
    private static bool MayBeGone(string eventId) => int.Parse(eventId.Split('/')[2]) is >= 20 and var number && number % 3 == 0;

    private static async Task<List<string>> AppendUntilKilledAsync(string directory, int run, int afterLines)
    {
        using var child = Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Groundswell.Storage.CrashWriter"))
        {
            ArgumentList = { directory, $"{run}" },
            RedirectStandardOutput = true,
        }).ShouldNotBeNull();
        var output = new List<string>();
        while (output.Count < afterLines && await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line) output.Add(line);
        output.Count.ShouldBe(afterLines, "the child ended by itself");
        child.Kill(); // SIGKILL
        var rest = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        return [.. output, .. rest.Split('\n')[..^1]]; // what follows the last line break was not said
    }
}
