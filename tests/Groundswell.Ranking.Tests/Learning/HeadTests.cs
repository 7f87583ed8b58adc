using System.Runtime.InteropServices;
using Groundswell.Core.Chances;
using Groundswell.Ranking.Learning;

namespace Groundswell.Ranking.Tests.Learning;

public class HeadTests
{
    /// <summary>Fewer inputs than a vector holds, whole strips of columns, and some that are left over.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(37)]
    [InlineData(64)]
    public void Predict_DampsByTheVarianceOfTheWholeCovariance(int inputs)
    {
        var chance = new Chance(1).For(inputs);
        var head = new Head(new float[inputs], [.. Enumerable.Repeat(0.5f, inputs)]);
        for (var view = 0; view < 200; view++) head.Learn(Drawn(inputs, chance.For(view)), chance.For(view).For("happened").Hits(0.3));

        using var saved = new MemoryStream();
        head.Save(new BinaryWriter(saved));
        var numbers = MemoryMarshal.Cast<byte, float>(saved.ToArray()).ToArray();
        var (weights, covariance) = (numbers[..inputs], numbers[inputs..]);

        for (var view = 200; view < 220; view++)
        {
            var input = Drawn(inputs, chance.For(view));
            var (logOdds, variance) = (0.0, 0.0);
            for (var i = 0; i < inputs; i++)
            {
                logOdds += weights[i] * input[i];
                for (var j = 0; j < inputs; j++) variance += input[i] * covariance[(i * inputs) + j] * input[j];
            }
            head.Predict(input).ShouldBe(Logistic.Damped((float)logOdds, (float)variance), 1e-4f);
        }
    }

    private static float[] Drawn(int inputs, Chance chance) => [.. Enumerable.Range(0, inputs).Select(input => (float)chance.For("input").For(input).Normal())];
}
