using System.Collections.Immutable;

namespace Groundswell.Core.Duplicates;

/// <summary>When an upload counts as a copy of a known video.</summary>
public sealed record DuplicateRules
{
    /// <summary>
    /// Most bits of 64 in which the hashes of one frame may differ, 0 to 31. Default 8, measured: recoded, resized,
    /// letterboxed, captioned, mirrored and trimmed copies stay below it; crops of a tenth do not, and are missed at 10 too;
    /// at 10 a fifth of the pairs of different clips of one person in one room match, at 8 fewer than a tenth. Other pairs
    /// of different videos matched at neither.
    /// </summary>
    public int MaxDistance { get; init; } = 8;

    /// <summary>
    /// Least share of the upload's informative frames that must match, above 0 to 1. Default 0.75: a copy of the middle
    /// three quarters of a longer video still counts, a video that quotes another for half of its length does not.
    /// </summary>
    public double MinMatchedShare { get; init; } = 0.75;

    /// <summary>Fewer informative frames than this prove nothing, 1 to 16. Default 3: with fewer, one title card would decide.</summary>
    public int MinInformativeFrames { get; init; } = 3;

    /// <summary>
    /// Videos whose lengths differ by more than this factor are not compared, 1 to 16. Default 4: of 16 frames of the longer
    /// one, an excerpt below a quarter holds fewer than four.
    /// </summary>
    public double MaxDurationRatio { get; init; } = 4;

    /// <summary>These rules, when every one lies in its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A rule lies outside its range; the message names it.</exception>
    public DuplicateRules Checked()
    {
        Require(MaxDistance is >= 0 and <= 31, MaxDistance, nameof(MaxDistance));
        Require(MinMatchedShare is > 0 and <= 1, MinMatchedShare, nameof(MinMatchedShare));
        Require(MinInformativeFrames is >= 1 and <= Fingerprint.Frames, MinInformativeFrames, nameof(MinInformativeFrames));
        Require(MaxDurationRatio is >= 1 and <= 16, MaxDurationRatio, nameof(MaxDurationRatio));
        return this;
    }

    private static void Require(bool inRange, object value, string name)
    {
        if (!inRange) throw new ArgumentOutOfRangeException(name, value, $"{name} is outside its range.");
    }
}

/// <summary>A video to compare with.</summary>
/// <param name="DurationMs">Length in milliseconds.</param>
public sealed record KnownVideo(VideoId Video, Fingerprint Fingerprint, int DurationMs);

/// <summary>Whether an upload is a copy.</summary>
public abstract record DuplicateVerdict
{
    private DuplicateVerdict() { }

    /// <summary>No known video matched well enough.</summary>
    /// <param name="NearestShare">The highest matched share among the videos compared; 0 where none was.</param>
    public sealed record Original(double NearestShare) : DuplicateVerdict;

    /// <summary>The upload is a copy, whole or in part, of a known video.</summary>
    /// <param name="Video">The video it matches best.</param>
    /// <param name="MatchedShare">Share of the upload's informative frames that match.</param>
    /// <param name="MeanDistance">Mean distance in bits over the matched frames.</param>
    /// <param name="IsMirrored">Whether left and right are exchanged.</param>
    public sealed record DuplicateOf(VideoId Video, double MatchedShare, double MeanDistance, bool IsMirrored) : DuplicateVerdict;
}

/// <summary>
/// Compares an upload with known videos, frame by frame in time order, also mirrored. Frames without information are left
/// out on both sides. Pure.
/// </summary>
public static class DuplicateJudge
{
    /// <summary>
    /// The best match that clears the rules, or that there is none. Best is the highest matched share, then the lowest mean
    /// distance, then the lowest video id.
    /// </summary>
    /// <param name="known">Videos that the upload may be a copy of; the order does not matter.</param>
    /// <param name="durationMs">Length of the upload in milliseconds.</param>
    public static DuplicateVerdict Judge(Fingerprint upload, IReadOnlyList<KnownVideo> known, int durationMs, DuplicateRules rules)
    {
        var frames = InformativeHashes(upload);
        if (frames.Length < rules.MinInformativeFrames) return new DuplicateVerdict.Original(NearestShare: 0);
        var mirrored = InformativeHashes(upload.Mirrored());
        DuplicateVerdict.DuplicateOf? best = null;
        foreach (var candidate in known)
        {
            if (!AreComparable(durationMs, candidate.DurationMs, rules)) continue;
            var hashes = InformativeHashes(candidate.Fingerprint);
            if (hashes.Length < rules.MinInformativeFrames) continue;
            best = Better(best, Match(candidate.Video, Align(frames, hashes, rules.MaxDistance), frames.Length, isMirrored: false));
            best = Better(best, Match(candidate.Video, Align(mirrored, hashes, rules.MaxDistance), frames.Length, isMirrored: true));
        }
        return best is not null && best.MatchedShare >= rules.MinMatchedShare
            ? best
            : new DuplicateVerdict.Original(best?.MatchedShare ?? 0);
    }

    private static ImmutableArray<ulong> InformativeHashes(Fingerprint fingerprint) =>
        [.. fingerprint.FrameHashes.Where((_, frame) => fingerprint.Informative[frame])];

    private static bool AreComparable(int left, int right, DuplicateRules rules) =>
        Math.Max(left, right) <= rules.MaxDurationRatio * Math.Min(left, right);

    private static DuplicateVerdict.DuplicateOf Match(VideoId video, Alignment alignment, int frames, bool isMirrored) => new(
        video,
        (double)alignment.Matched / frames,
        alignment.Matched == 0 ? 64 : (double)alignment.Distance / alignment.Matched,
        isMirrored);

    private static DuplicateVerdict.DuplicateOf Better(DuplicateVerdict.DuplicateOf? best, DuplicateVerdict.DuplicateOf next)
    {
        if (best is null) return next;
        var order = next.MatchedShare.CompareTo(best.MatchedShare);
        if (order == 0) order = best.MeanDistance.CompareTo(next.MeanDistance);
        if (order == 0) order = best.Video.Value.CompareTo(next.Video.Value);
        return order > 0 ? next : best;
    }

    /// <summary>Frames of the upload that found a match, and the sum of their distances.</summary>
    private readonly record struct Alignment(int Matched, int Distance)
    {
        public static Alignment Best(Alignment left, Alignment right) =>
            left.Matched != right.Matched ? (left.Matched > right.Matched ? left : right)
            : left.Distance <= right.Distance ? left : right;
    }

    /// <summary>
    /// The most frames of the upload that match frames of the known video in nondecreasing time order, at the least total
    /// distance: dynamic programming over (upload frame, last known frame used), as for a longest common subsequence.
    /// </summary>
    private static Alignment Align(ImmutableArray<ulong> upload, ImmutableArray<ulong> known, int maxDistance)
    {
        // best[j]: the best alignment of the frames so far whose last match is at or before known frame j.
        Span<Alignment> best = stackalloc Alignment[known.Length];
        foreach (var hash in upload)
        {
            var earlier = default(Alignment);
            for (var j = 0; j < known.Length; j++)
            {
                var distance = Fingerprint.Distance(hash, known[j]);
                var extended = distance <= maxDistance ? new Alignment(best[j].Matched + 1, best[j].Distance + distance) : best[j];
                earlier = best[j] = Alignment.Best(earlier, extended);
            }
        }
        return best[^1];
    }
}
