using Groundswell.Core.Genres;
using Groundswell.Core.Videos;
using Groundswell.Media.Fingerprints;

namespace Groundswell.Media.Analysis;

/// <summary>Says what a video shows, sounds like and is captioned. Pure: the same samples and caption give the same analysis.</summary>
/// <param name="taxonomy">The genres of the installation.</param>
/// <param name="blocked">The terms of the installation's block list, as it is at the moment of an analysis.</param>
public sealed class ContentAnalyser(Taxonomy taxonomy, Func<BlockedTerms> blocked)
{
    /// <summary>To be raised with every change by which equal input gives other output.</summary>
    public const string Version = "1";

    private readonly GenreClassifier _genres = new(taxonomy);

    public ContentAnalyser(Taxonomy taxonomy, BlockedTerms blocked) : this(taxonomy, () => blocked)
    {
    }

    public ContentAnalysis Analyse(Samples samples, CaptionInput caption)
    {
        var visual = VisualAnalysis.Analyse(samples.Frames, samples.Luma);
        var audio = samples.Sound is { } sound ? AudioAnalysis.Analyse(sound) : null;
        var text = CaptionAnalysis.Analyse(caption, blocked());
        return new ContentAnalysis(
            visual,
            audio,
            text,
            ContentVector.Of(text, visual, audio),
            _genres.Classify(text),
            FrameHash.Fingerprint(samples.Frames),
            Version);
    }
}
