using Groundswell.Cluster;
using Groundswell.Cluster.Viewers;
using Groundswell.Core.Viewers;
using Groundswell.Server.Access;
using Groundswell.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Groundswell.Server.Taste;

/// <param name="Age">How old the viewer says they are; null unless they say it.</param>
/// <param name="Teens">What holds for those under 18, as the operator has it.</param>
public sealed record AgeAnswer(AgeClass? Age, TeenCard Teens);

/// <param name="Profiled">Whether their feed is personalised before they switch that on.</param>
/// <param name="PauseAfterMs">A pause is offered after every so long a stretch of a session.</param>
public sealed record TeenCard(bool Profiled, long PauseAfterMs);

public sealed record AgeBody(string? Age);

/// <summary>The age class that a viewer declares, by their own word and as long as they wish.</summary>
internal static class AgeEndpoints
{
    public static void MapAge(this IEndpointRouteBuilder routes)
    {
        var age = routes.MapGroup("/viewer/age").WithTags("Taste");
        age.MapGet("", Get).WithName("age").WithSummary("How old the caller says they are, if they do");
        age.MapPut("", Put).WithName("declare_age").WithSummary("Declare an age class: teen for under 18, or adult")
            .WithDescription("Consent of its own. Under 18 the feed is not personalised until the viewer switches it on, and pages say when to offer a pause; adults may be shown what a reviewer marked as for adults only. Who declares nothing is shown none of that, and has none of the other.")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        age.MapDelete("", Withdraw).WithName("withdraw_age").WithSummary("Declare it no more")
            .WithDescription("Not used from the next page on, and erased from the viewer's state. The ledger still says that it was declared.");
    }

    private static async Task<Ok<AgeAnswer>> Get(HttpContext context, Engine engine, IGrainFactory grains, Callers callers) =>
        TypedResults.Ok(Answer((await callers.Viewer(context, grains).Profile()).Age, engine));

    private static async Task<Results<Ok<AgeAnswer>, ProblemHttpResult>> Put(AgeBody body, HttpContext context, Engine engine, IGrainFactory grains, Callers callers)
    {
        AgeClass? age = body.Age switch { "teen" => AgeClass.Teen, "adult" => AgeClass.Adult, _ => null };
        if (age is null) return Problem.Invalid(("age", "It must be teen, for under 18, or adult. To declare none, DELETE it."));
        callers.Remember(context);
        await callers.Viewer(context, grains).DeclareAge(age);
        return TypedResults.Ok(Answer(age, engine));
    }

    private static async Task<NoContent> Withdraw(HttpContext context, IGrainFactory grains, Callers callers)
    {
        await callers.Viewer(context, grains).DeclareAge(null);
        return TypedResults.NoContent();
    }

    private static AgeAnswer Answer(AgeClass? age, Engine engine) =>
        new(age, new TeenCard(engine.Rules.Teens.Profiled, (long)engine.Rules.Teens.PauseAfter.TotalMilliseconds));
}
