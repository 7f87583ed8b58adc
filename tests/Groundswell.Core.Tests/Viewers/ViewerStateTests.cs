using Groundswell.Core.Audience;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Tests.Fixtures;
using Groundswell.Core.Videos;
using Groundswell.Core.Viewers;

namespace Groundswell.Core.Tests.Viewers;

public class ViewerStateTests
{
    private static readonly ViewerId Id = Given.Viewer(0);

    [Fact]
    public void Fold_KnowsEveryEntryOnce()
    {
        var history = History();
        var once = Folded(history);
        var twice = Folded(history);
        foreach (var (position, entry) in history) twice.Fold(position, entry, Given.Rules.Taste);

        Given.Json(twice).ShouldBe(Given.Json(once));
    }

    [Fact]
    public void Json_ComesBackEqualAndGoesOnEqually()
    {
        var history = History();
        var all = Given.Json(Folded(history));
        for (var split = 0; split <= history.Count; split += 7)
        {
            var prefix = Folded(history.Take(split));
            var back = Given.Through(prefix);
            Given.Json(back).ShouldBe(Given.Json(prefix));
            foreach (var (position, entry) in history.Skip(split)) back.Fold(position, entry, Given.Rules.Taste);
            Given.Json(back).ShouldBe(all);
        }
    }

    [Fact]
    public void Fold_ARegionTakenBackOrExchangedGoesFromAllThatWasRememberedWithIt()
    {
        var watching = new Watching();
        watching.Viewer.Fold(1, new RegionShared(Given.Now, Id, Region.All[0]), Given.Rules.Taste);
        watching.Viewer.Region.ShouldBe(Region.All[0]);
        var cohort = Cohort.Of(4, Region.All[0], Activity.Regular);
        var signal = watching.Signal(SignalType.Impression);
        watching.Send(signal with { Slot = signal.Slot! with { Cohort = cohort } });
        watching.Viewer.ViewOf(Given.Clip)!.Cohort.ShouldBe(cohort.Number);

        watching.Viewer.Fold(1_000, new RegionShared(Given.Now, Id, Region.All[1]), Given.Rules.Taste);
        watching.Viewer.Region.ShouldBe(Region.All[1]);
        watching.Viewer.ViewOf(Given.Clip)!.Cohort.ShouldBe(Cohort.Of(4, null, Activity.Regular).Number);

        watching.Viewer.Fold(1_001, new RegionShared(Given.Now, Id, null), Given.Rules.Taste);
        watching.Viewer.Region.ShouldBeNull();
        Given.Json(watching.Viewer).ShouldNotContain("region");
    }

    [Fact]
    public void Affinity_OfADeclaredGenreIsThatOfAFewCompletions_AndSkipsOutweighIt()
    {
        var watching = new Watching();
        var (declared, rules) = (watching.Viewer, Given.Rules.Taste);
        declared.Fold(1, new InterestsDeclared(Given.Now, Id, [0, 2]), rules);

        declared.Affinity(0, rules).ShouldBe(3 / 4.5, 1e-9);
        (declared.Affinity(1, rules), declared.Affinity(2, rules)).ShouldBe((0, declared.Affinity(0, rules)));
        (declared.Taste.Affinity(0, rules), declared.Taste.LeadingGenre(0.12, rules)).ShouldBe((0, null));

        var taste = Enumerable.Range(0, 3).Aggregate(declared.Taste, (taste, hour) => taste.Learn(Given.Lesson(0, -6), Given.Now.AddHours(hour), rules));
        taste.Affinity(0, rules, rules.InterestViews).ShouldBeInRange(-0.2, 0);
        taste.Affinity(0, rules).ShouldBeLessThan(-0.8);
    }

    [Fact]
    public void Fold_InterestsTakenBackLeaveWhatWouldBeWithoutThem()
    {
        var history = History();
        LedgerEntry[] said = [new InterestsDeclared(Given.Now, Id, [0, 2]), new InterestsDeclared(Given.Now, Id, [1]), new InterestsDeclared(Given.Now, Id, [])];
        var without = Given.Json(Folded(history));
        var declared = Folded([.. history.Take(60), .. At(60, said[..2])]);
        declared.Interests.ShouldBe([1]);

        var withdrawn = Folded([.. history.Take(60), .. At(60, said), .. history.Skip(60).Select(recorded => recorded with { Position = recorded.Position + 3 })]);
        Given.Json(withdrawn).ShouldBe(without.Replace($"\"position\":{history.Count}", $"\"position\":{history.Count + 3}", StringComparison.Ordinal));

        declared.Fold(1_000, new TasteForgotten(Given.Now, Id), Given.Rules.Taste);
        declared.Interests.ShouldBeEmpty("forgetting takes them too");

        static IEnumerable<Recorded> At(int after, LedgerEntry[] entries) => entries.Select((entry, i) => new Recorded(after + 1 + i, entry));
    }

    [Fact]
    public void IsPersonalised_UnderEighteenOnlyByTheirOwnChoiceSinceTheySaidSo()
    {
        var (viewer, rules, position) = (new ViewerState(Id, Given.Genres), Given.Rules, 0);
        viewer.IsPersonalised(rules.Teens).ShouldBeTrue();

        After(new PersonalisationChosen(Given.Now, Id, true), new AgeDeclared(Given.Now, Id, AgeClass.Teen)).ShouldBeFalse("what they chose before was no choice against this default");
        viewer.IsPersonalised(rules.Teens with { Profiled = true }).ShouldBeTrue();
        After(new PersonalisationChosen(Given.Now, Id, true)).ShouldBeTrue();
        After(new PersonalisationChosen(Given.Now, Id, false)).ShouldBeFalse();
        After(new PersonalisationChosen(Given.Now, Id, true), new AgeDeclared(Given.Now, Id, null)).ShouldBeTrue("withdrawn, it is as if it had not been said");
        After(new AgeDeclared(Given.Now, Id, AgeClass.Adult)).ShouldBeTrue();
        After(new AgeDeclared(Given.Now, Id, AgeClass.Teen)).ShouldBeFalse("said anew, the default holds anew");

        bool After(params LedgerEntry[] entries)
        {
            foreach (var entry in entries) viewer.Fold(++position, entry, rules.Taste);
            return viewer.IsPersonalised(rules.Teens);
        }
    }

    [Theory]
    [InlineData(30, 1)]
    [InlineData(31, 2)]
    public void Fold_ASessionEndsAfterHalfAnHourOfSilence(int minutes, int sessions)
    {
        var state = new ViewerState(Id, Given.Genres);
        state.Fold(1, Given.Page(Id, Given.Now, Given.Clip), Given.Rules.Taste);
        state.Fold(2, Given.Page(Id, Given.Now.AddMinutes(minutes), new VideoId(2)), Given.Rules.Taste);

        state.Sessions.ShouldBe(sessions);
        state.ServedInSession.Count.ShouldBe(sessions == 1 ? 2 : 1);
        state.SessionFrom.ShouldBe(sessions == 1 ? Given.Now : Given.Now.AddMinutes(minutes));
    }

    [Fact]
    public void Fold_ALateSignalBeginsNoSessionAndMovesNoClockBack()
    {
        var watching = new Watching { ServedAt = Given.Now.AddHours(-9) };
        watching.Viewer.Fold(1, Given.Page(Id, Given.Now, Given.Clip), Given.Rules.Taste);
        watching.Send(watching.Signal(SignalType.Impression) with { EventTime = Given.Now.AddHours(-8) });

        watching.Viewer.Sessions.ShouldBe(1);
        watching.Viewer.LastAt.ShouldBe(Given.Now);
    }

    [Fact]
    public void Fold_FollowsAndForgets()
    {
        var watching = new Watching();
        watching.Plays(10_000);
        watching.Send(SignalType.Follow);
        watching.Viewer.Follows.ShouldBe([Given.Creator]);

        watching.Viewer.Fold(50, new TasteForgotten(Given.Now, Id), Given.Rules.Taste);
        watching.Viewer.Taste.Mass.ShouldBe(0);
        watching.Viewer.Views.Count.ShouldBe(1);
        watching.Viewer.Fold(51, new PersonalisationChosen(Given.Now, Id, false), Given.Rules.Taste);
        watching.Viewer.Personalised.ShouldBeFalse();
        watching.Send(SignalType.Unfollow);
        watching.Viewer.Follows.ShouldBeEmpty();
    }

    [Fact]
    public void Fold_RemembersTheLastFortyViews() => Folded(History()).Recent.Count.ShouldBe(40);

    [Fact]
    public void Anticipate_RefusesWhatIsAboutNoViewer() =>
        Should.Throw<ArgumentException>(() => new ViewerState(Id, 4).Anticipate(Given.Uploaded(), Given.Rules.Taste));

    private static ViewerState Folded(IEnumerable<Recorded> entries)
    {
        var state = new ViewerState(Id, Given.Genres);
        foreach (var (position, entry) in entries) state.Fold(position, entry, Given.Rules.Taste);
        return state;
    }

    /// <summary>Fifty videos of descending ids over two sessions, watched, liked, followed and one unwanted.</summary>
    private static List<Recorded> History()
    {
        var judge = new SignalJudge(Given.Rules);
        var viewer = new ViewerState(Id, Given.Genres);
        var history = new List<Recorded>();
        for (var i = 0; i < 50; i++)
        {
            var at = Given.Now.AddMinutes(i < 25 ? i : i + 60);
            var video = Given.Video(VideoStage.Open, new VideoId(900 - i), genre: i % Given.Genres, creator: new CreatorId(90 - (i % 5)));
            Add(Given.Page(Id, at, video.Id));
            Add(Judged(SignalType.PlayEnd, new PlayReport(i * 250, i * 250, i * 250, 0, EndReason.Swipe)));
            Add(Judged(i % 3 == 0 ? SignalType.Like : i % 7 == 0 ? SignalType.NotInterested : SignalType.Follow, null));

            SignalRecorded Judged(SignalType type, PlayReport? play) => judge.Judge(
                new Signal($"{type}{i}", type, at.AddSeconds(20), at.AddSeconds(20), video.Id, Given.Slot(Id, video, at), play), viewer, video);
        }
        return history;

        void Add(LedgerEntry entry)
        {
            history.Add(new Recorded(history.Count + 1, entry));
            viewer.Fold(history.Count, entry, Given.Rules.Taste);
        }
    }
}
