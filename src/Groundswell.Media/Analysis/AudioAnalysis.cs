using System.Collections.Immutable;
using Groundswell.Core.Videos;

namespace Groundswell.Media.Analysis;

/// <summary>Features of the sound, from windows of 1024 samples (46 ms) every 512 (23 ms). Pure.</summary>
public static class AudioAnalysis
{
    private const int Window = 1024;
    private const int Hop = 512;

    /// <summary>−50 dBFS, below room tone of a phone's microphone.</summary>
    private const double SilentDb = -50;

    /// <summary>An onset rises by 6 dB, a doubling of the amplitude, over the mean of the windows just before it.</summary>
    private const double OnsetRiseDb = 6;
    private const int OnsetMemory = 4;

    /// <summary>Onsets nearer than about 100 ms are heard as one.</summary>
    private const int OnsetRest = 4;

    /// <summary>Upper edges of the bands in Hz: octaves over the range of speech and music, and what is left at either end.</summary>
    private static readonly double[] BandEdges = [150, 300, 600, 1200, 2400, 4800, 7200, Sound.SamplesPerSecond / 2.0];

    public static AudioFeatures Analyse(Sound sound)
    {
        var levels = LevelsOf(sound.Samples.Span);
        var seconds = levels.Length * (double)Hop / Sound.SamplesPerSecond;
        return new AudioFeatures(
            sound.LoudnessLufs,
            sound.PeakDbfs,
            SilenceShare: levels.Length == 0 ? 1 : (float)levels.Count(level => level < SilentDb) / levels.Length,
            BandSharesOf(sound.Samples.Span),
            OnsetsPerSecond: levels.Length == 0 ? 0 : (float)(CountOnsets(levels) / seconds));
    }

    /// <summary>Level of each hop in dBFS (root mean square against a full-scale square wave), −120 at the lowest.</summary>
    private static double[] LevelsOf(ReadOnlySpan<short> samples)
    {
        var levels = new double[samples.Length / Hop];
        for (var i = 0; i < levels.Length; i++)
        {
            var energy = 0.0;
            foreach (var sample in samples.Slice(i * Hop, Hop)) energy += (double)sample * sample;
            levels[i] = Math.Max(-120, 10 * Math.Log10(energy / Hop / (32768.0 * 32768.0) + 1e-12));
        }
        return levels;
    }

    private static ImmutableArray<float> BandSharesOf(ReadOnlySpan<short> samples)
    {
        var energies = new double[BandEdges.Length];
        var spectrum = new PowerSpectrum(Window);
        for (var start = 0; start + Window <= samples.Length; start += Hop)
        {
            var powers = spectrum.Of(samples.Slice(start, Window));
            for (var bin = 1; bin < powers.Length; bin++) energies[BandOf(bin)] += powers[bin];
        }
        var total = energies.Sum();
        // Less than a tenth of a step of 16 bits on average is dither, not sound.
        var heard = total > 1e-3 * samples.Length;
        return [.. energies.Select(energy => heard ? (float)(energy / total) : 0)];
    }

    private static int BandOf(int bin)
    {
        var frequency = bin * (double)Sound.SamplesPerSecond / Window;
        var band = Array.FindIndex(BandEdges, edge => frequency < edge);
        return band < 0 ? BandEdges.Length - 1 : band;
    }

    private static int CountOnsets(double[] levels)
    {
        var (onsets, last) = (0, -OnsetRest);
        for (var i = OnsetMemory; i < levels.Length; i++)
        {
            var before = levels.AsSpan(i - OnsetMemory, OnsetMemory);
            var mean = 0.0;
            foreach (var level in before) mean += level / OnsetMemory;
            if (levels[i] < SilentDb || levels[i] - mean < OnsetRiseDb || i - last < OnsetRest) continue;
            onsets++;
            last = i;
        }
        return onsets;
    }
}
