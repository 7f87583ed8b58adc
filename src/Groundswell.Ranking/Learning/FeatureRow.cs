using System.Runtime.Intrinsics;

namespace Groundswell.Ranking.Learning;

/// <summary>
/// What the model saw when it predicted, kept until it is known what followed: keys of the effects, the dense inputs as
/// of then, and what came of it. Learning from features looked up later would let what followed leak into them.
/// </summary>
public sealed class FeatureRow
{
    /// <summary>Dense inputs, rounded up to whole vectors; what is not filled stays 0.</summary>
    internal const int Inputs = 64;

    internal readonly float[] Dense = new float[Inputs];
    internal readonly float[] Probabilities = new float[8];
    internal readonly ulong[] PopulationKeys = new ulong[EffectGroups.Population + EffectGroups.Traits - 1];
    internal readonly EffectGroup[] PopulationGroups = new EffectGroup[EffectGroups.Population + EffectGroups.Traits - 1];
    internal readonly ulong[] ViewerKeys = new ulong[EffectGroups.OfViewer];
    internal Vector256<float> VideoVariance;
    internal int Population;
    internal int Minute;
    internal ulong VideoKey, ViewerKey, PairKey;
}
