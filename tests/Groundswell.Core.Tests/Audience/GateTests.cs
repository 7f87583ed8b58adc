using CsCheck;
using Groundswell.Core.Audience;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Audience;

public class GateTests
{
    private const int Batch = 30;
    private static readonly ScorePrior Prior = new(4, 30, 5);
    private static readonly GateRules Rules = new();

    public static TheoryData<string, EvidenceTotals, GateDecision, bool> Verdicts => new()
    {
        { "nothing seen", default, GateDecision.Continue, false },
        { "clear, but fewer views than a third", Given.Views(9, 30), GateDecision.Continue, false },
        { "clear from a third on", Given.Views(10, 30), GateDecision.Widen, false },
        { "clearly below from a third on", Given.Views(10, 0), GateDecision.Pause, false },
        { "undecided at a batch", Mixed(30, 15), GateDecision.Continue, false },
        { "undecided at one view less than two batches", Mixed(59, 30), GateDecision.Continue, false },
        { "undecided at two batches, above", Mixed(60, 31), GateDecision.Widen, true },
        { "undecided at two batches, below", Mixed(60, 29), GateDecision.Pause, true },
        { "two batches shown, half of the plays never ended", Mixed(30, 15) with { Impressions = 60 }, GateDecision.Pause, true },
        { "two batches shown, hardly one ended", Given.Views(1, 0) with { Impressions = 60 }, GateDecision.Pause, true },
        { "clear at two batches", Given.Views(60, 18), GateDecision.Widen, false },
    };

    [Theory]
    [MemberData(nameof(Verdicts))]
    public void Judge_DecidesAsSoonAsItIsClearAndAtTwoBatchesAtTheLatest(string when, EvidenceTotals totals, GateDecision decision, bool final)
    {
        var verdict = Gate.Judge(totals, Prior, gate: 4, Batch, Rules);

        (verdict.Decision, verdict.Final).ShouldBe((decision, final), when);
        verdict.Score.ShouldBe(ScorePosterior.Of(totals, Prior));
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
            var verdict = Gate.Judge(totals, Prior, gate, batch, Rules);
            if (totals.Impressions >= 2 * batch) verdict.Decision.ShouldNotBe(GateDecision.Continue);
            else if (totals.Views < batch * Rules.LeastShare) verdict.Decision.ShouldBe(GateDecision.Continue);
        }, iter: 2000);

    /// <summary>So many views of which so many completed.</summary>
    private static EvidenceTotals Mixed(int views, int completed) => new(views, views, completed * 8, completed * 64);
}
