using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Groundswell.Cluster;
using Groundswell.Cluster.RuleBook;
using Groundswell.Core;
using Groundswell.Core.RuleBook;
using Groundswell.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Groundswell.Server.Console;

/// <param name="Notes">By path, what each rule and group means and where its default comes from.</param>
/// <param name="File">The file that a change is written to.</param>
/// <param name="Items">Every rule, in order.</param>
public sealed record RulesAnswer(string Version, Rules Rules, IReadOnlyDictionary<string, string> Notes, string File, ImmutableArray<RuleCard> Items);

/// <summary>One rule with all that a form needs.</summary>
/// <param name="Default">The value as shipped.</param>
/// <param name="Demand">What it must be, as it ends a sentence.</param>
/// <param name="Unit">What least and most of a time are counted in.</param>
public sealed record RuleCard(
    string Path, RuleKind Kind, JsonElement Value, JsonElement Default, string Demand, string Note, double? Least, double? Most, bool MayBeNull, ImmutableArray<string> Choices, RuleUnit Unit);

/// <param name="Versions">Newest first.</param>
public sealed record RulesHistoryAnswer(ImmutableArray<RulesVersion> Versions);

/// <summary>Rules that were put in force.</summary>
/// <param name="Position">They hold for every ledger entry after this one.</param>
/// <param name="By">An operator's account, or start.</param>
/// <param name="Changes">What they changed of those before them; of the first ones, what differs from those shipped.</param>
public sealed record RulesVersion(string Version, DateTimeOffset At, string By, long Position, ImmutableArray<RuleChange> Changes);

/// <param name="Rules">As recorded.</param>
public sealed record RecordedRules(string Version, DateTimeOffset At, string By, long Position, JsonElement Rules);

/// <param name="Before">The version before.</param>
/// <param name="Version">The version now in force, without a restart.</param>
public sealed record EnactedAnswer(string Before, string Version, ImmutableArray<RuleChange> Changes, string File);

/// <summary>The rules in force, what they were, and how an operator changes them.</summary>
internal static class RulesEndpoints
{
    public static void MapRules(this IEndpointRouteBuilder console)
    {
        console.MapGet("/rules", Now).WithName("console_rules").WithSummary("The rules in force, with ranges and where each default comes from");
        console.MapGet("/rules/schema", Ok<JsonObject> () => TypedResults.Ok(RulesSchema.Create()))
            .WithName("console_rules_schema").WithSummary("JSON Schema, draft 2020-12, of a document of rules");
        console.MapGet("/rules/history", History).WithName("console_rules_history").WithSummary("Which rules were in force when, and what each version changed");
        console.MapGet("/rules/history/{version}", Version).WithName("console_rules_version").WithSummary("The rules that a journal's version names")
            .ProducesProblem(StatusCodes.Status404NotFound);
        console.MapPut("/rules", Enact).Reads<JsonObject>("application/json")
            .WithName("console_set_rules").WithSummary("Puts other rules in force")
            .WithDescription("A document of what differs from the rules as shipped: whatever it leaves out becomes as shipped. It is refused whole where any of it is wrong. "
                + "It is written to the rules' file and recorded in the ledger, and is in force when this answers. If-Match with a version refuses to overwrite what another operator has set meanwhile.")
            .ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(RulesBody.MostBytes));
    }

    private static Ok<RulesAnswer> Now(Engine engine, RulesEnactment enactment)
    {
        var rules = engine.InForce;
        var shipped = new Rules();
        return TypedResults.Ok(new RulesAnswer(rules.Version, rules.Rules, RuleNotes.All, enactment.File.Path, [.. AllRules.Listed.Select(rule => Card(rule, rules.Rules, shipped))]));
    }

    private static RuleCard Card(Rule rule, Rules rules, Rules shipped) => new(
        rule.Path, rule.Kind, rule.Json(rules), rule.Json(shipped), rule.Demand, rule.Note, rule.Range?.Least,
        rule.Range is { } range && double.IsFinite(range.Most) ? range.Most : null, rule.MayBeNull, [.. rule.Choices], rule.Range?.Unit ?? RuleUnit.None);

    private static Ok<RulesHistoryAnswer> History(Engine engine)
    {
        var before = new Rules();
        var versions = ImmutableArray.CreateBuilder<RulesVersion>();
        foreach (var set in engine.Catalogue.RulesHistory.Set)
        {
            versions.Add(new RulesVersion(set.Version, set.At, set.By, set.Position, RulesDiff.Between(before, set.Recalled)));
            before = set.Recalled;
        }
        versions.Reverse();
        return TypedResults.Ok(new RulesHistoryAnswer(versions.DrainToImmutable()));
    }

    private static Results<Ok<RecordedRules>, ProblemHttpResult> Version(string version, Engine engine) =>
        engine.Catalogue.RulesHistory.Of(version) is { } set
            ? TypedResults.Ok(new RecordedRules(set.Version, set.At, set.By, set.Position, set.Rules))
            : Problem.Of(StatusCodes.Status404NotFound, "Not found", "The ledger knows no rules of that version; /v1/console/rules/history lists those it knows.");

    private static async Task<Results<Ok<EnactedAnswer>, ProblemHttpResult>> Enact(HttpContext context, RulesEnactment enactment)
    {
        var (body, refusal) = await RulesBody.ReadAsync(context.Request, context.RequestAborted);
        if (refusal is not null) return refusal;
        var reading = RulesDocument.Read(body);
        if (reading.Rules is not { } rules) return RulesBody.Refused(reading, "");
        try
        {
            var seen = context.Request.Headers.IfMatch.ToString().Trim('"');
            var enacted = await enactment.EnactAsync(rules, context.User.Identity?.Name ?? "operator", seen.Length == 0 ? null : seen, context.RequestAborted);
            return enacted.Stale
                ? Problem.Of(StatusCodes.Status412PreconditionFailed, "Someone has set other rules meanwhile", $"{enacted.Version} are in force now, not {seen}: look at them, then try again.")
                : TypedResults.Ok(new EnactedAnswer(enacted.Before, enacted.Version, enacted.Changes, enactment.File.Path));
        }
        catch (Exception unwritten) when (unwritten is IOException or UnauthorizedAccessException)
        {
            return Problem.Of(StatusCodes.Status503ServiceUnavailable, "The rules' file cannot be written", $"Nothing was changed. {unwritten.Message}");
        }
    }
}
