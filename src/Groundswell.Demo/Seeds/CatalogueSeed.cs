using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Core.Duplicates;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Core.Videos;

namespace Groundswell.Demo.Seeds;

/// <summary>
/// A catalogue without media work, for benchmarks and tests: the ledger entries of videos that went from upload to a stage,
/// each mostly of one genre, with a content vector near its genre's. The same seed gives the same catalogue.
/// </summary>
public sealed class CatalogueSeed(Taxonomy taxonomy, ulong seed)
{
    private static readonly VideoStage[] ToTesting = [VideoStage.Uploaded, VideoStage.Processed, VideoStage.Reviewed, VideoStage.Testing];
    private readonly Chance _chance = new Chance(seed).For("catalogue");

    public VideoId Id(int number) => new((long)(_chance.For("id").For(number).Bits() >> 1));

    /// <summary>The creator of a video: one for each eight.</summary>
    public CreatorId Creator(int number) => new((long)(_chance.For("creator").For(number / 8).Bits() >> 1));

    /// <summary>The entries of one video, from its upload to <see cref="VideoStage.Testing"/> and on to Open where asked.</summary>
    /// <param name="genre">Index in the taxonomy; null draws one.</param>
    public IEnumerable<LedgerEntry> Video(int number, DateTimeOffset at, bool open, int? genre = null, int durationMs = 8000)
    {
        var of = genre ?? _chance.For("genre").For(number).Below(taxonomy.Count);
        var (id, creator) = (Id(number), Creator(number));
        yield return new VideoUploaded(
            at, id, creator, $"creator-{number / 8}", $"{taxonomy[of].Title}, clip {number}", [taxonomy[of].Words[0]], null, $"seed-{number}.mp4", 1_000_000);
        yield return new VideoProcessed(at, id, creator, new MediaFacts(durationMs, 432, 768, true, "mp4", "h264", "aac", 24, 0, 1_000_000), Analysis(number, of));
        for (var step = 1; step < ToTesting.Length; step++)
            yield return new VideoMoved(at, id, creator, ToTesting[step - 1], ToTesting[step], 0, Reason.Of(ReasonCode.MachinePassed), "seed");
        if (open) yield return new VideoMoved(at, id, creator, VideoStage.Testing, VideoStage.Open, 0, Reason.Of(ReasonCode.GateCleared), "seed");
    }

    private ContentAnalysis Analysis(int number, int genre)
    {
        var evidence = new float[taxonomy.Count];
        evidence[genre] = 0.85f;
        evidence[(genre + 1) % taxonomy.Count] += 0.15f;
        return new ContentAnalysis(
            new VisualFeatures(0.5f, 0.2f, 0.5f, [.. Enumerable.Repeat(1f / 12, 12)], 0.1f, 6, 0, 0, 0, 0.2f), null,
            new TextFeatures([], [taxonomy[genre].Words[0]], []), Vector(number, genre), GenreMix.FromEvidence(evidence),
            new Fingerprint([.. Enumerable.Range(0, Fingerprint.Frames).Select(frame => _chance.For("hash").For(number).For(frame).Bits())], [.. Enumerable.Repeat(true, Fingerprint.Frames)]),
            "seed");
    }

    private ImmutableArray<float> Vector(int number, int genre)
    {
        var vector = new float[ContentAnalysis.VectorLength];
        for (var i = 0; i < vector.Length; i++)
            vector[i] = (float)(_chance.For("centre").For(genre).For(i).Normal() + (0.6 * _chance.For("own").For(number).For(i).Normal()));
        var norm = MathF.Sqrt(vector.Sum(x => x * x));
        return [.. vector.Select(x => x / norm)];
    }
}
