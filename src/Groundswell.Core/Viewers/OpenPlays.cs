using System.Text.Json.Serialization;
using Groundswell.Core.Ledger;

namespace Groundswell.Core.Viewers;

/// <summary>
/// Who is in a play of which no end was reported yet: a fold over the ledger with one writer. A viewer is in one play at a
/// time, so it holds no more than the viewers of the last minutes; those who never come back are found here.
/// </summary>
public sealed class OpenPlays
{
    /// <summary>Beyond so many the longest silent are forgotten, many at once, since finding them means looking at all; their own next call still ends their play.</summary>
    public const int Most = 200_000;
    private const int ForgottenAtOnce = Most / 10;

    private readonly Lock _gate = new();

    [JsonInclude] public long Watermark { get; private set; }

    /// <summary>By viewer: the video, and when it was last heard of, Unix milliseconds.</summary>
    [JsonInclude] public SortedDictionary<ViewerId, Heard> Plays { get; private set; } = [];

    public readonly record struct Heard(VideoId Video, long At);

    public void Fold(IReadOnlyList<Recorded> entries)
    {
        lock (_gate)
        {
            foreach (var (position, entry) in entries)
            {
                if (position <= Watermark) continue;
                Watermark = position;
                if (entry is SignalRecorded { Play: not null, Change: { } change } signal) Fold(signal, change.After.Resolved);
            }
        }
    }

    /// <summary>Viewers of whose play nothing was heard since a moment, the longest silent first.</summary>
    public IReadOnlyList<ViewerId> SilentSince(DateTimeOffset moment, int most)
    {
        lock (_gate)
        {
            var since = moment.ToUnixTimeMilliseconds();
            return [.. Plays.Where(play => play.Value.At < since).OrderBy(play => play.Value.At).Take(most).Select(play => play.Key)];
        }
    }

    /// <summary>Reads under the writer's lock; keep it short.</summary>
    public TResult Read<TResult>(Func<OpenPlays, TResult> read)
    {
        lock (_gate) return read(this);
    }

    private void Fold(SignalRecorded signal, bool resolved)
    {
        var known = Plays.TryGetValue(signal.Viewer, out var heard);
        var at = signal.EventTime.ToUnixTimeMilliseconds();
        if (!resolved)
        {
            if (known && at < heard.At) return;
            Plays[signal.Viewer] = new Heard(signal.Video, at);
            if (Plays.Count > Most) ForgetLongestSilent();
        }
        else if (known && heard.Video == signal.Video)
        {
            Plays.Remove(signal.Viewer);
        }
    }

    private void ForgetLongestSilent()
    {
        foreach (var viewer in Plays.OrderBy(play => play.Value.At).ThenBy(play => play.Key.Value).Take(ForgottenAtOnce).Select(play => play.Key).ToArray())
            Plays.Remove(viewer);
    }
}
