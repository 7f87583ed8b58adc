using Groundswell.Core.Audience;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Audience;

public class CohortMapTests
{
    private static readonly Region Germany = Region.TryParse("DE", out var region) ? region : default;
    private static readonly Region France = Region.TryParse("FR", out var region) ? region : default;

    /// <summary>Clusters at 0°, 30°, 90° and 180°.</summary>
    private static CohortMap Map => CohortMap.Empty.Fold(Drawn(1, (1, 0), (2, 30), (3, 90), (4, 180)));

    [Fact]
    public void Of_IsTheNearestCluster()
    {
        Map.Of(Along(20), null, Activity.New).ShouldBe(Cohort.Of(2, null, Activity.New));
        Map.Of(Along(-50), Germany, Activity.Regular).ShouldBe(Cohort.Of(1, Germany, Activity.Regular));
        Map.Of([], null, Activity.Regular).ShouldBe(Cohort.Of(0, null, Activity.Regular));
        CohortMap.Empty.Of(Along(20), null, Activity.New).ShouldBe(new Cohort(0));
    }

    [Fact]
    public void Nearness_FallsWithTheDistanceOfTastes_AndIsTheSameBothWays()
    {
        var map = Map;
        var near = Enumerable.Range(1, 4).Select(id => map.Nearness(Cohort.Of(1, null, Activity.New), Cohort.Of(id, null, Activity.New))).ToArray();

        near[0].ShouldBe(1);
        near.ShouldBe(near.OrderDescending());
        near.ShouldAllBe(nearness => nearness > 0 && nearness <= 1);
        near[1].ShouldBeInRange(0.6, 0.95);
        near[3].ShouldBeLessThan(0.15);
        for (var one = 1; one <= 4; one++)
            for (var other = 1; other <= 4; other++)
                map.Nearness(Cohort.Of(one, null, Activity.New), Cohort.Of(other, Germany, Activity.Regular))
                    .ShouldBe(map.Nearness(Cohort.Of(other, Germany, Activity.Regular), Cohort.Of(one, null, Activity.New)));
    }

    [Fact]
    public void Nearness_IsLessElsewhereAndForOthersActivity_AndNothingForTheUndecided()
    {
        var cohort = Cohort.Of(3, Germany, Activity.New);

        Map.Nearness(cohort, Cohort.Of(3, France, Activity.New)).ShouldBe(0.8);
        Map.Nearness(cohort, Cohort.Of(3, null, Activity.New)).ShouldBe(0.8);
        Map.Nearness(cohort, Cohort.Of(3, null, Activity.Regular)).ShouldBe(0.64, 1e-9);
        Map.Nearness(cohort, Cohort.Of(0, Germany, Activity.New)).ShouldBe(0);
        Map.Nearness(new Cohort(0), new Cohort(1)).ShouldBe(0);
        Map.Nearness(new Cohort(0), new Cohort(0)).ShouldBe(1);
        Map.Nearness(new Cohort(4), new Cohort(5)).ShouldBe(0.8); // a genre's new and regular viewers, of an old ledger
        Map.Nearness(new Cohort(4), new Cohort(7)).ShouldBe(0);
    }

    [Fact]
    public void KinOf_AreTheFewNearest()
    {
        var kin = Map.KinOf(Cohort.Of(1, Germany, Activity.Regular));

        kin.Select(one => one.Nearness).ShouldBe(kin.Select(one => one.Nearness).OrderDescending());
        kin.Select(one => one.Cohort).ShouldContain(Cohort.Of(1, null, Activity.Regular));
        kin.Select(one => one.Cohort).ShouldContain(Cohort.Of(1, Germany, Activity.New));
        kin.Select(one => one.Cohort).ShouldContain(Cohort.Of(2, null, Activity.Regular));
        kin.ShouldAllBe(one => one.Cohort != Cohort.Of(1, Germany, Activity.Regular) && one.Nearness > 0);
        Map.KinOf(new Cohort(0)).ShouldBeEmpty();
        CohortMap.Empty.KinOf(Cohort.Of(1, null, Activity.New)).ShouldBeEmpty();
    }

    [Fact]
    public void Fold_RemembersClustersThatAreNoMore()
    {
        var map = Map.Fold(Drawn(2, (1, 5), (5, 140)));

        map.Retired.Select(cluster => cluster.Id).ShouldBe([2, 3, 4]);
        map.Title(Cohort.Of(3, null, Activity.New), Taxonomy.Default).ShouldBe("Dance · new");
        map.Nearness(Cohort.Of(2, null, Activity.New), Cohort.Of(1, null, Activity.New)).ShouldBeGreaterThan(0.5);
        map.Of(Along(90), null, Activity.New).Cluster.ShouldBe(5);
    }

    private static CohortsDrawn Drawn(int version, params (int Id, double Degrees)[] clusters) => new(
        Given.Now, version, [.. clusters.Select(cluster => new TasteCluster(cluster.Id, 10, [cluster.Id], [.. Along(cluster.Degrees)]))], 5, 100, 200, "rules-test");

    private static float[] Along(double degrees) => [(float)Math.Cos(degrees * Math.PI / 180), (float)Math.Sin(degrees * Math.PI / 180)];
}
