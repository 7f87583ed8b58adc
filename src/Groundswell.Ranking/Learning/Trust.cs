using System.Runtime.InteropServices;

namespace Groundswell.Ranking.Learning;

/// <summary>
/// How far each <see cref="Head"/> is believed against the effects alone: the posterior odds of the two, given what both
/// predicted so far (Bayesian model averaging; Hoeting et al., 1999). A head that has seen little guesses, and whoever ranks by
/// its guesses shows the wrong videos just when every view counts.
/// </summary>
internal sealed class Trust
{
    /// <summary>Log-odds before any view: one in eight.</summary>
    private const float Prior = -2;

    /// <summary>Beyond these odds, e²⁰, nothing changes; within them a head that has failed can win back what it lost.</summary>
    private const float Most = 20;

    private readonly float[] _lead;

    public Trust(int outcomes) => _lead = new float[outcomes];

    private Trust(float[] lead) => _lead = lead;

    /// <summary>As it is now, for readers beside its writer.</summary>
    public Trust Copy() => new([.. _lead]);

    /// <summary>Log-odds of both together.</summary>
    public float Mix(Outcome outcome, float effects, float head) => effects + (Logistic.Of(Prior + _lead[(int)outcome]) * (head - effects));

    public void Learn(Outcome outcome, float effects, float head, bool happened) =>
        _lead[(int)outcome] = Math.Clamp(_lead[(int)outcome] + Logistic.Loss(effects, happened) - Logistic.Loss(head, happened), -Most, Most);

    public void Save(BinaryWriter to) => to.Write(MemoryMarshal.AsBytes(_lead.AsSpan()));

    public void Load(BinaryReader from) => from.ReadExactly(MemoryMarshal.AsBytes(_lead.AsSpan()));
}
