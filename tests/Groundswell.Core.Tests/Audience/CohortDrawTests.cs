using System.Text.Json;
using Groundswell.Core.Audience;
using Groundswell.Core.Chances;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Audience;

public class CohortDrawTests
{
    private static readonly CohortRules Rules = CohortRules.Default;

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(99, 99, 1)]
    [InlineData(100, 100, 2)]
    [InlineData(400, 400, 8)]
    [InlineData(400, 120, 2)]
    [InlineData(1_200, 5_000, 24)]
    [InlineData(5_000_000, 5_000, 24)]
    public void Count_GrowsWithTheAudienceUpToACap(int weekly, int tastes, int clusters) => CohortDraw.Count(weekly, tastes, Rules).ShouldBe(clusters);

    [Fact]
    public void Draw_FindsTheTastesThatThereAre()
    {
        for (ulong seed = 1; seed <= 5; seed++)
        {
            var tastes = new Tastes(seed, kinds: 6);
            var map = CohortMap.Empty.Fold(tastes.Draw(null, tastes.Some(0, 600), weekly: 300));

            map.Drawn!.Clusters.Length.ShouldBe(6);
            var viewers = Enumerable.Range(1_000, 500).Select(viewer => tastes.Of(viewer)).ToArray();
            // Each cluster is of one kind, but for a few viewers on the border.
            var right = viewers.GroupBy(viewer => map.Of(viewer.Taste, null, Activity.New)).Sum(group => group.GroupBy(viewer => viewer.Kind).Max(kind => kind.Count()));
            (right / 500.0).ShouldBeGreaterThan(0.9, $"seed {seed}");
        }
    }

    [Fact]
    public void Draw_ReplaysFromTheSameTastesAndComesBackFromItsJson()
    {
        var tastes = new Tastes(7, kinds: 5);
        var first = tastes.Draw(null, tastes.Some(0, 400), 250);
        var second = tastes.Draw(first, tastes.Some(100, 400), 250);

        Given.Json<LedgerEntry>(tastes.Draw(null, tastes.Some(0, 400), 250)).ShouldBe(Given.Json<LedgerEntry>(first));
        Given.Json<LedgerEntry>(tastes.Draw(Given.Through(first), tastes.Some(100, 400), 250)).ShouldBe(Given.Json<LedgerEntry>(second));
        (first.Version, second.Version).ShouldBe((1, 2));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.05)]
    [InlineData(0.1)]
    public void Draw_KeepsTheIdsOfClustersThatAreStillThere(double driftADay)
    {
        for (ulong seed = 1; seed <= 5; seed++)
        {
            var tastes = new Tastes(seed, kinds: 6);
            var drawn = tastes.Draw(null, tastes.Some(0, 600), 300);
            var map = CohortMap.Empty.Fold(drawn);
            for (var day = 1; day <= 8; day++)
            {
                // A fifth of the audience is new each day, and all of it likes other things than it did.
                var today = tastes.Some(day * 120, 600, day * driftADay);
                var before = today.Select(taste => map.Of(taste, null, Activity.New)).ToArray();
                drawn = tastes.Draw(drawn, today, 300, (ulong)day);
                map = map.Fold(drawn);
                var stayed = today.Zip(before).Count(pair => map.Of(pair.First, null, Activity.New) == pair.Second) / 600.0;
                stayed.ShouldBeGreaterThan(0.9, $"seed {seed}, day {day}");
            }
            drawn.LastId.ShouldBe(6, $"seed {seed}: after eight days the clusters are the first ones");
        }
    }

    [Fact]
    public void Draw_GivesNoIdTwiceToDifferentTastes()
    {
        for (ulong seed = 1; seed <= 4; seed++)
        {
            CohortsDrawn? last = null;
            var everywhere = new Dictionary<int, float[]>();
            for (var era = 0; era < 6; era++)
            {
                // Every era another audience altogether.
                var tastes = new Tastes((seed * 100) + (ulong)era, kinds: 5);
                var drawn = tastes.Draw(last, tastes.Some(0, 400), 250);
                drawn.Clusters.Select(cluster => cluster.Id).ShouldBeUnique();
                drawn.LastId.ShouldBe(Math.Max(last?.LastId ?? 0, drawn.Clusters.Max(cluster => cluster.Id)));
                foreach (var cluster in drawn.Clusters)
                {
                    if (last is not null && cluster.Id <= last.LastId)
                    {
                        last.Clusters.ShouldContain(old => old.Id == cluster.Id, $"seed {seed}: a retired id came back");
                        ClusterIdentity.Angle(everywhere[cluster.Id], cluster.Centroid.AsSpan()).ShouldBeLessThan(Rules.SameWithin + 0.1, $"seed {seed}");
                    }
                    everywhere[cluster.Id] = [.. cluster.Centroid];
                }
                last = drawn;
            }
        }
    }

    [Fact]
    public void Draw_ASplitLeavesTheIdWithOneAndGivesTheOtherANewOne()
    {
        float[][] tastes = [.. Enumerable.Range(0, 100).Select(i => Along(i % 2 == 0 ? 0 : 90, i))];
        var drawn = CohortDraw.Draw(null, new DrawnFrom(tastes, 100, 3), Rules, "r", new Chance(1), Given.Now);
        drawn.Clusters.Length.ShouldBe(2);
        float[][] split = [.. Enumerable.Range(0, 150).Select(i => Along((i % 3) switch { 0 => -30, 1 => 30, _ => 90 }, i))];

        var next = CohortDraw.Draw(drawn, new DrawnFrom(split, 150, 3), Rules, "r", new Chance(2), Given.Now.AddDays(1));

        next.Clusters.Select(cluster => cluster.Id).ShouldBe([1, 2, 3]);
        next.LastId.ShouldBe(3);

        static float[] Along(double degrees, int i)
        {
            var angle = (degrees + (i % 7) - 3) * Math.PI / 180;
            return [(float)Math.Cos(angle), (float)Math.Sin(angle), 0];
        }
    }

    [Fact]
    public void Draw_BeginsAnewWhenTheTaxonomyHasGrown()
    {
        var before = new Tastes(1, kinds: 4);
        var after = new Tastes(1, kinds: 4, genres: 13);
        var first = before.Draw(null, before.Some(0, 300), 200);

        var second = after.Draw(first, after.Some(0, 300), 200);

        second.Clusters.ShouldAllBe(cluster => cluster.Id > first.LastId);
        var map = CohortMap.Empty.Fold(first).Fold(second);
        map.Of(after.Of(1).Taste, null, Activity.New).Cluster!.Value.ShouldBeGreaterThan(first.LastId);
        map.Nearness(Cohort.Of(1, null, Activity.New), Cohort.Of(second.LastId, null, Activity.New)).ShouldBe(0);
    }

    [Theory]
    [InlineData("nothing yet, and too few", false, 0, 0, 99, 99, false)]
    [InlineData("nothing yet, and enough for two", false, 0, 0, 100, 100, true)]
    [InlineData("viewers enough, but tastes unknown", false, 0, 0, 400, 60, false)]
    [InlineData("within the day", true, 23, 400, 500, 500, false)]
    [InlineData("a day later", true, 24, 400, 400, 400, true)]
    [InlineData("the audience has doubled", true, 1, 200, 400, 400, true)]
    [InlineData("after a restart nobody is known", true, 48, 400, 400, 90, false)]
    [InlineData("a smaller audience needs fewer tastes", true, 48, 400, 120, 110, true)]
    public void IsDue_OnceADayOrWhenTheAudienceHasDoubled(string when, bool drawn, int hours, int weeklyThen, int weekly, int tastes, bool due)
    {
        var last = drawn ? new CohortsDrawn(Given.Now, 1, [.. Enumerable.Range(1, 8).Select(id => new TasteCluster(id, 50, [], [1f]))], 8, 400, weeklyThen, "r") : null;

        CohortDraw.IsDue(last, tastes, weekly, Rules, Given.Now.AddHours(hours)).ShouldBe(due, when);
    }

    [Fact]
    public void Genres_NameAClusterByWhatSetsItApart()
    {
        var map = CohortMap.Empty.Fold(CohortDraw.Draw(null, new DrawnFrom([.. Taste(0).Concat(Taste(1)).Concat(Taste(2)).Concat(Taste(3))], 200, 24), Rules, "r", new Chance(1), Given.Now));

        map.Drawn!.Clusters.Select(cluster => cluster.Title(Taxonomy.Default)).ShouldBe(
            ["Music, calm & ambient", "Animals", "A bit of everything", "Food, sports"], ignoreOrder: true);
        map.Title(Cohort.Of(99, null, Activity.New), Taxonomy.Default).ShouldBe("Group 99 · new");

        // Music and calm · animals alone · all alike · food and sports.
        static IEnumerable<float[]> Taste(int kind) => Enumerable.Range(0, 50).Select(i =>
        {
            var taste = new float[24];
            for (var genre = 0; genre < 24; genre++) taste[genre] = kind == 2 ? 1 : 0.02f * ((i + genre) % 3);
            foreach (var (genre, weight) in kind switch { 0 => new[] { (4, 1f), (20, 0.9f) }, 1 => [(0, 1f)], 3 => [(1, 1f), (2, 0.8f)], _ => [] }) taste[genre] = weight;
            TastePoint.Normalise(taste);
            return taste;
        });
    }

    [Fact]
    public void Json_OfTheMapComesBackEqualAndGoesOnEqually()
    {
        var tastes = new Tastes(3, kinds: 5);
        var first = tastes.Draw(null, tastes.Some(0, 300), 250);
        var other = new Tastes(4, kinds: 5);
        var second = other.Draw(first, other.Some(0, 300), 250);
        var map = CohortMap.Empty.Fold(first);

        var back = Given.Through(map);

        Given.Json(back).ShouldBe(Given.Json(map));
        Given.Json(back.Fold(second)).ShouldBe(Given.Json(map.Fold(second)));
        JsonSerializer.Serialize(map.Fold(second), GroundswellJson.Options).ShouldNotContain("centroids");
    }
}
