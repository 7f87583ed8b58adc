using System.Collections.Concurrent;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Feed;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Learning;

namespace Groundswell.Ranking.Ranker;

/// <summary>
/// The learned ranker beside the engine: a fold over the ledger. When a page is served it notes what the model sees in each
/// slot, and when it is known what followed it learns from that note, so nothing that came later leaks in. One writer folds;
/// pages read what was published.
/// </summary>
public sealed class LiveRanker(ModelSize size)
{
    /// <summary>After so long whoever was shown a video and did nothing has passed it by; what was only served was never met.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);

    /// <summary>Slots that wait for what follows.</summary>
    private const int MostWaiting = 1 << 16;

    private const byte AllButExit = 0xFF & ~(1 << (int)Outcome.Exit);

    private readonly Dictionary<(ViewerId, VideoId), WaitingSlot> _waiting = [];
    private readonly Queue<WaitingSlot> _inOrder = [];
    private readonly Stack<FeatureRow> _free = [];
    private readonly ConcurrentDictionary<ViewerId, int> _forgotten = [];
    private OnlineModel _model = new(size);
    private RankerSave? _save;
    private int _generation = 1;
    private bool _hasLearned;
    private volatile Published? _published;

    /// <summary>Ledger position up to which everything here is folded.</summary>
    public long Watermark { get; private set; }

    /// <summary>How well it has predicted lately. The writer's.</summary>
    public ModelGuard Guard { get; } = new();

    /// <summary>Views learned from.</summary>
    public long Learned => _model.Learned;

    /// <summary>What ranks now; null while the model has not earned trust, or has lost it: then rates do.</summary>
    public Published? Serving => _published;

    /// <summary>How full the model is.</summary>
    public ModelRoom Room => _model.Room;

    /// <summary>What it is made for.</summary>
    public ModelSize Size => size;

    /// <summary>
    /// How to read the parts of the last whole save of a model that was trusted; null where there is none. A trusted model is saved over and
    /// over and one that loses trust goes back at once, so that is always the last save.
    /// </summary>
    public Func<IEnumerable<byte[]>?> LastGood { get; set; } = () => null;

    /// <summary>The model itself, trusted or not. The writer's.</summary>
    internal OnlineModel Model => _model;

    /// <summary>The key of a viewer: another one after they had their taste forgotten, so that nothing learned before is found again.</summary>
    internal ulong KeyOf(ViewerId viewer) => Exposures.Key(viewer.Value) + (2 * (ulong)_forgotten.GetValueOrDefault(viewer));

    /// <summary>Folds an entry in; entries at or before <see cref="Watermark"/> change nothing.</summary>
    /// <param name="video">How a video is found.</param>
    internal void Fold(long position, LedgerEntry entry, Func<VideoId, VideoState?> video)
    {
        if (position <= Watermark) return;
        Watermark = position;
        switch (entry)
        {
            case PageServed page: Note(page, video); break;
            case SignalRecorded signal: Follow(signal); break;
            case TasteForgotten forgotten: Forget(forgotten.Viewer); break;
        }
    }

    /// <summary>Lets pages see what was learned.</summary>
    internal void Publish()
    {
        if (!_hasLearned) return;
        _hasLearned = false;
        _published = Guard.Trusts ? new Published(_model.Publish(), $"online-1.{_generation}") : null;
    }

    /// <summary>Everything it knows, as of <see cref="Watermark"/>, to be read on another thread while the fold goes on. The writer's, one at a time.</summary>
    public RankerSave BeginSave()
    {
        _generation++;
        using var around = new MemoryStream();
        WriteAround(new BinaryWriter(around));
        return _save = new RankerSave(Watermark, Guard.Trusts, around.ToArray(), [.. _inOrder.Select(slot => slot.Now)], _model.BeginSave());
    }

    /// <summary>Goes on from what was saved; only before the first <see cref="Fold"/>.</summary>
    public Restored Load(IEnumerable<byte[]> parts)
    {
        Fit fit;
        try
        {
            using var saved = new SavedRanker(parts);
            ReadAround(saved.Around);
            foreach (var slot in saved.Slots()) Await(slot);
            fit = _model.Load(saved.Model());
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or EndOfStreamException)
        {
            Reset();
            return Restored.Anew(unreadable.Message);
        }
        _hasLearned = true;
        Publish();
        return new Restored(fit);
    }

    private void Note(PageServed page, Func<VideoId, VideoState?> find)
    {
        Expire(page.At);
        var viewer = page.Unprofiled ? 0 : KeyOf(page.Viewer);
        foreach (var slot in page.Slots)
        {
            if (find(slot.Video) is not { } video) continue;
            var row = _free.TryPop(out var free) ? free : new FeatureRow();
            _model.Predict(Exposures.Of(viewer, video, new Cohort(page.Cohort), page.Mode, slot.Taste, page.At), row);
            Await(new WaitingSlot(page.Viewer, video.Id, row, video.DurationMs, page.At));
        }
    }

    private void Await(WaitingSlot slot)
    {
        _inOrder.Enqueue(slot);
        if (slot is not { Learned: true, Shown: false }) _waiting[(slot.Viewer, slot.Video)] = slot;
    }

    private void Follow(SignalRecorded signal)
    {
        if (signal is not { Disqualified: null, Change: { After.Uncounted: null } change } || !_waiting.TryGetValue((signal.Viewer, signal.Video), out var waiting)) return;
        waiting.Shown = true;
        if (change.ResolvedNow) Learn(waiting, Reactions.Of(change.After, waiting.DurationMs));
        // What is done after the video has ended: its outcomes come true, and are not counted as views again.
        else if (waiting.Learned && Reactions.Bits(change.After.Actions & ~(change.Before?.Actions ?? Actions.None)) is > 0 and var more)
            _model.LearnLater(waiting.Row, more);
    }

    private void Learn(WaitingSlot waiting, in Reaction reaction)
    {
        var failed = Guard.See(DurationBuckets.Of(waiting.DurationMs), waiting.Row, reaction);
        (waiting.Learned, _hasLearned) = (true, true);
        if (failed) RollBack();
        else _model.Learn(waiting.Row, reaction);
    }

    /// <summary>To the last saved state that was good, or to the beginning: then rates rank until it has earned trust anew.</summary>
    private void RollBack()
    {
        _model = new OnlineModel(size);
        _generation++;
        Guard.Restart();
        if (LastGood() is not { } parts) return;
        try
        {
            using var good = new SavedRanker(parts);
            _model.Load(good.Model());
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or EndOfStreamException)
        {
            _model = new OnlineModel(size);
        }
    }

    private void Expire(DateTimeOffset now)
    {
        while (_inOrder.TryPeek(out var oldest) && (now - oldest.At > Patience || _inOrder.Count > MostWaiting))
        {
            _inOrder.Dequeue();
            if (_waiting.GetValueOrDefault((oldest.Viewer, oldest.Video)) == oldest) _waiting.Remove((oldest.Viewer, oldest.Video));
            if (oldest is { Shown: true, Learned: false }) Learn(oldest, new Reaction(Reaction.Bit(Outcome.EarlySkip), AllButExit, PlayedSeconds: 0));
            // A save that is under way still reads it.
            if (_save is not { IsOver: false }) _free.Push(oldest.Row);
        }
    }

    private void Forget(ViewerId viewer)
    {
        _forgotten.AddOrUpdate(viewer, 1, static (_, times) => times + 1);
        foreach (var waiting in _inOrder.Where(waiting => waiting.Viewer == viewer))
        {
            _waiting.Remove((viewer, waiting.Video));
            (waiting.Learned, waiting.Shown) = (true, false);
        }
    }

    private void Reset()
    {
        _waiting.Clear();
        _inOrder.Clear();
        _forgotten.Clear();
        Guard.Restart();
        _model = new OnlineModel(size);
        (Watermark, _generation) = (0, 1);
    }

    /// <summary>All but the model and the slots that wait.</summary>
    private void WriteAround(BinaryWriter to)
    {
        to.Write(Watermark);
        to.Write(_generation);
        Guard.Save(to);
        to.Write(_forgotten.Count);
        foreach (var (viewer, times) in _forgotten.OrderBy(pair => pair.Key.Value))
        {
            to.Write(viewer.Value);
            to.Write(times);
        }
    }

    private void ReadAround(BinaryReader from)
    {
        (Watermark, _generation) = (from.ReadInt64(), from.ReadInt32());
        Guard.Load(from);
        _forgotten.Clear();
        for (var left = from.ReadInt32(); left > 0; left--) _forgotten[new ViewerId(from.ReadInt64())] = from.ReadInt32();
        _waiting.Clear();
        _inOrder.Clear();
    }

    /// <param name="Version">Logged with every page that it ranks.</param>
    public sealed record Published(OnlineModel.Reading Model, string Version);
}

/// <summary>From a view to what the model learns of it.</summary>
internal static class Reactions
{
    private const byte Everything = 0xFF;

    public static Reaction Of(View view, int durationMs) => new(
        (byte)(Bits(view.Actions)
            | Reaction.Bit(Outcome.LongView, durationMs > 0 && 2 * view.PlayedMs >= durationMs)
            | Reaction.Bit(Outcome.EarlySkip, view.EarlySkip) | Reaction.Bit(Outcome.Exit, view.Exited)),
        Everything, view.TotalMs / 1000.0);

    public static byte Bits(Actions actions) => (byte)(
        Reaction.Bit(Outcome.Rewatch, actions.HasFlag(Actions.Rewatch)) | Reaction.Bit(Outcome.Completion, actions.HasFlag(Actions.Completion))
        | Reaction.Bit(Outcome.Share, actions.HasFlag(Actions.Share)) | Reaction.Bit(Outcome.Comment, actions.HasFlag(Actions.Comment))
        | Reaction.Bit(Outcome.Like, actions.HasFlag(Actions.Like)));
}
