using System.Collections.Immutable;
using System.Numerics;

namespace Groundswell.Core.Duplicates;

/// <summary>
/// A perceptual fingerprint of a video: one 64-bit hash for each of a fixed number of frames, sampled evenly in time.
/// Near frames differ in few bits. Bit 8v + u is the sign of the cosine coefficient of horizontal frequency u + 1 and
/// vertical frequency v + 1.
/// </summary>
/// <param name="FrameHashes">Hashes in time order.</param>
/// <param name="Informative">For each frame, whether it has enough detail for its hash to mean anything (a plain colour has not).</param>
public sealed record Fingerprint(ImmutableArray<ulong> FrameHashes, ImmutableArray<bool> Informative)
{
    public const int Frames = 16;

    /// <summary>The bits of odd horizontal frequency: cosines that change sign when left and right change places.</summary>
    private const ulong OddColumns = 0x5555_5555_5555_5555;

    public static int Distance(ulong left, ulong right) => BitOperations.PopCount(left ^ right);

    /// <summary>The fingerprint of the same video with left and right exchanged.</summary>
    public Fingerprint Mirrored() => this with { FrameHashes = [.. FrameHashes.Select(hash => hash ^ OddColumns)] };
}
