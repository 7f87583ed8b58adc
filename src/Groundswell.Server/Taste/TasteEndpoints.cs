using System.Collections.Immutable;
using Groundswell.Cluster;
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

/// <param name="Group">What the viewers of like taste are called among whom the caller is counted; null while their taste is undecided or not to be used.</param>
public sealed record TasteAnswer(bool Personalised, ImmutableArray<TasteGenre> Genres, int Views, string? Group);

/// <param name="Score">Affinity, in [−1, 1].</param>
/// <param name="Points">Decayed points above neutral behind it.</param>
public sealed record TasteGenre(string Name, string Title, double Score, double Points);

public sealed record TasteBody(bool? Personalised);

/// <summary>A viewer's own taste: to see, to switch off, to forget.</summary>
internal static class TasteEndpoints
{
    public static void MapTaste(this IEndpointRouteBuilder routes)
    {
        var taste = routes.MapGroup("/taste").WithTags("Taste");
        taste.MapGet("", Get).WithName("taste").WithSummary("What the engine believes the caller likes");
        taste.MapPut("", Put).WithName("personalise").WithSummary("Switch personalisation on or off").ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        taste.MapDelete("", Forget).WithName("forget_taste").WithSummary("Forget it all");
    }

    private static async Task<Ok<TasteAnswer>> Get(HttpContext context, Engine engine, IGrainFactory grains, Callers callers) =>
        TypedResults.Ok(Answer(await callers.Viewer(context, grains).Profile(), engine));

    private static async Task<Results<Ok<TasteAnswer>, ProblemHttpResult>> Put(TasteBody body, HttpContext context, Engine engine, IGrainFactory grains, Callers callers)
    {
        if (body.Personalised is not { } personalised) return Problem.Invalid(("personalised", "It must be true or false."));
        callers.Remember(context);
        await callers.Viewer(context, grains).Personalise(personalised);
        return TypedResults.Ok(Answer(await callers.Viewer(context, grains).Profile(), engine));
    }

    private static async Task<NoContent> Forget(HttpContext context, IGrainFactory grains, Callers callers)
    {
        await callers.Viewer(context, grains).ForgetTaste();
        return TypedResults.NoContent();
    }

    private static TasteAnswer Answer(ViewerProfile profile, Engine engine)
    {
        var rules = engine.Rules.Taste;
        return new TasteAnswer(
            profile.Personalised,
            [
                .. engine.Taxonomy.Genres.Select((genre, index) => new TasteGenre(
                        genre.Name, genre.Title, Math.Round(profile.Taste.Affinity(index, rules), 3), Math.Round(profile.Taste.Long[index], 1)))
                    .Where(genre => genre.Score != 0)
                    .OrderByDescending(genre => genre.Score),
            ],
            profile.Views, Group(profile, engine));
    }

    private static string? Group(ViewerProfile profile, Engine engine)
    {
        if (!profile.Personalised) return null;
        var rules = engine.Rules;
        var cohort = engine.Catalogue.Cohorts.Of(TastePoint.Of(profile.Taste, rules.Cohorts, rules.Taste), null, Activity.New);
        return engine.Catalogue.Cohorts.ClusterOf(cohort)?.Title(engine.Taxonomy);
    }
}
