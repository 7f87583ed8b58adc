using System.Collections.Immutable;
using Groundswell.Cluster.Viewers;
using Groundswell.Core.Audience;
using Groundswell.Server.Access;
using Groundswell.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Groundswell.Server.Taste;

/// <param name="Region">Where the viewer says they are, an ISO 3166-1 alpha-2 code; null unless they share it.</param>
/// <param name="Regions">Every code that can be shared.</param>
public sealed record RegionAnswer(Region? Region, ImmutableArray<Region> Regions);

public sealed record RegionBody(string? Region);

/// <summary>The region that a viewer shares, by their own word and as long as they wish. No address tells it.</summary>
internal static class RegionEndpoints
{
    public static void MapRegion(this IEndpointRouteBuilder routes)
    {
        var region = routes.MapGroup("/viewer/region").WithTags("Taste");
        region.MapGet("", Get).WithName("region").WithSummary("The region that the caller shares, if they do");
        region.MapPut("", Put).WithName("share_region").WithSummary("Share a region")
            .WithDescription("Consent of its own: the region groups viewers for test audiences and trends from the next page on, and only while personalisation is on. It is never derived from an address.")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        region.MapDelete("", Withdraw).WithName("withdraw_region").WithSummary("Share it no more")
            .WithDescription("Not used from the next page on, and erased from the viewer's state and from the audience's. The ledger still says that it was shared, and which pages were made with it.");
    }

    private static async Task<Ok<RegionAnswer>> Get(HttpContext context, IGrainFactory grains, Callers callers) =>
        TypedResults.Ok(new RegionAnswer((await callers.Viewer(context, grains).Profile()).Region, Region.All));

    private static async Task<Results<Ok<RegionAnswer>, ProblemHttpResult>> Put(RegionBody body, HttpContext context, IGrainFactory grains, Callers callers)
    {
        if (!Region.TryParse(body.Region, out var region))
            return Problem.Invalid(("region", "It must be an ISO 3166-1 alpha-2 code in capitals, such as DE; GET this address lists them. To share none, DELETE it."));
        callers.Remember(context);
        await callers.Viewer(context, grains).ShareRegion(region);
        return TypedResults.Ok(new RegionAnswer(region, Region.All));
    }

    private static async Task<NoContent> Withdraw(HttpContext context, IGrainFactory grains, Callers callers)
    {
        await callers.Viewer(context, grains).ShareRegion(null);
        return TypedResults.NoContent();
    }
}
