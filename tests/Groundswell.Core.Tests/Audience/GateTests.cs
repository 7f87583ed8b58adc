using CsCheck;
using Groundswell.Core.Audience;
using Groundswell.Core.Chances;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Audience;

public class GateTests
{
    private const int Batch = 30;
    private const int Audience = 1_000_000;
    private static readonly ScorePrior Prior = new(4, 30, 5);
    private static readonly GateRules Rules = new();

    public static TheoryData<string, EvidenceTotals, GateDecision, bool> Verdicts => new()
    {
        { "nothing seen", default, GateDecision.Continue, false },
        { "clear, but fewer views than a first look", Given.Views(7, 30), GateDecision.Continue, false },
        { "clear from a first look on", Given.Views(8, 30), GateDecision.Widen, false },
        { "clearly below from a first look on", Given.Views(8, 0), GateDecision.Pause, false },
        { "undecided at a batch", Given.Completed(30, 15), GateDecision.Continue, false },
        { "undecided at one view less than two batches", Given.Completed(59, 30), GateDecision.Continue, false },
        { "undecided at two batches, above", Given.Completed(60, 31), GateDecision.Widen, true },
        { "undecided at two batches, below", Given.Completed(60, 29), GateDecision.Pause, true },
        { "two batches shown, half of the plays never ended", Given.Completed(30, 15) with { Impressions = 60 }, GateDecision.Pause, true },
        { "two batches shown, hardly one ended", Given.Views(1, 0) with { Impressions = 60 }, GateDecision.Pause, true },
        { "clear at two batches", Given.Views(60, 18), GateDecision.Widen, false },
    };

    [Theory]
    [MemberData(nameof(Verdicts))]
    public void Judge_DecidesAsSoonAsItIsClearAndAtTwoBatchesAtTheLatest(string when, EvidenceTotals totals, GateDecision decision, bool final)
    {
        var verdict = Gate.Judge(totals, Prior, gate: 4, Batch, Audience, Rules);

        (verdict.Decision, verdict.Final).ShouldBe((decision, final), when);
        verdict.Score.ShouldBe(ScorePosterior.Of(totals, Prior, Audience));
        verdict.Probability.ShouldBe(verdict.Score.ProbabilityAbove(4));
    }

    [Fact]
    public void Judge_NeverGoesOnBeyondTwiceTheBatch() =>
        (from batch in Gen.Int[12, 300]
         from impressions in Gen.Int[0, 700]
         from views in Gen.Int[0, 700]
         from each in Gen.Double[0, 30]
         from gate in Gen.Double[0, 12]
         select (batch, Given.Views(Math.Min(views, impressions), each) with { Impressions = impressions }, gate)).Sample(test =>
        {
            var (batch, totals, gate) = test;
            var verdict = Gate.Judge(totals, Prior, gate, batch, Audience, Rules);
            if (totals.Impressions >= 2 * batch) verdict.Decision.ShouldNotBe(GateDecision.Continue);
            else if (totals.Views < Rules.FirstLook(batch)) verdict.Decision.ShouldBe(GateDecision.Continue);
        }, iter: 2000);
    [Fact]
    public void Judge_WithoutTheSequentialTestHearsTheWholeBatchAndGoesByThePlainMean()
    {
        var whole = Rules with { Sequential = false };
        Gate.Judge(Given.Views(29, 30), Prior, 4, Batch, Audience, whole).Decision.ShouldBe(GateDecision.Continue);
        Gate.Judge(Given.Completed(30, 16), Prior, 4, Batch, Audience, whole).Decision.ShouldBe(GateDecision.Widen);
        Gate.Judge(Given.Completed(30, 15), Prior, 4, Batch, Audience, whole).Decision.ShouldBe(GateDecision.Pause);
        Gate.Judge(Given.Views(1, 0) with { Impressions = 60 }, Prior, 4, Batch, Audience, whole).Decision.ShouldBe(GateDecision.Pause);
    }

    [Fact]
    public void Judge_ErrsAsOftenAsItSaysWhereThePriorFits()
    {
        const ulong seed = 20261124;
        var chance = new Chance(seed);
        var (widened, wrongly, paused, missed) = (0, 0, 0, 0);
        for (var video = 0; video < 4000; video++)
        {
            // Completion rates around one half: points of one view have variance 16, their means variance 2.5.
            var rate = Math.Clamp(0.5 + (0.2 * chance.For(video).For("quality").Normal()), 0.02, 0.98);
            var prior = new ScorePrior(4, 16, 13.4 / 2.56);
            var seen = default(EvidenceTotals);
            var verdict = Gate.Judge(seen, prior, 4.5, Batch, Audience, Rules);
            for (var view = 0; verdict.Decision == GateDecision.Continue; view++)
            {
                seen += Given.Views(1, chance.For(video).For(view).Hits(rate) ? 8 : 0);
                verdict = Gate.Judge(seen, prior, 4.5, Batch, Audience, Rules);
            }
            if (verdict.Final) continue;
            if (verdict.Decision == GateDecision.Widen) { widened++; wrongly += 8 * rate <= 4.5 ? 1 : 0; }
            else { paused++; missed += 8 * rate > 4.5 ? 1 : 0; }
        }
        widened.ShouldBeGreaterThan(500);
        paused.ShouldBeGreaterThan(500);
        (wrongly / (double)widened).ShouldBeLessThanOrEqualTo(0.11, $"seed {seed}");
        (missed / (double)paused).ShouldBeLessThanOrEqualTo(0.11, $"seed {seed}");
    }
}
