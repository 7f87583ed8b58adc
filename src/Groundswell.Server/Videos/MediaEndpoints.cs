using Groundswell.Cluster;
using Groundswell.Cluster.Uploads;
using Groundswell.Core;
using Groundswell.Core.Videos;
using Groundswell.Media;
using Groundswell.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Groundswell.Server.Videos;

/// <summary>The files of a video, with ranges, to whoever may see the video.</summary>
internal static class MediaEndpoints
{
    public static void MapMedia(this IEndpointRouteBuilder routes)
    {
        Map(routes, MediaPipeline.VideoFile, "video/mp4");
        Map(routes, MediaPipeline.PosterFile, "image/jpeg");
        Map(routes, MediaPipeline.StripFile, "image/jpeg");
    }

    private static void Map(IEndpointRouteBuilder routes, string file, string type) => routes.MapGet(
            $"/media/{{id}}/{file}",
            Results<PhysicalFileHttpResult, ProblemHttpResult> (VideoId id, HttpContext context, Engine engine, MediaFiles files) =>
            {
                var path = Path.Combine(files.Folder(id), file);
                if (VideoAccess.Find(id, context.User, engine) is not { } video || !File.Exists(path)) return Problem.NotFound("file");
                // A public rendition never changes; one that only its creator may see must not stay in a shared cache.
                context.Response.Headers.CacheControl = video.Stage.IsPublic() ? "public, max-age=86400" : "private, no-store";
                return TypedResults.PhysicalFile(Path.GetFullPath(path), type, enableRangeProcessing: true, lastModified: File.GetLastWriteTimeUtc(path));
            })
        .WithTags("Videos").WithName($"media_{Path.GetFileNameWithoutExtension(file)}").WithSummary($"The {Path.GetFileNameWithoutExtension(file)} of a video");
}
