using Groundswell.Core.Chances;
using Groundswell.Demo.People;

namespace Groundswell.Demo.Tests.People;

public class SyntheticCreatorTests
{
    private static readonly DateOnly Monday = new(2026, 3, 2);

    [Fact]
    public void UploadsOn_FollowTheCadence()
    {
        var creators = Creators.Roster(7);
        var weekly = creators.Sum(creator => Enumerable.Range(0, 140).Sum(day => creator.UploadsOn(Monday.AddDays(day), new Chance(2)))) / 20.0;
        weekly.ShouldBe(creators.Sum(creator => creator.UploadsPerWeek), creators.Sum(creator => creator.UploadsPerWeek) * 0.1);
    }

    [Fact]
    public void Quits_LessOftenWhenWatched()
    {
        int Leavers(int views) => Creators.Roster(7).Sum(creator => Enumerable.Range(0, 100).Count(week => creator.Quits(week, views, new Chance(2))));
        Leavers(0).ShouldBeGreaterThan(2 * Leavers(1000));
    }

    [Fact]
    public void Visit_IsUnderTwoMinutesOnlyWhenLeftEarly()
    {
        var visits = Enumerable.Range(0, 400).Select(i => Creators.Roster(7)[0].Visit(Monday, i, new Chance(2))).ToList();
        visits.ShouldContain(visit => visit.LeftEarly);
        visits.Where(visit => !visit.LeftEarly).ShouldAllBe(visit => visit.Length >= TimeSpan.FromMinutes(2));
    }
}
