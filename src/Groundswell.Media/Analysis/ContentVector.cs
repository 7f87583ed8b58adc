using System.Collections.Immutable;
using Groundswell.Core.Chances;
using Groundswell.Core.Videos;

namespace Groundswell.Media.Analysis;

/// <summary>
/// The content vector: 64 numbers of unit length, in two halves of equal weight.
/// <list type="table">
/// <item><term>0–31</term><description>words and hashtags by signed feature hashing (Weinberger et al., "Feature Hashing for
/// Large Scale Multitask Learning", 2009), hashtags counting double; all 0 without a caption</description></item>
/// <item><term>32–43</term><description>hue histogram</description></item>
/// <item><term>44–51</term><description>mean luma, luma deviation, saturation, motion, shots per minute (log), black share,
/// frozen share, edge density</description></item>
/// <item><term>52–55</term><description>has sound (±1), loudness, silence share, onsets per second; the last three 0 without
/// sound</description></item>
/// <item><term>56–63</term><description>shares of the eight frequency bands; 0 without sound</description></item>
/// </list>
/// Features are standardised by fixed means and deviations and cut at ±3, so that one video's vector never depends on others.
/// </summary>
public static class ContentVector
{
    private const int TextLength = 32;
    private const float HashtagWeight = 2;
    private const float Cut = 3;

    /// <summary>Fixes which dimension a word falls on; another value would make stored vectors incomparable.</summary>
    private static readonly Chance Hashing = new Chance(0).For("content vector");

    /// <summary>
    /// Usual value and deviation of a feature: measured over 27 openly licensed clips of a dozen kinds and rounded; those of
    /// cuts, black and still shares are wider than measured, since few of the clips have any.
    /// </summary>
    private readonly record struct Spread(float Mean, float Deviation)
    {
        public float Standardise(float value) => Math.Clamp((value - Mean) / Deviation, -Cut, Cut);
    }

    /// <summary>A flat histogram of 12 bins is 1/12 each; real ones spread about as much again.</summary>
    private static readonly Spread Hue = new(1 / 12f, 0.12f);
    private static readonly Spread Band = new(1 / 8f, 0.13f);
    private static readonly Spread MeanLuma = new(0.48f, 0.13f);
    private static readonly Spread LumaDeviation = new(0.21f, 0.04f);
    private static readonly Spread Saturation = new(0.28f, 0.18f);
    private static readonly Spread Motion = new(0.014f, 0.014f);
    private static readonly Spread LogShots = new(0.25f, 1f);
    private static readonly Spread Black = new(0f, 0.1f);
    private static readonly Spread Frozen = new(0.05f, 0.2f);
    private static readonly Spread Edges = new(0.04f, 0.016f);
    private static readonly Spread Loudness = new(-26f, 7f);
    private static readonly Spread Silence = new(0.03f, 0.2f);
    private static readonly Spread Onsets = new(1.2f, 1f);

    public static ImmutableArray<float> Of(TextFeatures text, VisualFeatures visual, AudioFeatures? audio)
    {
        var vector = new float[ContentAnalysis.VectorLength];
        HashText(text, vector.AsSpan(0, TextLength));
        Standardise(visual, audio).CopyTo(vector.AsSpan(TextLength));
        Normalise(vector.AsSpan(0, TextLength));
        Normalise(vector.AsSpan(TextLength));
        Normalise(vector);
        return [.. vector];
    }

    private static void HashText(TextFeatures text, Span<float> half)
    {
        foreach (var word in text.Words) Add("word:" + word, 1, half);
        foreach (var hashtag in text.Hashtags)
        {
            Add("tag:" + hashtag, 1, half);
            // A hashtag is also a word, so that "#dog" and "dog" are near.
            Add("word:" + hashtag, HashtagWeight - 1, half);
        }
    }

    private static void Add(string feature, float weight, Span<float> half)
    {
        var bits = Hashing.For(feature).Bits();
        half[(int)(bits % TextLength)] += bits >> 63 == 0 ? weight : -weight;
    }

    private static float[] Standardise(VisualFeatures visual, AudioFeatures? audio) =>
    [
        .. visual.HueHistogram.Select(Hue.Standardise),
        MeanLuma.Standardise(visual.MeanLuma),
        LumaDeviation.Standardise(visual.LumaDeviation),
        Saturation.Standardise(visual.Saturation),
        Motion.Standardise(visual.Motion),
        LogShots.Standardise(MathF.Log(1 + visual.ShotsPerMinute)),
        Black.Standardise(visual.BlackShare),
        Frozen.Standardise(visual.FrozenShare),
        Edges.Standardise(visual.EdgeDensity),
        .. audio is null ? NoSound : SoundOf(audio),
    ];

    private static readonly ImmutableArray<float> NoSound = [-1, .. new float[11]];

    private static ImmutableArray<float> SoundOf(AudioFeatures audio) =>
    [
        1,
        Loudness.Standardise(audio.LoudnessLufs),
        Silence.Standardise(audio.SilenceShare),
        Onsets.Standardise(audio.OnsetsPerSecond),
        .. audio.BandShares.Select(Band.Standardise),
    ];

    private static void Normalise(Span<float> values)
    {
        var squares = 0f;
        foreach (var value in values) squares += value * value;
        if (squares == 0) return;
        var length = MathF.Sqrt(squares);
        foreach (ref var value in values) value /= length;
    }
}
