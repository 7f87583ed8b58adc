using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Viewers;
using Groundswell.Ranking.Feed;
using Groundswell.Storage;
using Microsoft.Extensions.Logging;

namespace Groundswell.Cluster.Viewers;

/// <summary>
/// The shell of one viewer: loads the state from snapshot and ledger, lets the feed or the judge decide, appends, folds.
/// When an append fails the state is thrown away and loaded anew, so memory never knows more than the ledger.
/// </summary>
public sealed partial class ViewerGrain(Engine engine, ILogger<ViewerGrain> log) : Grain, IViewerGrain
{
    /// <summary>With the number of its form, as <see cref="Follow.CatalogueSnapshots.Kind"/>.</summary>
    public const string SnapshotKind = "viewer/3";
    private const int EntriesBetweenSnapshots = 512;
    private const int EventIdsRemembered = 2048;

    private readonly HashSet<string> _recentIds = [];

    /// <summary>The viewer has sent no event but those remembered: the ledger need not be asked.</summary>
    private bool _recentIdsAreAll;
    private readonly Queue<string> _recentOrder = new();
    private ViewerState _state = new(default, engine.Taxonomy.Count);

    /// <summary>What the present call decides and folds by.</summary>
    private RulesInForce _rules = engine.InForce;
    private long _savedAt;
    private int _sinceSave;
    private Task<Appended>? _underway;
    private Task _saving = Task.CompletedTask;

    private ViewerId Id => new(this.GetPrimaryKeyLong());

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await engine.RulesSettledAsync();
        _state = ViewerLoading.Load(Id, engine);
        _savedAt = _state.Position;
        _recentIdsAreAll = _state.Position == 0;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Settle();
        await Saved();
        if (_state.Position > _savedAt) await Save(cancellationToken);
    }

    public async Task<FeedPage> Page(FeedRequest request)
    {
        await Settle();
        List<LedgerEntry> entries = [];
        Begin(request.OwnCreator, request.Now, entries);
        var arm = _rules.Of(Id, request.Now);
        var (page, context) = Make(request, arm.Rules);
        // Others may have taken a boost's last slots since the page was begun: then it is made without.
        if (!MayServe(page)) (page, context) = Make(request with { WithoutBoosts = true }, arm.Rules);
        if (page.Items.IsEmpty)
        {
            if (entries.Count > 0) await Append(entries);
            return page;
        }
        engine.Catalogue.CountServed(page.Items.Where(item => item.Slot.Source != SlotSource.Boost).Select(item => item.Slot), request.Now);
        var served = page.Served(context) with { Enrolments = arm.Enrolments };
        Anticipate(served, entries);
        // The page does not wait for the disk; the viewer's next call does.
        _underway = AppendPage(page.Request, entries);
        return page;
    }

    private async Task<Appended> AppendPage(RequestId page, List<LedgerEntry> entries)
    {
        try
        {
            return await engine.Ledger.AppendAsync(entries, CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            engine.Catalogue.Boosts.Lose(page);
            throw;
        }
    }

    private (FeedPage Page, FeedContext Context) Make(FeedRequest request, Rules rules)
    {
        var context = new FeedContext(request, _state, engine.Catalogue, rules, engine.Taxonomy, engine.Chance);
        if (context.Profiled) engine.Tastes.Note(Id, context.TastePoint, request.Now);
        return (ForYouFeed.Page(context, engine.Stages), context);
    }

    /// <summary>Takes the slots that a page gives to boosts. None while the store cannot write: after a restart nobody would know of them.</summary>
    private bool MayServe(FeedPage page)
    {
        ImmutableArray<VideoId> boosted = [.. page.Items.Where(item => item.Slot.Source == SlotSource.Boost).Select(item => item.Slot.Video)];
        if (!engine.Catalogue.Boosts.TryServe(page.Request, boosted, _rules.Rules.Boosts)) return false;
        // Asked only now: slots of pages that failed are free again once this says so, and not before.
        if (boosted.IsEmpty || engine.Store.Unavailable is null) return true;
        engine.Catalogue.Boosts.Return(page.Request);
        return false;
    }

    public async Task<ImmutableArray<SignalResult>> Record(ImmutableArray<Signal> signals, CreatorId? creator)
    {
        await Settle();
        var known = Known(signals);
        var results = ImmutableArray.CreateBuilder<SignalResult>(signals.Length);
        var entries = new List<LedgerEntry>(signals.Length);
        Begin(creator, engine.Now, entries);
        foreach (var signal in signals)
        {
            // Before the id is remembered: what is not kept must not make its own retry a duplicate.
            if (engine.Catalogue.Video(signal.Video) is not { } video)
                results.Add(new SignalResult(signal.EventId, SignalStatus.Invalid, Problem: "There is no such video.", Field: "video_id"));
            else if (known.Contains(signal.EventId) || !Remember(signal.EventId)) results.Add(new SignalResult(signal.EventId, SignalStatus.Duplicate));
            else
            {
                var recorded = _rules.Signals.Judge(signal, _state, video);
                if (LostPlay.EndedBy(recorded, _state) is { } ended) Lose(ended, recorded.At, entries);
                Anticipate(recorded, entries);
                results.Add(Result(recorded));
            }
        }
        if (entries.Count > 0) await Append(entries);
        return results.MoveToImmutable();
    }

    public async Task EndLostPlay()
    {
        await Settle();
        List<LedgerEntry> entries = [];
        Begin(null, engine.Now, entries);
        if (entries.Count > 0) await Append(entries);
    }

    public Task<ViewerProfile> Profile() => Task.FromResult(new ViewerProfile(
        _state.IsPersonalised(engine.Rules.Teens), _state.Taste, _state.Views.Count, _state.Sessions, [.. _state.Follows], _state.Region, _state.Interests, _state.Age));

    public async Task ForgetTaste()
    {
        await Settle();
        await AppendAndFold(new TasteForgotten(engine.Now, Id));
        engine.Tastes.Forget(Id);
    }

    public async Task Personalise(bool personalised)
    {
        await Settle();
        await AppendAndFold(new PersonalisationChosen(engine.Now, Id, personalised));
        if (!personalised) engine.Tastes.Forget(Id);
    }

    public Task ShareRegion(Region? region) => Disclose(new RegionShared(engine.Now, Id, region), state => state.Region == region);

    public Task DeclareInterests(ImmutableSortedSet<int> genres) => Disclose(new InterestsDeclared(engine.Now, Id, [.. genres]), state => state.Interests.SequenceEqual(genres));

    public async Task DeclareAge(AgeClass? age)
    {
        await Disclose(new AgeDeclared(engine.Now, Id, age), state => state.Age == age);
        if (!_state.IsPersonalised(engine.Rules.Teens)) engine.Tastes.Forget(Id);
    }

    /// <summary>What the viewer says about themselves, each by a consent of its own; what is known already is not said twice.</summary>
    private async Task Disclose(LedgerEntry said, Func<ViewerState, bool> isKnown)
    {
        await Settle();
        if (!isKnown(_state)) await AppendAndFold(said);
    }

    /// <summary>What every call begins with: whose device it is, and what has become of the play it was in.</summary>
    private void Begin(CreatorId? creator, DateTimeOffset now, List<LedgerEntry> entries)
    {
        _rules = engine.InForce;
        if (creator is { } own && !_state.IsOwn(own)) Anticipate(new DeviceSignedIn(now, Id, own), entries);
        if (LostPlay.Due(_state, now, _rules.Rules.Qualification) is { } lost) Lose(lost, now, entries);
    }

    private void Lose(OpenPlay play, DateTimeOffset now, List<LedgerEntry> entries)
    {
        if (engine.Catalogue.Video(play.Video) is { } video) Anticipate(_rules.Signals.Lose(play, _state, video, now), entries);
    }

    private void Anticipate(LedgerEntry entry, List<LedgerEntry> entries)
    {
        entries.Add(entry);
        _state.Anticipate(entry, _rules.Rules.Taste);
    }

    private static SignalResult Result(SignalRecorded recorded) => new(
        recorded.EventId,
        recorded.Disqualified is not null ? SignalStatus.Disqualified : recorded.Late ? SignalStatus.Late : SignalStatus.Accepted,
        recorded.Disqualified);

    private Task AppendAndFold(LedgerEntry entry)
    {
        _rules = engine.InForce;
        _state.Anticipate(entry, _rules.Rules.Taste);
        return Append([entry]);
    }

    private async Task Append(IReadOnlyList<LedgerEntry> entries)
    {
        _underway = engine.Ledger.AppendAsync(entries, CancellationToken.None).AsTask();
        await Settle();
        _sinceSave += entries.Count;
        if (_sinceSave < EntriesBetweenSnapshots || !_saving.IsCompleted) return;
        await Saved();
        // What was recorded is durable: its answer does not wait for a snapshot, which only makes a later start shorter.
        _saving = Save(CancellationToken.None);
    }

    /// <summary>
    /// Waits for the append that is under way. The state is loaded anew if it failed, if another activation had already
    /// written one of its events, or if other taste rules came into force before it.
    /// </summary>
    private async Task Settle()
    {
        if (_underway is not { } underway) return;
        _underway = null;
        try
        {
            var appended = await underway;
            await engine.RulesSettledAsync();
            if (appended.Positions.Any(position => position is null) || !IsFoldedRight(appended)) Reload();
            else if (appended.Positions is [.., { } last]) _state.Settle(last);
        }
        catch (StoreUnavailableException)
        {
            Reload();
            throw;
        }
    }

    private bool IsFoldedRight(Appended appended) =>
        appended.Positions is not [.., { } last] || engine.Catalogue.RulesAt(last) is var rules && (ReferenceEquals(rules, _rules.Rules) || rules.Taste == _rules.Rules.Taste);

    private void Reload()
    {
        LogReload(log, Id);
        _recentIds.Clear();
        _recentIdsAreAll = false;
        _recentOrder.Clear();
        _state = ViewerLoading.Load(Id, engine);
    }

    private async Task Save(CancellationToken cancellation)
    {
        _sinceSave = 0;
        var position = _state.Position;
        var body = JsonSerializer.SerializeToUtf8Bytes(_state, GroundswellJson.Options);
        await engine.Store.Snapshots.SaveAsync(SnapshotKind, [new Snapshot(Id.Value, position, body)], position, cancellation);
        _savedAt = position;
    }

    /// <summary>Sees how the last snapshot ended; one that could not be written is made good by the next.</summary>
    private async Task Saved()
    {
        try
        {
            await _saving;
        }
        catch (StoreUnavailableException unavailable)
        {
            LogNotSaved(log, Id, unavailable.Message);
        }
    }

    private IReadOnlySet<string> Known(ImmutableArray<Signal> signals)
    {
        if (_recentIdsAreAll) return FrozenSet<string>.Empty;
        var unknown = signals.Select(signal => signal.EventId).Where(id => !_recentIds.Contains(id)).ToHashSet();
        return unknown.Count == 0 ? unknown : engine.Ledger.KnownEvents(Id, unknown);
    }

    private bool Remember(string eventId)
    {
        if (!_recentIds.Add(eventId)) return false;
        _recentOrder.Enqueue(eventId);
        if (_recentOrder.Count <= EventIdsRemembered) return true;
        _recentIds.Remove(_recentOrder.Dequeue());
        _recentIdsAreAll = false;
        return true;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Viewer {Viewer}: the snapshot could not be written this time: {Problem}")]
    private static partial void LogNotSaved(ILogger logger, ViewerId viewer, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Viewer {Viewer}: an append did not go through as expected; the state is loaded anew from the ledger.")]
    private static partial void LogReload(ILogger logger, ViewerId viewer);
}
