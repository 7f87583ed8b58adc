using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Groundswell.Core.Duplicates;
using Groundswell.Media.Ffmpeg;
using Groundswell.Media.Renditions;

namespace Groundswell.Media.Analysis;

/// <summary>What is kept of a decoded rendition.</summary>
/// <param name="Frames"><see cref="Fingerprint.Frames"/> frames in colour, evenly spaced in time, longest side 256 pixels.</param>
/// <param name="FrameIndices">The position of each of them in the rendition.</param>
/// <param name="Luma">Every frame, small and grey.</param>
/// <param name="Sound">Null without a sound track.</param>
public sealed record Samples(ImmutableArray<RgbFrame> Frames, ImmutableArray<int> FrameIndices, LumaStream Luma, Sound? Sound);

/// <summary>What sampling led to.</summary>
public abstract record SamplingVerdict
{
    private SamplingVerdict() { }

    public sealed record Sampled(Samples Samples) : SamplingVerdict;

    public sealed record Refused(MediaRejection Rejection) : SamplingVerdict;
}

/// <summary>Decodes a rendition once, into everything that the analysis needs.</summary>
public sealed partial class FrameSampler(FfmpegTool tool, MediaLimits limits)
{
    private const int LongestSide = 256;

    /// <summary>Decodes the rendition into raw files of <paramref name="workDirectory"/> and reads them.</summary>
    /// <param name="progress">Told the share done, in [0, 1].</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<SamplingVerdict> SampleAsync(
        Rendition rendition, string workDirectory, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var files = new RawFiles(workDirectory);
        var indices = EvenlySpaced(rendition.Frames);
        var (width, height) = SampleSize(rendition);
        var lines = new ProgressLines(position => progress.Report(Math.Min(1, position / rendition.Duration)));
        var call = new ToolCall(
            MediaTool.Ffmpeg, Arguments(rendition, indices, width, height, files), workDirectory, limits.TimeoutFor(rendition.Duration));
        var run = await tool.RunAsync(call, lines.Read, cancellationToken);
        if (run.Ending == ToolEnding.TimedOut) return Refuse(MediaRejectionCode.Timeout, "Analysing the video took too long.", run);
        if (!run.Succeeded) return Refuse(MediaRejectionCode.Undecodable, "The converted video could not be analysed.", run);

        var frames = ReadFrames(await File.ReadAllBytesAsync(files.Frames, cancellationToken), width, height, indices);
        var luma = new LumaStream(await File.ReadAllBytesAsync(files.Luma, cancellationToken), rendition.Rate.Value);
        if (frames.IsEmpty || luma.Frames == 0)
            return Refuse(MediaRejectionCode.Undecodable, "The converted video could not be analysed.", run);
        var sound = rendition.HasAudio ? ReadSound(await File.ReadAllBytesAsync(files.Sound, cancellationToken), run.StderrTail) : null;
        return new SamplingVerdict.Sampled(new Samples(frames, indices, luma, sound));
    }

    /// <summary>The middle frame of each of <see cref="Fingerprint.Frames"/> equal stretches; short videos repeat frames.</summary>
    public static ImmutableArray<int> EvenlySpaced(int frames) =>
        [.. Enumerable.Range(0, Fingerprint.Frames).Select(i => (int)((2L * i + 1) * frames / (2 * Fingerprint.Frames)))];

    private static (int Width, int Height) SampleSize(Rendition rendition)
    {
        var scale = Math.Min(1.0, (double)LongestSide / Math.Max(rendition.Width, rendition.Height));
        return (Math.Max(1, (int)Math.Round(rendition.Width * scale)), Math.Max(1, (int)Math.Round(rendition.Height * scale)));
    }

    private ImmutableArray<string> Arguments(Rendition rendition, ImmutableArray<int> indices, int width, int height, RawFiles files)
    {
        var chosen = string.Join('+', indices.Distinct().Select(index => string.Create(CultureInfo.InvariantCulture, $"eq(n,{index})")));
        var graph = $"[0:v:0]split=2[sparse][dense];"
            + $"[sparse]select='{chosen}',scale={width}:{height}:flags=area,format=rgb24[frames];"
            + $"[dense]scale={LumaStream.Width}:{LumaStream.Height}:flags=area,format=gray[luma]";
        return
        [
            "-hide_banner", "-nostats", "-y", "-progress", "pipe:1", "-threads", limits.Threads.ToString(CultureInfo.InvariantCulture),
            .. UploadInput.Arguments(rendition.Path, limits),
            "-filter_complex", graph,
            "-map", "[frames]", "-fps_mode", "passthrough", "-f", "rawvideo", "file:" + files.Frames,
            "-map", "[luma]", "-fps_mode", "passthrough", "-f", "rawvideo", "file:" + files.Luma,
            .. rendition.HasAudio ? SoundArguments(files) : [],
        ];
    }

    private static ImmutableArray<string> SoundArguments(RawFiles files) =>
    [
        "-map", "0:a:0", "-af", "ebur128=peak=sample:framelog=verbose", "-ac", "1",
        "-ar", Sound.SamplesPerSecond.ToString(CultureInfo.InvariantCulture), "-f", "s16le", "file:" + files.Sound,
    ];

    private static ImmutableArray<RgbFrame> ReadFrames(byte[] bytes, int width, int height, ImmutableArray<int> indices)
    {
        var frameBytes = 3 * width * height;
        var decoded = bytes.Length / frameBytes;
        if (decoded == 0) return [];
        var distinct = indices.Distinct().ToList();
        return
        [
            .. indices.Select(index => Math.Min(distinct.IndexOf(index), decoded - 1))
                .Select(position => new RgbFrame(width, height, bytes.AsMemory(position * frameBytes, frameBytes))),
        ];
    }

    private static Sound ReadSound(byte[] bytes, string log)
    {
        var samples = MemoryMarshal.Cast<byte, short>(bytes).ToArray();
        return new Sound(
            samples,
            Math.Max(Sound.SilentLufs, LastNumber(IntegratedLoudness(), log) ?? Sound.SilentLufs),
            Math.Max(Sound.SilentPeakDbfs, LastNumber(SamplePeak(), log) ?? Sound.SilentPeakDbfs));
    }

    /// <summary>The summary that the ebur128 filter prints at its end; silence is <c>-inf</c>, which does not match.</summary>
    private static float? LastNumber(Regex pattern, string log) =>
        pattern.Matches(log).LastOrDefault() is { } match ? float.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@"\bI:\s+(-?\d+(?:\.\d+)?) LUFS")]
    private static partial Regex IntegratedLoudness();

    [GeneratedRegex(@"\bPeak:\s+(-?\d+(?:\.\d+)?) dBFS")]
    private static partial Regex SamplePeak();

    private static SamplingVerdict.Refused Refuse(MediaRejectionCode code, string detail, ToolRun run) =>
        new(new MediaRejection(code, detail, run.StderrTail));

    private sealed record RawFiles(string Directory)
    {
        public string Frames => Path.Combine(Path.GetFullPath(Directory), "frames.rgb");
        public string Luma => Path.Combine(Path.GetFullPath(Directory), "luma.gray");
        public string Sound => Path.Combine(Path.GetFullPath(Directory), "sound.pcm");
    }
}
