using CsCheck;
using Groundswell.Core.Audience;
using Groundswell.Core.Chances;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Audience;

public class PanelTests
{
    private static readonly TestBatchRules Rules = new();
    private static readonly TestBatchRules Plain = Rules with { Stratified = false };

    private static readonly Gen<(int Size, int[] Viewers)> Audiences = Gen.Select(Gen.Int[1, 400], Gen.Int[0, 5_000].Array[1, 60]);

    [Fact]
    public void Plan_GivesEveryPlaceOnce_InProportionAndWithAFloor() => Audiences.Sample((size, viewers) =>
    {
        var strata = Strata.Of(viewers.Select((count, number) => KeyValuePair.Create(number, count)));
        var plan = new PanelPlan(strata, size, Rules);
        if (strata.Count == 0) return;
        var expected = strata.Cohorts.Select(cohort => plan.Expected(cohort)).ToArray();

        expected.Sum().ShouldBe(size, 1e-6);
        var largest = Math.Min(Math.Min(Rules.Cohorts, strata.Count), size);
        expected.Take(largest).ShouldAllBe(places => places >= Math.Max(1, 0.25 * size / 6) - 1e-9);
        // The floor is paid for by all others in the same proportion: whoever is above it has an equal share of their viewers.
        var free = strata.Cohorts.Select((cohort, place) => expected[place] / strata.ViewersAt(place)).Where((_, place) => place >= largest || expected[place] > Math.Max(1, 0.25 * size / 6) + 1e-6).ToArray();
        if (free.Length > 0) (free.Max() - free.Min()).ShouldBeLessThan(1e-6);
        for (var draw = 0; draw < 20; draw++)
        {
            var quotas = strata.Cohorts.Select(cohort => plan.Quota(cohort, draw / 20.0)).ToArray();
            quotas.Sum().ShouldBe(size);
            quotas.Zip(expected).ShouldAllBe(pair => pair.First >= Math.Floor(pair.Second - 1e-6) && pair.First <= Math.Ceiling(pair.Second + 1e-6));
            quotas.Count(quota => quota > 0).ShouldBeGreaterThanOrEqualTo(largest);
        }
    });

    [Fact]
    public void Plan_HearsEvenTheSmallestCohortInSomePanels()
    {
        var strata = Strata.Of([.. Enumerable.Range(1, 40).Select(number => KeyValuePair.Create(number, number == 1 ? 2_000 : 50))]);
        var plan = new PanelPlan(strata, 12, Rules);
        var smallest = strata.Cohorts[^1];

        var mean = Enumerable.Range(0, 10_000).Average(draw => plan.Quota(smallest, new Chance(1).For(draw).Unit()));

        mean.ShouldBe(plan.Expected(smallest), 0.02);
        mean.ShouldBeGreaterThan(0.05);
    }

    [Theory]
    [InlineData(12, 600)]
    [InlineData(60, 3_000)]
    public void Admits_KeepsQuotasUntilPatienceOpensThem(int size, int viewers)
    {
        for (ulong seed = 1; seed <= 6; seed++)
        {
            var audience = new PanelAudience(seed, viewers, [30, 20, 12, 10, 8, 8, 6, 6]);
            for (var video = 1; video <= 4; video++)
            {
                var panel = audience.Fill(video, size, Rules);
                var why = $"seed {seed}, video {video}";
                panel.Count.ShouldBe(size, why);
                var plan = new PanelPlan(audience.Strata, size, Rules);
                var had = new Dictionary<Cohort, int>();
                var beyond = 0;
                foreach (var one in panel)
                {
                    var now = had[one.Cohort] = had.GetValueOrDefault(one.Cohort) + 1;
                    if (now <= Math.Ceiling(plan.Expected(one.Cohort))) continue;
                    // What a cohort takes beyond its places was kept for others, and is let go only as the wait goes on.
                    beyond++;
                    beyond.ShouldBeLessThanOrEqualTo((int)Math.Ceiling(size * Math.Min(1, one.At.TotalHours / Rules.PatienceHours)), why);
                }
                panel.Select(one => one.Cohort).Distinct().Count().ShouldBeGreaterThanOrEqualTo(6, why);
                for (var views = 1; views <= size; views++) panel.Take(views).Count(one => one.Follows).ShouldBeLessThanOrEqualTo(views / 4, why);
            }
        }
    }

    [Fact]
    public void Admits_TakesAtMostAQuarterOfFollowers_EvenWhenAllFollow()
    {
        var audience = new PanelAudience(3, 300, [1, 1, 1, 1, 1, 1]);

        audience.Fill(1, 12, Rules, followers: 0.9).Count(one => one.Follows).ShouldBe(3);
        audience.Fill(1, 12, Plain, followers: 0.9).Count(one => one.Follows).ShouldBe(3);
    }

    [Fact]
    public void Admits_ReplaysThePanel_AndDrawsAnotherForTheNextVideo()
    {
        var audience = new PanelAudience(5, 2_000, [3, 2, 2, 1, 1, 1]);
        var panel = audience.Fill(1, 40, Rules);

        new PanelAudience(5, 2_000, [3, 2, 2, 1, 1, 1]).Fill(1, 40, Rules).ShouldBe(panel);
        audience.Fill(2, 40, Rules).Select(one => one.Viewer).Intersect(panel.Select(one => one.Viewer)).Count().ShouldBeLessThan(12);
    }

    [Fact]
    public void Admits_DoesNotLetTheBusiestFillEveryPanel()
    {
        var (drawn, first) = (0.0, 0.0);
        for (ulong seed = 1; seed <= 4; seed++)
        {
            var audience = new PanelAudience(seed, 3_000, [3, 2, 2, 1, 1, 1]);
            drawn += Busy(audience, Rules) / 4;
            first += Busy(audience, Plain) / 4;
        }

        first.ShouldBeGreaterThan(0.35);
        drawn.ShouldBeLessThan(0.5 * first);

        static double Busy(PanelAudience audience, TestBatchRules rules) =>
            Enumerable.Range(1, 6).SelectMany(video => audience.Fill(video, 60, rules)).Average(one => audience.Busiest.Contains(one.Viewer) ? 1.0 : 0);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(300)]
    [InlineData(15_000)]
    public void Admits_LetsEveryAudienceFillItsPanelWithinTheDay(int viewers)
    {
        var audience = new PanelAudience(1, viewers, [30, 20, 10, 10, 8, 5, 4, 3]);
        var size = TestBatch.Size(viewers, Rules);

        for (var video = 1; video <= 3; video++)
        {
            var panel = audience.Fill(video, size, Rules, followers: 0);
            panel.Count.ShouldBe(size);
            panel[^1].At.ShouldBeLessThan(TimeSpan.FromHours(24));
        }
    }

    [Fact]
    public void Admits_LetsAnAudienceOfOneCohortFillItsPanel_AndOneOfUnknownCohorts()
    {
        var audience = new PanelAudience(1, 200, [1]);
        audience.Fill(1, 12, Rules, followers: 0)[^1].At.ShouldBeLessThan(TimeSpan.FromHours(24));

        // Nothing is known of the audience yet: an even part for whoever comes, and all of it at the end of the patience.
        Admitted(Strata.None, ofCohort: 1, seen: 1, hours: 0).ShouldBeTrue();
        Admitted(Strata.None, ofCohort: 2, seen: 2, hours: 0).ShouldBeFalse();
        Admitted(Strata.None, ofCohort: 11, seen: 11, hours: 12).ShouldBeTrue();
        Admitted(Strata.None, ofCohort: 12, seen: 12, hours: 12).ShouldBeTrue(); // the batch goes on to twice its size
        Admitted(Strata.None, ofCohort: 24, seen: 24, hours: 12).ShouldBeFalse();
        Admitted(Strata.None, ofCohort: 11, seen: 11, hours: 12, onTheWay: 1).ShouldBeFalse();
    }

    [Fact]
    public void Admits_TakesWhoeverComesFirstWithoutStrata()
    {
        var audience = new PanelAudience(2, 3_000, [90, 2, 2, 2, 2, 2]);

        var (strata, plain) = (audience.Fill(1, 12, Rules), audience.Fill(1, 12, Plain));

        strata.Select(one => one.Cohort).Distinct().Count().ShouldBe(6);
        plain.Select(one => one.Cohort).Distinct().Count().ShouldBeLessThan(6);
        plain[^1].At.ShouldBeLessThan(strata[^1].At);
    }

    private static bool Admitted(Strata strata, int ofCohort, int seen, double hours, int onTheWay = 0) => new Panel(strata, 12, Rules).Admits(
        new PanelGuest(Given.Clip, Given.Viewer(1), new Cohort(0), 5, false, Given.Now, Given.Now.AddHours(hours)),
        new PanelSoFar(seen, onTheWay, ofCohort, 0, [KeyValuePair.Create(0, ofCohort)]), new Chance(1));
}
