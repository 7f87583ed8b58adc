using Groundswell.Core.Audience;
using Groundswell.Core.Genres;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Audience;

public class CohortTests
{
    [Theory]
    [InlineData(0, null, Activity.New, 0)]
    [InlineData(0, null, Activity.Regular, 1)]
    [InlineData(0, "AA", Activity.New, 256)]
    [InlineData(0, "DE", Activity.Regular, 421)]
    [InlineData(1, null, Activity.New, 1_608)]
    [InlineData(24, "ZW", Activity.Regular, 34_097)]
    public void Of_PacksTasteRegionAndActivityIntoOneNumber(int cluster, string? region, Activity activity, int number)
    {
        var where = region is "AA" ? new Region(1) : Region.TryParse(region, out var code) ? code : (Region?)null;

        var cohort = Cohort.Of(cluster, where, activity);

        cohort.Number.ShouldBe(number);
        (cohort.Cluster ?? 0, cohort.Region, cohort.Activity, cohort.LeadingGenre).ShouldBe((cluster, where, activity, null));
    }

    [Fact]
    public void Of_GivesBackWhatWasPacked_AndNoNumberTwice()
    {
        var numbers = new HashSet<int>();
        foreach (var cluster in new[] { 0, 1, 2, 23, 24, 500, 1_000_000 })
            foreach (var region in Region.All.Select(region => (Region?)region).Append(null))
                foreach (var activity in Enum.GetValues<Activity>())
                {
                    var cohort = Cohort.Of(cluster, region, activity);
                    (cohort.Cluster ?? 0, cohort.Region, cohort.Activity).ShouldBe((cluster, region, activity));
                    cohort.WithoutRegion().ShouldBe(Cohort.Of(cluster, null, activity));
                    numbers.Add(cohort.Number).ShouldBeTrue();
                }
    }

    [Theory]
    [InlineData(0, "Undecided · new")]
    [InlineData(1, "Undecided · regular")]
    [InlineData(2, "Animals · new")]
    [InlineData(9, "Music · regular", 4)]
    [InlineData(255, "Undecided · regular")]
    [InlineData(421, "Undecided · DE · regular")]
    [InlineData(1_608, "Group 1 · new")]
    [InlineData(-7, "Undecided · regular")]
    public void Title_ReadsEveryNumberThatALedgerMayHold(int number, string title, int? genre = null)
    {
        // Numbers below 256 are from before there were clusters: a leading genre and the activity.
        var cohort = new Cohort(genre is { } leading ? ((leading + 1) * 2) + 1 : number);

        cohort.Title(Taxonomy.Default, null).ShouldBe(title);
        cohort.Cluster.ShouldBe(number == 1_608 ? 1 : null);
    }

    [Fact]
    public void WithoutRegion_LeavesOldNumbersAsTheyAre()
    {
        for (var number = 0; number < 256; number++) new Cohort(number).WithoutRegion().Number.ShouldBe(number);
    }

    [Fact]
    public void Regions_AreTheCodesOfTheStandard()
    {
        Region.All.Length.ShouldBe(250);
        Region.All.Distinct().Count().ShouldBe(250);
        foreach (var region in Region.All)
        {
            Region.TryParse(region.ToString(), out var back).ShouldBeTrue();
            back.ShouldBe(region);
            Given.Through(region).ShouldBe(region);
        }
        foreach (var wrong in new[] { null, "", "D", "de", "De", "DEU", "AA", "ZZ", "QM", "EU", "UK", "Ä1", "D " }) Region.TryParse(wrong, out _).ShouldBeFalse(wrong);
    }
}
