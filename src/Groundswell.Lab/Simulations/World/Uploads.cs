using System.Collections.Immutable;
using System.Numerics.Tensors;
using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Core.Duplicates;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Core.Videos;

namespace Groundswell.Lab.Simulations.World;

/// <summary>
/// The journal of an upload that was analysed and reviewed before it reaches the simulated engine: the same entries, in the
/// same order, as the upload pipeline appends for a clean video. What analysis saw agrees with what the video is, but not quite.
/// </summary>
internal sealed class Uploads(Taxonomy taxonomy, Chance chance)
{
    /// <summary>Share of a genre mix that analysis gets wrong, and length of the part of a content vector that no genre explains. Judgements.</summary>
    private const float Misread = 0.2f, Own = 0.6f;

    private static readonly Fingerprint SameForAll = new(
        [.. Enumerable.Range(1, Fingerprint.Frames).Select(frame => (ulong)frame * 0x9E3779B97F4A7C15)], [.. Enumerable.Repeat(true, Fingerprint.Frames)]);

    private static readonly VisualFeatures Picture = new(0.5f, 0.2f, 0.5f, [.. Enumerable.Repeat(1f / 12, 12)], 0.1f, 6, 0, 0, 0, 0.2f);
    private static readonly AudioFeatures Sound = new(-18, -1, 0.1f, [.. Enumerable.Repeat(1f / 8, 8)], 2);

    private readonly Chance _chance = chance.For("analysis");
    private readonly float[][] _directions = [.. Enumerable.Range(0, taxonomy.Count).Select(genre => Unit(chance.For("direction").For(genre)))];

    public IEnumerable<LedgerEntry> Journal(HiddenVideo video, string creatorName, DateTimeOffset at)
    {
        ImmutableArray<string> tags = video.Topic is { } topic ? [taxonomy[video.Genres[0].Genre].Name, Topics.Tag(topic)] : [taxonomy[video.Genres[0].Genre].Name];
        yield return new VideoUploaded(at, video.Id, video.Creator, creatorName, "", tags, null, "", 0);
        yield return new VideoProcessed(at, video.Id, video.Creator, new MediaFacts(video.DurationMs, 432, 768, true, "mp4", "h264", "aac", 30, 0, 0), Analysed(video, tags));
        yield return Moved(VideoStage.Uploaded, VideoStage.Processed, ReasonCode.MediaReady);
        yield return Moved(VideoStage.Processed, VideoStage.Reviewed, ReasonCode.MachinePassed);
        yield return Moved(VideoStage.Reviewed, VideoStage.Testing, ReasonCode.NoDuplicate);

        VideoMoved Moved(VideoStage from, VideoStage to, ReasonCode why) => new(at, video.Id, video.Creator, from, to, 0, Reason.Of(why), "machine");
    }

    private ContentAnalysis Analysed(HiddenVideo video, ImmutableArray<string> tags)
    {
        var key = _chance.For(video.Id.Value);
        var mix = new float[taxonomy.Count];
        foreach (var (genre, weight) in video.Genres) mix[genre] += (1 - Misread) * weight;
        mix[key.For("misread").Below(taxonomy.Count)] += Misread;
        var vector = Unit(key.For("vector"));
        TensorPrimitives.Multiply(vector, Own, vector);
        for (var genre = 0; genre < mix.Length; genre++)
            for (var i = 0; i < vector.Length && mix[genre] > 0; i++) vector[i] += mix[genre] * _directions[genre][i];
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return new ContentAnalysis(Picture, Sound, new TextFeatures([], tags, []), [.. vector], GenreMix.FromEvidence(mix), SameForAll, "simulated");
    }

    private static float[] Unit(Chance key)
    {
        var vector = new float[ContentAnalysis.VectorLength];
        for (var i = 0; i < vector.Length; i++) vector[i] = (float)key.For(i).Normal();
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }
}
