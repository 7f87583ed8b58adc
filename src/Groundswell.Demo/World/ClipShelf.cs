using System.Collections.Immutable;
using System.Threading.Channels;
using Groundswell.Demo.Clips;
using Groundswell.Media.Ffmpeg;

namespace Groundswell.Demo.World;

/// <summary>A clip ready to be uploaded.</summary>
/// <param name="FileName">Its name for the server, which is also how a restarted demo knows that it was uploaded.</param>
/// <param name="Temporary">It was rendered for this upload and is deleted after it.</param>
public sealed record ReadyClip(string FileName, string Path, string Creator, string Caption, string? Sound, bool Temporary);

/// <summary>Renders the recipes in order, a few ahead of the one that is wanted, and puts the operator's own clips among them.</summary>
public sealed class ClipShelf(FfmpegTool ffmpeg, string folder, ImmutableArray<ClipRecipe> recipes, string? ownFolder)
{
    private const int Ahead = 12;
    private const int OwnMost = 200;
    private static readonly TimeSpan RenderTime = TimeSpan.FromMinutes(1);
    private static readonly string[] VideoEndings = [".mp4", ".mov", ".webm", ".mkv", ".m4v", ".avi", ".3gp", ".flv", ".ts"];

    /// <summary>All clips in their order; <paramref name="known"/> names those that are uploaded already.</summary>
    public async IAsyncEnumerable<ReadyClip> ClipsAsync(
        IReadOnlySet<string> known, int atOnce, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        foreach (var own in OwnClips().Where(clip => !known.Contains(clip.FileName))) yield return own;
        var rendering = Channel.CreateBounded<Task<ReadyClip?>>(Math.Max(atOnce, Ahead));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var feeding = FeedAsync(recipes.Where(recipe => !known.Contains(FileNameOf(recipe))), rendering.Writer, atOnce, stop.Token);
        try
        {
            await foreach (var clip in rendering.Reader.ReadAllAsync(cancellation))
                if (await clip is { } ready) yield return ready;
        }
        finally
        {
            await stop.CancelAsync();
            await feeding;
        }
    }

    public static string FileNameOf(ClipRecipe recipe) => $"{recipe.Name}.mp4";

    private async Task FeedAsync(IEnumerable<ClipRecipe> wanted, ChannelWriter<Task<ReadyClip?>> to, int atOnce, CancellationToken cancellation)
    {
        using var places = new SemaphoreSlim(atOnce);
        try
        {
            foreach (var recipe in wanted)
            {
                await places.WaitAsync(cancellation);
                await to.WriteAsync(RenderAsync(recipe, places, cancellation), cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Nobody wants the rest.
        }
        finally
        {
            to.Complete();
        }
    }

    private async Task<ReadyClip?> RenderAsync(ClipRecipe recipe, SemaphoreSlim places, CancellationToken cancellation)
    {
        try
        {
            var path = Path.Combine(folder, FileNameOf(recipe));
            var run = await ffmpeg.RunAsync(
                new ToolCall(MediaTool.Ffmpeg, [.. recipe.FfmpegArguments(path)], folder, RenderTime), static _ => { }, cancellation);
            return run.Succeeded ? new ReadyClip(FileNameOf(recipe), path, recipe.CreatorHandle, recipe.Caption, recipe.SoundTitle, Temporary: true) : null;
        }
        finally
        {
            places.Release();
        }
    }

    private IEnumerable<ReadyClip> OwnClips() => ownFolder is null
        ? []
        : Directory.EnumerateFiles(ownFolder)
            .Where(file => VideoEndings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .Take(OwnMost)
            .Select(file => new ReadyClip(Path.GetFileName(file), file, "your.clips", CaptionOf(file), null, Temporary: false));

    /// <summary>A file's name as its caption: what people call their clips is all that is known of them.</summary>
    private static string CaptionOf(string file) => Path.GetFileNameWithoutExtension(file).Replace('_', ' ').Replace('-', ' ').Trim();
}
