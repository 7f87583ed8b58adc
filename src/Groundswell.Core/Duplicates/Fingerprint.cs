using System.Collections.Immutable;
using System.Numerics;

namespace Groundswell.Core.Duplicates;

/// <summary>
/// A perceptual fingerprint of a video: one 64-bit hash for each of a fixed number of frames, sampled evenly in time.
/// Near frames differ in few bits.
/// </summary>
/// <param name="FrameHashes">Hashes in time order.</param>
/// <param name="Informative">For each frame, whether it has enough detail for its hash to mean anything (a plain colour has not).</param>
public sealed record Fingerprint(ImmutableArray<ulong> FrameHashes, ImmutableArray<bool> Informative)
{
    public const int Frames = 16;

    public static int Distance(ulong left, ulong right) => BitOperations.PopCount(left ^ right);
}
