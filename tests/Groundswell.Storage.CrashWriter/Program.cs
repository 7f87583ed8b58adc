using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Storage;

// Usage: <store directory> <run number>. Prints "<position or -> <event id>" for each acknowledged signal, for ever.
// A later run sends the beginning of the earlier one again, as a device does that saw no answer. Of the rest every third
// signal is a heartbeat, and heartbeats are deleted all the while.
const int Writers = 4;
const int Retried = 20;
const int LookedAtACall = 200;
var (directory, run) = (args[0], int.Parse(args[1]));
var output = TextWriter.Synchronized(new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true });
var at = DateTimeOffset.UnixEpoch.AddDays(20_000);

await using var store = await SqliteStore.OpenAsync(directory, TimeProvider.System, new StoreOptions());
await Task.WhenAll([DeleteForEver(), .. Enumerable.Range(0, Writers).Select(AppendForEver)]);

async Task AppendForEver(int writer)
{
    if (run > 0) await AppendAsync(Enumerable.Range(0, Retried).Select(number => Signal($"{run - 1}/{writer}/{number}", number)));
    for (var sent = 0; ;)
    {
        var size = 1 + (sent % 7);
        await AppendAsync(Enumerable.Range(sent, size).Select(number => Signal($"{run}/{writer}/{number}", number)));
        sent += size;
    }
}

async Task DeleteForEver()
{
    for (long after = 0; ;)
    {
        await store.Ledger.WaitPastAsync(after, CancellationToken.None);
        await store.Ledger.SetBaselineAsync(store.Ledger.Head, CancellationToken.None);
        var deletion = new Deletion([EntryKind.Of(SignalType.Heartbeat)], store.Ledger.Baseline, at.AddDays(1));
        after = (await store.Ledger.DeleteAsync(deletion, after, LookedAtACall, CancellationToken.None)).LookedUpTo;
    }
}

async Task AppendAsync(IEnumerable<SignalRecorded> sent)
{
    SignalRecorded[] signals = [.. sent];
    var appended = await store.Ledger.AppendAsync(signals, CancellationToken.None);
    for (var i = 0; i < signals.Length; i++)
        await output.WriteLineAsync($"{appended.Positions[i]?.ToString() ?? "-"} {signals[i].EventId}");
}

SignalRecorded Signal(string eventId, int number) => new(
    at, eventId, number >= Retried && number % 3 == 0 ? SignalType.Heartbeat : SignalType.PlayEnd, at, new ViewerId(7), new VideoId(8), new CreatorId(9), null, null, null, false, null, null, 0, 0, null);
