using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Storage;

// Usage: <store directory> <run number>. Prints "<position or -> <event id>" for each acknowledged signal, for ever.
// A later run sends the beginning of the earlier one again, as a device does that saw no answer.
const int Writers = 4;
const int Retried = 20;
var (directory, run) = (args[0], int.Parse(args[1]));
var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
var at = DateTimeOffset.UnixEpoch.AddDays(20_000);

await using var store = await SqliteStore.OpenAsync(directory, TimeProvider.System, new StoreOptions());
await Task.WhenAll(Enumerable.Range(0, Writers).Select(AppendForEver));

async Task AppendForEver(int writer)
{
    if (run > 0) await AppendAsync(Enumerable.Range(0, Retried).Select(number => $"{run - 1}/{writer}/{number}"));
    for (var sent = 0; ;)
    {
        var size = 1 + (sent % 7);
        await AppendAsync(Enumerable.Range(sent, size).Select(number => $"{run}/{writer}/{number}"));
        sent += size;
    }
}

async Task AppendAsync(IEnumerable<string> eventIds)
{
    var signals = eventIds.Select(Signal).ToArray();
    var appended = await store.Ledger.AppendAsync(signals, CancellationToken.None);
    for (var i = 0; i < signals.Length; i++)
        await output.WriteLineAsync($"{appended.Positions[i]?.ToString() ?? "-"} {signals[i].EventId}");
}

SignalRecorded Signal(string eventId) => new(
    at, eventId, SignalType.Heartbeat, at, new ViewerId(7), new VideoId(8), new CreatorId(9), null, null, null, false, null, null, 0, 0, null);
