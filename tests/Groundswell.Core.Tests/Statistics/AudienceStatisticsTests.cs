using Groundswell.Core.Audience;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Statistics;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Statistics;

public class AudienceStatisticsTests
{
    [Fact]
    public void Fold_KnowsEveryEntryOnce()
    {
        var entries = Entries();
        var statistics = Folded(entries);
        var before = Given.Json(statistics);

        statistics.Fold(entries);

        Given.Json(statistics).ShouldBe(before);
    }

    [Fact]
    public void Json_ComesBackEqualAndGoesOnEqually()
    {
        var entries = Entries();
        var all = Given.Json(Folded(entries));
        for (var split = 0; split <= entries.Count; split += 9)
        {
            var back = Given.Through(Folded([.. entries.Take(split)]));
            back.Fold([.. entries.Skip(split)]);
            Given.Json(back).ShouldBe(all);
        }
    }

    [Fact]
    public void WeeklyViewers_CountsEachOnceOverSevenDays()
    {
        var statistics = Folded([.. Enumerable.Range(0, 10).Select(day => new Recorded(day + 1, Given.Page(Given.Viewer(day % 8), Given.Now.AddDays(day))))]);

        statistics.WeeklyViewers(Given.Now.AddDays(9)).ShouldBe(7);
        statistics.WeeklyViewers(Given.Now.AddDays(30)).ShouldBe(0);
        statistics.ViewersWithin(TimeSpan.FromHours(1), Given.Now.AddDays(9)).ShouldBe(1);
        statistics.ViewersByDay.Count.ShouldBe(8);
    }

    [Fact]
    public void Fold_CountsASessionThatBeginsWithASignal()
    {
        var watching = new Watching { At = Given.Now };
        var statistics = Folded([new(1, watching.Send(SignalType.Impression)), new(2, Given.Page(watching.Viewer.Id, Given.Now.AddMinutes(1)))]);

        statistics.Hours.Values.Sum(hour => hour.Sessions).ShouldBe(1);
    }

    [Fact]
    public void Fold_AddsPointsOnceAndNothingForTheDisqualified()
    {
        var watching = new Watching();
        var statistics = Folded([
            new(1, watching.Plays(10_000)), new(2, watching.Send(SignalType.Like)), new(3, watching.Send(SignalType.Like)), new(4, watching.Send(SignalType.Unlike)),
        ]);
        var hour = statistics.Hours.Values.ShouldHaveSingleItem();

        (hour.Views, hour.Points, hour.Signals, statistics.Views).ShouldBe((1, 8, 4, 1));
        hour.Disqualified[Disqualification.Redundant].ShouldBe(1);
        (hour.Sources[SlotSource.Personal].Views, hour.Sources[SlotSource.Personal].Points).ShouldBe((1, 8));
    }

    [Fact]
    public void Fold_KeepsAnHourOfMinutesAndTwoWeeksOfHours()
    {
        var statistics = Folded([.. Enumerable.Range(0, 2_000).Select(i => new Recorded(i + 1, Given.Page(Given.Viewer(0), Given.Now.AddMinutes(i * 15))))]);

        statistics.Minutes.Count.ShouldBe(61);
        statistics.Hours.Count.ShouldBe(14 * 24);
        statistics.Hours.Keys.Last().ShouldBe(Given.Now.AddMinutes(1_999 * 15).ToUnixTimeSeconds() / 3600);
    }

    [Fact]
    public void Strata_AreTheViewersOfTheWeekByTheCohortOfTheirLastPage()
    {
        var (music, calm) = (Cohort.Of(1, null, Activity.New), Cohort.Of(2, Region.All[7], Activity.Regular));
        var statistics = Folded([
            new(1, Given.Page(Given.Viewer(0), Given.Now) with { Cohort = music.Number }),
            new(2, Given.Page(Given.Viewer(1), Given.Now) with { Cohort = music.Number }),
            new(3, Given.Page(Given.Viewer(1), Given.Now.AddDays(2)) with { Cohort = calm.Number }),
            new(4, Given.Page(Given.Viewer(2), Given.Now.AddDays(3)) with { Cohort = calm.Number }),
        ]);

        var strata = statistics.Strata(Given.Now.AddDays(3));
        (strata.Viewers, strata.Cohorts[0], strata.ViewersAt(0), strata.PlaceOf(music)).ShouldBe((3, calm, 2, 1));
        statistics.Strata(Given.Now.AddDays(8)).Viewers.ShouldBe(2);
        statistics.Strata(Given.Now.AddDays(30)).Count.ShouldBe(0);

        statistics.Fold([new Recorded(5, new RegionShared(Given.Now.AddDays(3), Given.Viewer(1), null))]);
        statistics.Strata(Given.Now.AddDays(3)).PlaceOf(Cohort.Of(2, null, Activity.Regular)).ShouldNotBeNull();
        statistics.LastCohort.Values.Count(cohort => new Cohort(cohort).Region is not null).ShouldBe(1);
    }

    [Fact]
    public void Strata_TakeTheCohortOfASignalWhereThePageIsLost()
    {
        var watching = new Watching();
        var signal = watching.Signal(SignalType.Impression);
        var statistics = Folded([new(1, watching.Send(signal with { Slot = signal.Slot! with { Cohort = Cohort.Of(3, null, Activity.New) } }))]);

        statistics.Strata(watching.At).Cohorts.ShouldHaveSingleItem().Cluster.ShouldBe(3);
    }

    private static AudienceStatistics Folded(List<Recorded> entries)
    {
        var statistics = new AudienceStatistics();
        statistics.Fold(entries);
        return statistics;
    }

    private static List<Recorded> Entries()
    {
        var entries = new List<Recorded>();
        for (var viewer = 0; viewer < 12; viewer++)
        {
            var watching = new Watching(viewer: viewer) { ServedAt = Given.Now.AddHours(viewer * 7), At = Given.Now.AddHours((viewer * 7) + 1) };
            entries.Add(new Recorded(entries.Count + 1, Given.Page(watching.Viewer.Id, watching.ServedAt, Given.Clip)));
            entries.Add(new Recorded(entries.Count + 1, watching.Plays(viewer * 900, end: viewer % 3 == 0 ? EndReason.Exit : EndReason.Swipe)));
            entries.Add(new Recorded(entries.Count + 1, watching.Send(SignalType.Like)));
            entries.Add(new Recorded(entries.Count + 1, watching.Send(SignalType.Like)));
        }
        return entries;
    }
}
