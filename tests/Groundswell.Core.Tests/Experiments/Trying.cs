using System.Text.Json;
using Groundswell.Core.Experiments;
using Groundswell.Core.Ledger;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Experiments;

/// <summary>Experiments as an operator would start them.</summary>
internal static class Trying
{
    public static ExperimentPlan Plan => new(
        "Bolder", ExperimentUnit.Viewer, Document("""{ "feed": { "optimism": 2 } }"""), 1, Given.Now, null, "More of what is little known keeps people curious");

    public static ReadingTerms Terms => new ExperimentRules(HoldOutShare: 0).TermsFor(ExperimentUnit.Viewer);

    public static ExperimentStarted Started(int id, ExperimentPlan? plan = null, ReadingTerms? terms = null) =>
        new(Given.Now, new ExperimentId(id), plan ?? Plan, terms ?? Terms, "ada");

    public static Experiment Experiment(int id, ExperimentPlan? plan = null, ReadingTerms? terms = null) => Core.Experiments.Experiment.Begin(Started(id, plan, terms));

    public static JsonElement Document(string json) => JsonSerializer.Deserialize<JsonElement>(json);
}
