using Groundswell.Core.Experiments;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Experiments;

public class ExperimentDeskTests
{
    private static readonly Rules Rules = new();

    public static TheoryData<string, ExperimentPlan> Plans => new()
    {
        { "", Trying.Plan },
        { "", Trying.Plan with { Until = Given.Now.AddDays(90), Share = ExperimentDesk.LeastShare } },
        { "name", Trying.Plan with { Name = " " } },
        { "name", Trying.Plan with { Name = new string('x', ExperimentDesk.LongestName + 1) } },
        { "why", Trying.Plan with { Why = "" } },
        { "share", Trying.Plan with { Share = 0 } },
        { "share", Trying.Plan with { Share = 1.1 } },
        { "share", Trying.Plan with { Share = double.NaN } },
        { "until", Trying.Plan with { Until = Given.Now } },
        { "until", Trying.Plan with { Until = Given.Now.AddDays(91) } },
        { "rules", Trying.Plan with { Rules = default } },
        { "rules", Trying.Plan with { Rules = Trying.Document("{}") } },
        { "rules", Trying.Plan with { Rules = Trying.Document("""{ "feed": { "optimism": 1 } }""") } },
        { "rules.feed.optimism", Trying.Plan with { Rules = Trying.Document("""{ "feed": { "optimism": 6 } }""") } },
        { "rules.feed.optimsm", Trying.Plan with { Rules = Trying.Document("""{ "feed": { "optimsm": 2 } }""") } },
        { "rules.points.like", Trying.Plan with { Rules = Trying.Document("""{ "points": { "like": 3 } }""") } },
        { "rules.feed.page_default", Trying.Plan with { Rules = Trying.Document("""{ "feed": { "page_default": 6 } }""") } },
        { "name why", Trying.Plan with { Name = "", Why = "" } },
    };

    [Theory]
    [MemberData(nameof(Plans))]
    public void ToStart_NamesEveryFieldThatIsNotRight(string fields, ExperimentPlan plan) =>
        string.Join(' ', ExperimentDesk.ToStart(plan, [], Rules, Given.Now).Select(objection => objection.Field)).ShouldBe(fields);

    [Fact]
    public void ToStart_NoTwoOfOneNameNorOnOneRule_AndNoMoreThanMayRun()
    {
        Experiment[] alive = [Trying.Experiment(1)];
        Fields(Trying.Plan with { Name = "bolder", Rules = Trying.Document("""{ "feed": { "skip_penalty": 4 } }""") }).ShouldBe(["name"]);
        Fields(Trying.Plan with { Name = "Other" }).ShouldBe(["rules.feed.optimism"]);
        Fields(Trying.Plan with { Name = "Other", Rules = Trying.Document("""{ "feed": { "skip_penalty": 4 } }""") }).ShouldBeEmpty();
        ExperimentDesk.ToStart(Trying.Plan with { Name = "Other", Rules = Trying.Document("""{ "feed": { "skip_penalty": 4 } }""") }, alive, Rules with { Experiments = new(MostRunning: 1) }, Given.Now)
            .ShouldHaveSingleItem().Sentence.ShouldContain("At most 1");

        IEnumerable<string> Fields(ExperimentPlan plan) => ExperimentDesk.ToStart(plan, alive, Rules, Given.Now).Select(objection => objection.Field);
    }

    [Fact]
    public void Status_SaysWhetherItRuns()
    {
        var experiment = Trying.Experiment(1, Trying.Plan with { From = Given.Now.AddHours(1), Until = Given.Now.AddDays(1) });
        experiment.Status(Given.Now).ShouldBe(ExperimentStatus.Waiting);
        experiment.Status(Given.Now.AddHours(1)).ShouldBe(ExperimentStatus.Running);
        experiment.Status(Given.Now.AddDays(1)).ShouldBe(ExperimentStatus.Over);
        experiment.Stop(new(Given.Now, experiment.Id, StopCause.Operator, null, "enough", "ada")).Status(Given.Now.AddHours(1)).ShouldBe(ExperimentStatus.Stopped);
    }
}
