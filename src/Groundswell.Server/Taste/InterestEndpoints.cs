using System.Collections.Immutable;
using Groundswell.Cluster;
using Groundswell.Cluster.Viewers;
using Groundswell.Server.Access;
using Groundswell.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Groundswell.Server.Taste;

/// <param name="Interests">Names of the genres that the viewer says they like; empty unless they do.</param>
/// <param name="Most">So many may be declared.</param>
/// <param name="Genres">Every genre that can be.</param>
public sealed record InterestsAnswer(ImmutableArray<string> Interests, int Most, ImmutableArray<GenreName> Genres);

public sealed record GenreName(string Name, string Title);

public sealed record InterestsBody(ImmutableArray<string>? Interests);

/// <summary>The genres that a viewer says they like, by their own word and as long as they wish.</summary>
internal static class InterestEndpoints
{
    public static void MapInterests(this IEndpointRouteBuilder routes)
    {
        var interests = routes.MapGroup("/viewer/interests").WithTags("Taste");
        interests.MapGet("", Get).WithName("interests").WithSummary("The genres that the caller says they like, if they do");
        interests.MapPut("", Put).WithName("declare_interests").WithSummary("Declare genres that the caller likes")
            .WithDescription("Consent of its own: each counts like a few videos of it watched to the end, from the next page on, and only while personalisation is on. What is watched outweighs it.")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        interests.MapDelete("", Withdraw).WithName("withdraw_interests").WithSummary("Declare them no more")
            .WithDescription("Not used from the next page on, and erased from the viewer's state: what they watched is left as if nothing had ever been declared. The ledger still says that it was, and which pages were made with it.");
    }

    private static async Task<Ok<InterestsAnswer>> Get(HttpContext context, Engine engine, IGrainFactory grains, Callers callers) =>
        TypedResults.Ok(Answer((await callers.Viewer(context, grains).Profile()).Interests, engine));

    private static async Task<Results<Ok<InterestsAnswer>, ProblemHttpResult>> Put(InterestsBody body, HttpContext context, Engine engine, IGrainFactory grains, Callers callers)
    {
        var genres = (body.Interests ?? []).Select(name => name is null ? null : engine.Taxonomy.IndexOf(name)).ToImmutableArray();
        var most = engine.Rules.Taste.MostInterests;
        if (genres.IsEmpty || genres.Length > most || genres.Contains(null))
            return Problem.Invalid(("interests", $"It must name 1 to {most} genres; GET this address lists them. To declare none, DELETE it."));
        callers.Remember(context);
        var declared = genres.OfType<int>().ToImmutableSortedSet();
        await callers.Viewer(context, grains).DeclareInterests(declared);
        return TypedResults.Ok(Answer([.. declared], engine));
    }

    private static async Task<NoContent> Withdraw(HttpContext context, IGrainFactory grains, Callers callers)
    {
        await callers.Viewer(context, grains).DeclareInterests([]);
        return TypedResults.NoContent();
    }

    private static InterestsAnswer Answer(ImmutableArray<int> declared, Engine engine) => new(
        [.. declared.Where(genre => genre < engine.Taxonomy.Count).Select(genre => engine.Taxonomy[genre].Name)], engine.Rules.Taste.MostInterests,
        [.. engine.Taxonomy.Genres.Select(genre => new GenreName(genre.Name, genre.Title))]);
}
