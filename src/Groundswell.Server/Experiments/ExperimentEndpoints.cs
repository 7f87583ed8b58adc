using System.Collections.Immutable;
using System.Text.Json;
using Groundswell.Cluster;
using Groundswell.Cluster.Experiments;
using Groundswell.Core;
using Groundswell.Core.Experiments;
using Groundswell.Server.Access;
using Groundswell.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Groundswell.Server.Experiments;

/// <param name="Rules">What the treatment changes of the rules in force: as much of a document of rules.</param>
/// <param name="Share">Share of viewers or videos that take part, half of them with the treatment. All when missing.</param>
/// <param name="From">At once when missing.</param>
/// <param name="Until">Until it is stopped when missing.</param>
/// <param name="Why">What is expected of it; it is kept.</param>
public sealed record ExperimentBody(string? Name, ExperimentUnit? Unit, JsonElement? Rules, double? Share, DateTimeOffset? From, DateTimeOffset? Until, string? Why);

/// <param name="MostRunning">Experiments that may run or wait at once.</param>
/// <param name="Varied">The rules that may be varied, by what they are varied between.</param>
/// <param name="Experiments">Those that run or wait first, then the last ones.</param>
public sealed record ExperimentsAnswer(ImmutableArray<ExperimentCard> Experiments, int MostRunning, VariedRules Varied);

/// <summary>Paths of the rules that may be varied from viewer to viewer, and from video to video.</summary>
public sealed record VariedRules(ImmutableArray<string> Viewer, ImmutableArray<string> Video);

/// <summary>Operators' experiments with the rules: who is treated how, and what has come of it so far.</summary>
internal static class ExperimentEndpoints
{
    private const int MostShown = 50;
    private static readonly JsonElement Nothing = JsonSerializer.SerializeToElement(new { });

    public static void MapExperiments(this IEndpointRouteBuilder routes)
    {
        var experiments = routes.MapGroup("/console/experiments").WithTags("Console").RequireAuthorization(Roles.Operator);
        experiments.MapGet("", List).WithName("console_experiments").WithSummary("Experiments with the rules, and what has come of them so far");
        experiments.MapGet("/{id}", Read).WithName("console_experiment").WithSummary("One experiment, its arms and its effects")
            .WithDescription("The intervals hold at all times at once: they may be looked at as often as one likes, and the experiment stopped whenever they say enough.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        experiments.MapPost("", Start).WithName("start_experiment").WithSummary("Vary rules for half of a share of viewers or videos")
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        experiments.MapDelete("/{id}", Stop).WithName("stop_experiment").WithSummary("Stop an experiment: everybody returns to the rules in force. One that is over stays as it is")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static Ok<ExperimentsAnswer> List(Engine engine)
    {
        var now = engine.Now;
        var seen = engine.Experiments.Read(board => board.All.Reverse().OrderByDescending(one => one.Experiment.IsAlive(now)).Take(MostShown).Select(one => one.Seen).ToArray());
        return TypedResults.Ok(new ExperimentsAnswer([.. seen.Select(one => ExperimentCard.Of(one, engine))], engine.Rules.Experiments.MostRunning, new VariedRules(Sorted(ExperimentUnit.Viewer), Sorted(ExperimentUnit.Video))));
    }

    private static Results<Ok<ExperimentCard>, ProblemHttpResult> Read(ExperimentId id, Engine engine) =>
        Card(id, engine) is { } card ? TypedResults.Ok(card) : Problem.NotFound("experiment");

    private static async Task<Results<Created<ExperimentCard>, ProblemHttpResult>> Start(ExperimentBody body, HttpContext context, Engine engine, IGrainFactory grains)
    {
        if (body.Unit is not { } unit) return Problem.Invalid(("unit", "Say what is divided into arms: viewer or video."));
        var plan = new ExperimentPlan(body.Name?.Trim() ?? "", unit, body.Rules ?? Nothing, body.Share ?? 1, body.From ?? engine.Now, body.Until, body.Why?.Trim() ?? "");
        var answer = await grains.GetGrain<IExperimentsGrain>(0).Start(plan, context.User.Identity?.Name ?? "operator");
        return answer.Experiment is { } experiment && Card(experiment.Id, engine) is { } card
            ? TypedResults.Created($"/v1/console/experiments/{experiment.Id}", card)
            : Problem.Invalid([.. answer.Objections.Select(objection => (objection.Field, objection.Sentence))]);
    }

    private static async Task<Results<Ok<ExperimentCard>, ProblemHttpResult>> Stop(ExperimentId id, string? note, HttpContext context, Engine engine, IGrainFactory grains)
    {
        if (note?.Length > ExperimentDesk.LongestText) return Problem.Invalid(("note", $"A note may have at most {ExperimentDesk.LongestText} characters."));
        await grains.GetGrain<IExperimentsGrain>(0).Stop(id, string.IsNullOrWhiteSpace(note) ? null : note.Trim(), context.User.Identity?.Name ?? "operator");
        return Card(id, engine) is { } card ? TypedResults.Ok(card) : Problem.NotFound("experiment");
    }

    private static ExperimentCard? Card(ExperimentId id, Engine engine) =>
        engine.Experiments.Read(board => board.Find(id)?.Seen) is { } seen ? ExperimentCard.Of(seen, engine) : null;

    private static ImmutableArray<string> Sorted(ExperimentUnit unit) => [.. Variation.Of(unit).Order(StringComparer.Ordinal)];
}
