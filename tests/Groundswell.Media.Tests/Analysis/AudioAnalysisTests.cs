using Groundswell.Media.Analysis;

namespace Groundswell.Media.Tests.Analysis;

public class AudioAnalysisTests
{
    [Theory]
    [InlineData(100, 0)]
    [InlineData(220, 1)]
    [InlineData(440, 2)]
    [InlineData(1000, 3)]
    [InlineData(10_000, 7)]
    public void Analyse_PutsAToneIntoItsBand(double frequency, int band)
    {
        var tone = TestFrames.Sound(1, time => 0.5 * Math.Sin(2 * Math.PI * frequency * time));

        AudioAnalysis.Analyse(tone).BandShares[band].ShouldBeGreaterThan(0.95f);
    }

    [Fact]
    public void Analyse_FindsSilenceAndNothingInIt()
    {
        var audio = AudioAnalysis.Analyse(TestFrames.Sound(1, _ => 0));

        audio.SilenceShare.ShouldBe(1);
        audio.BandShares.ShouldAllBe(share => share == 0);
        audio.OnsetsPerSecond.ShouldBe(0);
    }

    [Fact]
    public void Analyse_CountsBeats()
    {
        var twoBeatsASecond = TestFrames.Sound(4, time => time * 2 % 1 < 0.2 ? 0.5 * Math.Sin(2 * Math.PI * 440 * time) : 0);

        AudioAnalysis.Analyse(twoBeatsASecond).OnsetsPerSecond.ShouldBe(2, 0.3);
    }

    [Fact]
    public void Analyse_BearsASoundOfNoSamples()
    {
        var audio = AudioAnalysis.Analyse(TestFrames.Sound(0, _ => 0));

        (audio.SilenceShare, audio.OnsetsPerSecond).ShouldBe((1f, 0f));
    }
}
