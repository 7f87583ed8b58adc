using System.Diagnostics;
using System.Globalization;
using Groundswell.Demo.Clips;

namespace Groundswell.Demo.Tests.Clips;

/// <summary>Real renders: one recipe of every genre, two at a time.</summary>
public sealed class RenderingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("groundswell-demo-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task OneRecipeOfEveryGenre_RendersUpright_InTime_WithSound()
    {
        var recipes = ClipRecipes.All(7).Where(clip => clip.Purpose == ClipPurpose.Regular).GroupBy(clip => clip.Genre).Select(genre => genre.MinBy(clip => clip.DurationMs));
        var options = new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken };
        await Parallel.ForEachAsync(recipes, options, async (clip, cancellation) => await RendersAsPromised(clip!, cancellation));
    }

    [Fact]
    public async Task TheSameRecipe_GivesTheSameFrames()
    {
        var clip = ClipRecipes.All(7).First(recipe => recipe.Name == "step-sequencer");
        (await Render(clip, "one", TestContext.Current.CancellationToken)).ShouldBe(await Render(clip, "two", TestContext.Current.CancellationToken));
    }

    private async Task RendersAsPromised(ClipRecipe clip, CancellationToken cancellation)
    {
        var bytes = await Render(clip, clip.Name, cancellation);
        bytes.Length.ShouldBeLessThan(2_000_000, clip.Name);
        var video = await Probe(clip.Name, "v:0", "stream=width,height", cancellation);
        video.ShouldBe("432,768", clip.Name);
        (await Probe(clip.Name, "a:0", "stream=codec_name", cancellation)).ShouldBe("aac", clip.Name);
        var seconds = double.Parse(await Probe(clip.Name, "v:0", "format=duration", cancellation), CultureInfo.InvariantCulture);
        seconds.ShouldBe(clip.DurationMs / 1000.0, 0.3, clip.Name);
    }

    private async Task<byte[]> Render(ClipRecipe clip, string name, CancellationToken cancellation)
    {
        var (_, complaints) = await Run("ffmpeg", clip.FfmpegArguments(Path(name)), cancellation);
        complaints.ShouldBeEmpty(clip.Name);
        return await File.ReadAllBytesAsync(Path(name), cancellation);
    }

    private async Task<string> Probe(string name, string stream, string entries, CancellationToken cancellation)
    {
        var (answer, _) = await Run("ffprobe", ["-v", "error", "-select_streams", stream, "-show_entries", entries, "-of", "csv=p=0", Path(name)], cancellation);
        return answer.Trim();
    }

    private string Path(string name) => System.IO.Path.Combine(_folder.FullName, name + ".mp4");

    private static async Task<(string Output, string Errors)> Run(string program, IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException($"{program} did not start");
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = await process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (await output, errors);
    }
}
