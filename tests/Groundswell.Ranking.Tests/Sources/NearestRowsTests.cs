using CsCheck;
using Groundswell.Ranking.Sources;

namespace Groundswell.Ranking.Tests.Sources;

public class NearestRowsTests
{
    /// <summary>Few different scores, so that many tie.</summary>
    private static readonly Gen<float[]> Scores = Gen.Int[0, 9].Select(score => score / 4f).Array[0, 60];

    [Fact]
    public void Rows_AreThoseThatSortingAllWouldPutFirst() => Gen.Select(Scores, Gen.Int[1, 70]).Sample((scores, most) =>
    {
        var nearest = new NearestRows(most);
        for (var row = 0; row < scores.Length; row++) nearest.Offer(row, scores[row]);

        var sorted = Enumerable.Range(0, scores.Length).OrderByDescending(row => scores[row]).ThenBy(row => row).Take(most);
        nearest.Rows.Order().ShouldBe(sorted.Order());
    });

    [Fact]
    public void Wants_SaysBeforehandWhetherARowWouldBeTaken() => Gen.Select(Scores, Gen.Int[1, 20]).Sample((scores, most) =>
    {
        var nearest = new NearestRows(most);
        for (var row = 0; row < scores.Length; row++)
        {
            var wanted = nearest.Wants(scores[row]);
            nearest.Offer(row, scores[row]);
            nearest.Rows.Contains(row).ShouldBe(wanted);
        }
    });
}
