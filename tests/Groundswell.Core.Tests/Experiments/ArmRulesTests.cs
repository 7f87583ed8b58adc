using Groundswell.Core.Chances;
using Groundswell.Core.Experiments;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Experiments;

public class ArmRulesTests
{
    private const int Viewers = 20_000;
    private static readonly Chance Chance = new(20260302);
    private static readonly Rules Rules = new();
    private static readonly Experiment Bolder = Trying.Experiment(1);
    private static readonly Experiment Warier = Trying.Experiment(2, Trying.Plan with { Name = "Warier", Rules = Trying.Document("""{ "feed": { "skip_penalty": 4 } }"""), Share = 0.4 });

    [Fact]
    public void Of_HalvesTheShare_AndTwoExperimentsCrossEvenly()
    {
        var arms = Enumerable.Range(0, Viewers).Select(viewer => (First: Assignment.Of(Bolder, viewer, Chance), Second: Assignment.Of(Warier, viewer, Chance))).ToArray();

        Near(arms.Count(pair => pair.First == Arm.Treatment), 0.5);
        Near(arms.Count(pair => pair.First == Arm.Control), 0.5);
        Near(arms.Count(pair => pair.Second == Arm.Treatment), 0.2);
        Near(arms.Count(pair => pair.Second is null), 0.6);
        Near(arms.Count(pair => pair is { First: Arm.Treatment, Second: Arm.Treatment }), 0.1);
    }

    [Fact]
    public void Of_LeavesTheHeldOutAlone_WhateverRuns()
    {
        Experiment[] both = [Held(Bolder), Held(Warier with { Plan = Warier.Plan with { Share = 1 } })];
        var untouched = Enumerable.Range(0, Viewers).Where(viewer => Assignment.Of(both[0], viewer, Chance) is null).ToArray();

        Near(untouched.Length, 0.05);
        untouched.ShouldAllBe(viewer => Assignment.Of(both[1], viewer, Chance) == null);
        untouched.ShouldAllBe(viewer => Assignment.IsHeldOut(viewer, 0.1, Chance), "a greater hold-out holds the smaller one");

        static Experiment Held(Experiment experiment) => experiment with { Terms = experiment.Terms with { HoldOutShare = 0.05 } };
    }

    [Fact]
    public void Rules_AreThoseInForceWithWhatTheTreatmentsChange_MadeOncePerCombination()
    {
        var arms = new ArmRules(Rules, [Bolder, Warier], Chance);
        for (var viewer = 0; viewer < 200; viewer++)
        {
            var (rules, enrolments) = arms.Of(viewer, Given.Now);
            rules.Feed.Optimism.ShouldBe(Treated(Bolder) ? 2 : Rules.Feed.Optimism);
            rules.Feed.SkipPenalty.ShouldBe(Treated(Warier) ? 4 : Rules.Feed.SkipPenalty);
            (rules with { Feed = Rules.Feed }).Version.ShouldBe(Rules.Version, "nothing else is changed");
            rules.ShouldBeSameAs(arms.Of(viewer, Given.Now.AddDays(3)).Rules);
            enrolments!.Value.ShouldContain(new Enrolment(Bolder.Id, Treated(Bolder) ? Arm.Treatment : Arm.Control));

            bool Treated(Experiment experiment) => Assignment.Of(experiment, viewer, Chance) == Arm.Treatment;
        }
    }

    [Fact]
    public void Rules_AreThoseInForceBeforeAndAfter()
    {
        var timed = Bolder with { Plan = Bolder.Plan with { From = Given.Now, Until = Given.Now.AddHours(1) } };
        var arms = new ArmRules(Rules, [timed], Chance);
        var treated = Enumerable.Range(0, 100).First(viewer => Assignment.Of(timed, viewer, Chance) == Arm.Treatment);

        arms.Of(treated, Given.Now.AddSeconds(-1)).ShouldBe(new UnitRules(Rules, null));
        arms.Of(treated, Given.Now).Rules.Feed.Optimism.ShouldBe(2);
        arms.Of(treated, Given.Now.AddHours(1)).ShouldBe(new UnitRules(Rules, null));
    }

    [Fact]
    public void WhereTheRulesInForceLeaveNoRoomForATreatment_NobodyTakesPart()
    {
        var easier = Trying.Experiment(3, Trying.Plan with { Unit = ExperimentUnit.Video, Rules = Trying.Document("""{ "gate": { "widen_at": 0.6 } }""") });
        var stricter = Rules with { Gate = Rules.Gate with { PauseAt = 0.65 } };

        var (loose, tight) = (new ArmRules(Rules, [easier], Chance), new ArmRules(stricter, [easier], Chance));

        Enumerable.Range(0, 100).Count(video => loose.Of(video, Given.Now).Enrolments is not null).ShouldBeGreaterThan(90);
        Enumerable.Range(0, 100).Count(video => tight.Of(video, Given.Now).Enrolments is not null).ShouldBe(0);
    }

    [Fact]
    public void Of_CostsAPageNextToNothing()
    {
        var none = new ArmRules(Rules, [], Chance);
        var eight = new ArmRules(Rules, [.. Enumerable.Range(1, 8).Select(id => Trying.Experiment(id))], Chance);
        for (var viewer = 0; viewer < 100; viewer++) eight.Of(viewer, Given.Now);

        Allocated(() => eight.Of(7, Given.Now)).ShouldBeLessThanOrEqualTo(512, "eight experiments");
        Allocated(() => none.Of(7, Given.Now)).ShouldBe(0, "none");

        static long Allocated(Action act)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            act();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static void Near(int count, double share) => count.ShouldBeInRange((int)((share - 0.015) * Viewers), (int)((share + 0.015) * Viewers));
}
