using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Microsoft.Extensions.Time.Testing;

namespace Groundswell.Storage.Tests.Ledger;

/// <summary>What may be deleted from the ledger, and that nothing else ever goes.</summary>
public abstract class RetentionConformance : Conformance
{
    private static readonly EntryKind[] Deletable =
    [
        .. Enum.GetValues<SignalType>().Select(EntryKind.Of), EntryKind.Of<PageServed>(), EntryKind.Of<TasteForgotten>(), EntryKind.Of<DeviceSignedIn>(),
        EntryKind.Of<PersonalisationChosen>(), EntryKind.Of<CreatorSeen>(),
        EntryKind.Of<RegionShared>(), EntryKind.Of<InterestsDeclared>(), EntryKind.Of<AgeDeclared>(), EntryKind.Of<VideoAgeMarked>(), EntryKind.Of<CohortsDrawn>(), EntryKind.Of<ChallengeOpened>(), EntryKind.Of<ChallengeEdited>(), EntryKind.Of<ChallengeClosed>(),
        EntryKind.Of<VideoBoosted>(), EntryKind.Of<BoostEnded>(),
    ];

    private readonly FakeTimeProvider _time = new(Facts.At.AddDays(30));

    private Deletion Everything => new([.. Deletable], Ledger.Baseline, Facts.At.AddDays(1));

    [Fact]
    public async Task TheBaseline_RisesAndStays()
    {
        Ledger.Baseline.ShouldBe(0);
        await AppendAsync(Facts.Signal("a"), Facts.Signal("b"), Facts.Signal("c"));
        await Ledger.SetBaselineAsync(2, Cancel);
        await Ledger.SetBaselineAsync(2, Cancel);
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Ledger.SetBaselineAsync(1, Cancel));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Ledger.SetBaselineAsync(4, Cancel));
        Ledger.Baseline.ShouldBe(2);
        await ReopenAsync();
        Ledger.Baseline.ShouldBe(2);
    }

    [Fact]
    public async Task Deletion_TakesTheKindsItNamesAndNoOther()
    {
        await OpenAsync();
        await AppendAsync([.. Facts.OfEveryKind(Facts.Video), .. OfEveryType()]);
        await Ledger.SetBaselineAsync(Ledger.Head, Cancel);
        var left = Ledger.Read(0, 1_000);
        foreach (var kind in Deletable)
        {
            var goes = left.Where(recorded => EntryKind.Of(recorded.Entry) == kind).ToArray();
            var deleted = await Ledger.DeleteAsync(new Deletion([kind], Ledger.Baseline, Facts.At.AddDays(1)), 0, 1_000, Cancel);
            (deleted.Entries, deleted.Finished).ShouldBe((goes.Length, true));
            goes.ShouldNotBeEmpty();
            left = [.. left.Except(goes)];
            Ledger.Read(0, 1_000).Select(Positioned).ShouldBe(left.Select(Positioned));
        }
        left.ShouldAllBe(recorded => EntryKind.Of(recorded.Entry).IsJournal);
        await OpenAsync();
        Ledger.Read(0, 1_000).Select(Positioned).ShouldBe(left.Select(Positioned));
        Ledger.ReadJournal(Facts.Video).Count.ShouldBe(left.Count(recorded => recorded.Entry.OfVideo is not null));
    }

    [Fact]
    public async Task Deletion_GoesOnInChunksAndMayBeginAnew()
    {
        await OpenAsync();
        await AppendAsync([.. Enumerable.Range(1, 20).Select(i => Facts.Signal($"{i}") with { Type = i % 4 == 0 ? SignalType.Like : SignalType.Heartbeat })]);
        await Ledger.SetBaselineAsync(18, Cancel);
        var heartbeats = Everything with { Kinds = [EntryKind.Of(SignalType.Heartbeat)] };
        (await Ledger.DeleteAsync(heartbeats, 0, 6, Cancel)).ShouldBe(new Deleted(5, 6, false));
        (await AppendAsync(Facts.Signal("between"))).Positions.ShouldBe([21]);
        (await Ledger.DeleteAsync(heartbeats, 6, 6, Cancel)).ShouldBe(new Deleted(4, 12, false));
        await OpenAsync();
        (await Ledger.DeleteAsync(heartbeats, 0, 100, Cancel)).ShouldBe(new Deleted(5, 18, true));
        (await Ledger.DeleteAsync(heartbeats, 18, 100, Cancel)).ShouldBe(new Deleted(0, 18, true));
        Ledger.Read(0, 100).Select(recorded => recorded.Position).ShouldBe([4, 8, 12, 16, 19, 20, 21]);
    }

    [Fact]
    public async Task WhatIsAboveTheBaselineOrYoungOrAJournal_IsRefused()
    {
        await OpenAsync();
        await AppendAsync([.. Facts.OfEveryKind(Facts.Video)]);
        await Refused(Everything with { UpTo = 1 });
        await Ledger.SetBaselineAsync(10, Cancel);
        await Refused(Everything with { UpTo = 11 });
        await Refused(Everything with { Kinds = [] });
        await Refused(Everything with { Kinds = [EntryKind.Of(SignalType.Like), EntryKind.Of<VideoUploaded>()] });
        await Refused(Everything with { Kinds = [EntryKind.Of<VideoProcessed>()] });
        await Refused(Everything with { Kinds = [EntryKind.Of<VideoMoved>()] });
        await Refused(Everything with { Kinds = [EntryKind.Of<ExperimentStarted>()] });
        await Refused(Everything with { RecordedBefore = _time.GetUtcNow().AddDays(-7).AddSeconds(1) });
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Ledger.DeleteAsync(Everything, 0, 0, Cancel));
        Ledger.Read(0, 100).Count.ShouldBe(Facts.OfEveryKind(Facts.Video).Length);
        Should.Throw<ArgumentException>(() => EntryKind.Of<SignalRecorded>());

        async Task Refused(Deletion deletion) => await Should.ThrowAsync<ArgumentException>(() => Ledger.DeleteAsync(deletion, 0, 100, Cancel));
    }

    [Fact]
    public async Task AnEvent_StaysKnownForSevenDaysAndIsForgottenWithItsEntry()
    {
        await OpenAsync();
        var young = _time.GetUtcNow().AddDays(-7).AddSeconds(1);
        await AppendAsync(Facts.Signal("old"), Facts.Signal("young") with { At = young }, Facts.Signal("older") with { At = Facts.At.AddDays(-9) });
        await Ledger.SetBaselineAsync(3, Cancel);
        var deletion = Everything with { RecordedBefore = _time.GetUtcNow().AddDays(-7) };
        (await Ledger.DeleteAsync(deletion, 0, 100, Cancel)).Entries.ShouldBe(2);
        (await Ledger.DeleteAsync(deletion, 0, 100, Cancel)).Entries.ShouldBe(0);
        Ledger.KnownEvents(Facts.Viewer, ["old", "young", "older"]).ShouldBe(["young"]);
        (await AppendAsync(Facts.Signal("young"), Facts.Signal("old"))).Positions.ShouldBe([null, 4]);
    }

    [Fact]
    public async Task TheHead_StaysWhenTheLastEntryIsDeleted()
    {
        await OpenAsync();
        await AppendAsync(Facts.Signal("a"), Facts.Signal("b"));
        await Ledger.SetBaselineAsync(2, Cancel);
        (await Ledger.DeleteAsync(Everything, 0, 100, Cancel)).Entries.ShouldBe(2);
        Ledger.Read(0, 100).ShouldBeEmpty();
        await OpenAsync();
        Ledger.Head.ShouldBe(2);
        Ledger.Read(0, 100).ShouldBeEmpty();
        (await AppendAsync(Facts.Signal("c"))).Positions.ShouldBe([3]);
        Ledger.Read(0, 100).Select(recorded => recorded.Position).ShouldBe([3]);
    }

    [Fact]
    public async Task WhereVideosStandAndWhatWasSaid_OutlivesItsSignals()
    {
        await OpenAsync();
        await AppendAsync(Facts.Uploaded(Facts.Video), Facts.Moved(Facts.Video, VideoStage.Uploaded, VideoStage.Processed), Facts.Comment("a", "kept"));
        await Ledger.SetBaselineAsync(3, Cancel);
        (await Ledger.DeleteAsync(Everything, 0, 100, Cancel)).Entries.ShouldBe(1);
        Store.Comments.Newest(Facts.Video, 10).Select(comment => comment.Text).ShouldBe(["kept"]);
        await AppendAsync(Facts.Moved(Facts.Video, VideoStage.Processed, VideoStage.Reviewed));
    }

    private Task OpenAsync() => ReopenAsync(time: _time);

    private static IEnumerable<LedgerEntry> OfEveryType() => Enum.GetValues<SignalType>().Select(type => Facts.Signal($"{type}") with { Type = type });

    private static (long, string) Positioned(Recorded recorded) => (recorded.Position, Facts.Json(recorded.Entry));
}
