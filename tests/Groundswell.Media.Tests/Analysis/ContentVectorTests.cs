using System.Collections.Immutable;
using Groundswell.Core.Videos;
using Groundswell.Media.Analysis;

namespace Groundswell.Media.Tests.Analysis;

public class ContentVectorTests
{
    private static readonly VisualFeatures Bright = VisualAnalysis.Analyse([TestFrames.Flat(250, 200, 30)], TestFrames.Luma(30, 30, (_, _, _) => 200));
    private static readonly VisualFeatures Dark = VisualAnalysis.Analyse([TestFrames.Flat(10, 10, 60)], TestFrames.Luma(30, 30, (frame, _, _) => frame));
    private static readonly AudioFeatures Tone = AudioAnalysis.Analyse(TestFrames.Sound(1, time => 0.5 * Math.Sin(2 * Math.PI * 440 * time)));

    [Fact]
    public void Of_HasUnitLengthWithAndWithoutTextAndSound()
    {
        foreach (var vector in (ImmutableArray<float>[])[Of("a dog", Bright, Tone), Of("", Bright, Tone), Of("", Bright, null)])
        {
            vector.Length.ShouldBe(ContentAnalysis.VectorLength);
            Dot(vector, vector).ShouldBe(1, 1e-5);
        }
    }

    [Fact]
    public void Of_BringsVideosOfOneSubjectTogether()
    {
        var dog = Of("our dog plays #dog", Bright, null);

        Dot(dog, Of("dog at home #dog", Bright, null)).ShouldBeGreaterThan(Dot(dog, Of("pasta recipe #food", Bright, null)));
        Dot(dog, Of("our dog plays #dog", Bright, null)).ShouldBeGreaterThan(Dot(dog, Of("our dog plays #dog", Dark, Tone)));
    }

    [Fact]
    public void Of_DoesNotChangeFromReleaseToRelease() =>
        Enumerable.Range(0, 32).Where(i => Of("dog", Bright, null)[i] != 0).ShouldHaveSingleItem();

    private static ImmutableArray<float> Of(string caption, VisualFeatures visual, AudioFeatures? audio) =>
        ContentVector.Of(CaptionAnalysis.Analyse(CaptionInput.Of(caption), BlockedTerms.None), visual, audio);

    private static float Dot(ImmutableArray<float> left, ImmutableArray<float> right) => left.Zip(right, (a, b) => a * b).Sum();
}
