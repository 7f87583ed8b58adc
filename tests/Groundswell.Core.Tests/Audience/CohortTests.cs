using Groundswell.Core.Audience;
using Groundswell.Core.Genres;
using Groundswell.Core.Taste;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Audience;

public class CohortTests
{
    [Theory]
    [InlineData(null, Activity.New, 0)]
    [InlineData(null, Activity.Regular, 1)]
    [InlineData(0, Activity.New, 2)]
    [InlineData(3, Activity.Regular, 9)]
    public void Of_NumbersLeadingGenreAndActivity(int? genre, Activity activity, int number)
    {
        var cohort = Cohort.Of(genre, activity);

        cohort.Number.ShouldBe(number);
        cohort.LeadingGenre.ShouldBe(genre);
        cohort.Activity.ShouldBe(activity);
        cohort.Title(Taxonomy.Default).ShouldNotBeEmpty();
    }

    [Fact]
    public void Of_ATasteWithoutALeadIsUndecided() => Cohort.Of(TasteProfile.Empty(4), 1, new(), TasteRules.Default).ShouldBe(new Cohort(0));

    [Theory]
    [InlineData(3, Activity.New)]
    [InlineData(4, Activity.Regular)]
    public void Of_AViewerIsRegularAfterThreeSessions(int sessions, Activity activity)
    {
        var taste = TasteProfile.Empty(4).Learn(Given.Lesson(2, 18), Given.Now, TasteRules.Default);

        Cohort.Of(taste, sessions, new(), TasteRules.Default).ShouldBe(Cohort.Of(2, activity));
    }
}
