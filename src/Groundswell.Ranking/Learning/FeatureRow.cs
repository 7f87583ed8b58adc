using System.Runtime.InteropServices;
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

    /// <summary>Log-odds that the heads gave.</summary>
    internal readonly float[] ByHead = new float[8];

    /// <summary>One of each group, but several traits and hashtags.</summary>
    internal const int MostPopulation = EffectGroups.Population + EffectGroups.Traits + EffectGroups.Hashtags - 2;

    internal readonly ulong[] PopulationKeys = new ulong[MostPopulation];
    internal readonly EffectGroup[] PopulationGroups = new EffectGroup[MostPopulation];
    internal readonly ulong[] ViewerKeys = new ulong[EffectGroups.OfViewer];
    internal Vector256<float> VideoVariance;
    internal int Population;
    internal int Minute;
    internal double Seconds;
    internal ulong VideoKey, ViewerKey, PairKey;

    internal void Save(BinaryWriter to)
    {
        to.Write(MemoryMarshal.AsBytes(Dense.AsSpan()));
        to.Write(MemoryMarshal.AsBytes(Probabilities.AsSpan()));
        to.Write(MemoryMarshal.AsBytes(ByHead.AsSpan()));
        to.Write(MemoryMarshal.AsBytes(PopulationKeys.AsSpan()));
        to.Write(MemoryMarshal.AsBytes(PopulationGroups.AsSpan()));
        to.Write(MemoryMarshal.AsBytes(ViewerKeys.AsSpan()));
        to.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<Vector256<float>>(in VideoVariance)));
        to.Write(Population);
        to.Write(Minute);
        to.Write(Seconds);
        to.Write(VideoKey);
        to.Write(ViewerKey);
        to.Write(PairKey);
    }

    internal void Load(BinaryReader from)
    {
        from.ReadExactly(MemoryMarshal.AsBytes(Dense.AsSpan()));
        from.ReadExactly(MemoryMarshal.AsBytes(Probabilities.AsSpan()));
        from.ReadExactly(MemoryMarshal.AsBytes(ByHead.AsSpan()));
        from.ReadExactly(MemoryMarshal.AsBytes(PopulationKeys.AsSpan()));
        from.ReadExactly(MemoryMarshal.AsBytes(PopulationGroups.AsSpan()));
        from.ReadExactly(MemoryMarshal.AsBytes(ViewerKeys.AsSpan()));
        from.ReadExactly(MemoryMarshal.AsBytes(new Span<Vector256<float>>(ref VideoVariance)));
        Population = from.ReadInt32();
        Minute = from.ReadInt32();
        Seconds = from.ReadDouble();
        VideoKey = from.ReadUInt64();
        ViewerKey = from.ReadUInt64();
        PairKey = from.ReadUInt64();
    }
}
