using Groundswell.Core.Chances;
using Groundswell.Core.Genres;
using Groundswell.Demo.Clips;
using Groundswell.Demo.People;

namespace Groundswell.Demo.Tests.People;

public class SessionPlanTests
{
    private static readonly DateOnly Monday = new(2026, 3, 2);
    private static readonly IReadOnlyList<SyntheticViewer> Crowd = Viewers.Crowd(7, Taxonomy.Default, ClipRecipes.Genres, Monday, 1);

    [Fact]
    public void For_MatchesSessionsPerWeek()
    {
        var planned = Crowd.Sum(viewer => Enumerable.Range(1, 28).Sum(day => SessionPlan.For(viewer, Monday.AddDays(day), new Chance(1)).Starts.Length)) / 4.0;
        planned.ShouldBe(Crowd.Sum(viewer => viewer.SessionsPerWeek), Crowd.Sum(viewer => viewer.SessionsPerWeek) * 0.05);
    }

    [Fact]
    public void For_IsTheSameForTheSameKey_OrderedAndInsideTheDay()
    {
        foreach (var viewer in Crowd)
        {
            var plan = SessionPlan.For(viewer, Monday, new Chance(1));
            plan.Starts.ShouldBe(SessionPlan.For(viewer, Monday, new Chance(1)).Starts);
            plan.Starts.ShouldBeInOrder();
            plan.Starts.ShouldAllBe(start => start >= TimeSpan.Zero && start < TimeSpan.FromDays(1));
        }
    }

    [Fact]
    public void For_IsEmptyBeforeTheViewerCame_AndNotOnTheirFirstDay()
    {
        SessionPlan.For(Crowd[0], Crowd[0].IsNewAt.AddDays(-1), new Chance(1)).Starts.ShouldBeEmpty();
        Crowd.ShouldAllBe(viewer => SessionPlan.For(viewer, viewer.IsNewAt, new Chance(1)).Starts.Length >= 1);
    }

    [Fact]
    public void For_FillsEveningsMoreThanNights()
    {
        var hours = Crowd.SelectMany(viewer => Enumerable.Range(1, 14).SelectMany(day => SessionPlan.For(viewer, Monday.AddDays(day), new Chance(1)).Starts)).Select(start => start.Hours).ToList();
        hours.Count(hour => hour is >= 19 and < 23).ShouldBeGreaterThan(5 * hours.Count(hour => hour is >= 2 and < 6));
    }
}
