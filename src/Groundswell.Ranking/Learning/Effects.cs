using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Groundswell.Ranking.Learning;

/// <summary>Mean and variance in log-odds, one lane for each <see cref="Outcome"/>.</summary>
internal readonly record struct Belief(Vector256<float> Mean, Vector256<float> Variance);

/// <summary>
/// What each key adds to the log-odds of every outcome, as a normal belief. A view moves the beliefs of all its keys at once,
/// the less certain ones further, by assumed-density filtering (Graepel et al., Web-Scale Bayesian Click-Through Rate
/// Prediction, 2010) with the logistic's own curvature in place of the probit's: no learning rate is to be chosen.
/// </summary>
/// <param name="capacity">Keys; see <see cref="KeyedRows"/>.</param>
/// <param name="settling">How soon play outcomes count; explicit outcomes count at once.</param>
internal sealed class Effects(int capacity, Settling settling)
{
    private const int Lanes = 8;

    /// <summary>Share, comment, like: rare, explicit, and no matter of mood.</summary>
    private static readonly Vector256<float> AtOnce = Mask(1 << (int)Outcome.Share | 1 << (int)Outcome.Comment | 1 << (int)Outcome.Like);

    public KeyedRows Rows { get; } = new(capacity, (settling.AtOnce ? 2 : 4) * Lanes);

    /// <summary>All bits of the lanes of a set of outcomes.</summary>
    public static Vector256<float> Mask(int outcomes) =>
        (~Vector256.Equals(Vector256.Create(outcomes) & Vector256.Create(1, 2, 4, 8, 16, 32, 64, 128), Vector256<int>.Zero)).AsSingle();

    public Belief Read(ulong key, EffectGroup group, int minute)
    {
        var row = Rows.Find(key);
        if (row < 0) return new Belief(Vector256<float>.Zero, Vector256.Create(EffectGroups.PriorVariance(group)));
        var lanes = MemoryMarshal.Cast<float, Vector256<float>>(Rows[row]);
        return settling.AtOnce ? new Belief(lanes[0], lanes[1]) : Settled(lanes, settling.Share(minute - Rows.TouchedAt(row)));
    }

    /// <param name="gain">Σ of what the mean moves by for each unit of variance.</param>
    /// <param name="shrink">Σ of what the variance shrinks by for each unit of its square.</param>
    public void Learn(ulong key, EffectGroup group, int minute, Vector256<float> gain, Vector256<float> shrink)
    {
        var row = Rows.Claim(key, minute, out var isNew);
        var lanes = MemoryMarshal.Cast<float, Vector256<float>>(Rows[row]);
        if (isNew) lanes[1] = Vector256.Create(EffectGroups.PriorVariance(group));
        if (settling.AtOnce)
        {
            (lanes[0], lanes[1]) = Moved(lanes[0], lanes[1], gain * Undone(lanes[1], shrink), shrink);
        }
        else
        {
            if (settling.IsOver(minute - Rows.TouchedAt(row)))
            {
                (lanes[0], lanes[1]) = Settled(lanes, share: 1);
                lanes[2] = lanes[3] = Vector256<float>.Zero;
            }
            gain *= Undone(lanes[1], shrink);
            (lanes[0], lanes[1]) = Moved(lanes[0], lanes[1], gain & AtOnce, shrink & AtOnce);
            lanes[2] += Vector256.AndNot(gain, AtOnce);
            lanes[3] += Vector256.AndNot(shrink, AtOnce);
        }
        Rows.Touch(row, minute);
    }

    /// <summary>Moves the mean of a key by hand: where a model begins.</summary>
    public void Set(ulong key, EffectGroup group, Vector256<float> mean)
    {
        var lanes = MemoryMarshal.Cast<float, Vector256<float>>(Rows[Rows.Claim(key, 0, out _)]);
        (lanes[0], lanes[1]) = (mean, Vector256.Create(EffectGroups.PriorVariance(group)));
    }

    private static Belief Settled(ReadOnlySpan<Vector256<float>> lanes, float share)
    {
        var (mean, variance) = Moved(lanes[0], lanes[1], share * lanes[2], share * lanes[3]);
        return new Belief(mean, variance);
    }

    /// <summary>A filter's step goes by the variance before a view, and <see cref="Moved"/> by the one after all of them.</summary>
    private static Vector256<float> Undone(Vector256<float> variance, Vector256<float> shrink) => Vector256<float>.One + (variance * shrink);

    /// <summary>Variance v becomes v / (1 + v s), which for one view is v − v² s to first order and stays above 0 for any number of them.</summary>
    private static (Vector256<float> Mean, Vector256<float> Variance) Moved(Vector256<float> mean, Vector256<float> variance, Vector256<float> gain, Vector256<float> shrink)
    {
        var left = variance / (Vector256<float>.One + (variance * shrink));
        return (mean + (left * gain), left);
    }
}
