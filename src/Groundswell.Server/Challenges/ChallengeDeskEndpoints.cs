using System.Collections.Immutable;
using Groundswell.Cluster;
using Groundswell.Cluster.Challenges;
using Groundswell.Core.Challenges;
using Groundswell.Server.Access;
using Groundswell.Server.Http;
using Groundswell.Server.Videos;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Groundswell.Server.Challenges;

/// <param name="Slug">Its name in addresses; made from the title when missing.</param>
/// <param name="Opens">At once when missing.</param>
public sealed record ChallengeBody(
    string? Slug, string? Title, string? Description, ImmutableArray<string>? Hashtags, string? Sound, DateTimeOffset? Opens, DateTimeOffset? Closes);

/// <summary>What is missing stays as it is.</summary>
/// <param name="Sound">An empty one takes it away.</param>
/// <param name="Closed">True closes it now.</param>
public sealed record ChallengeChange(
    string? Title, string? Description, ImmutableArray<string>? Hashtags, string? Sound, DateTimeOffset? Opens, DateTimeOffset? Closes, bool? Closed);

/// <param name="Steps">Who did what with it, and when.</param>
public sealed record DeskChallenge(ChallengeCard Challenge, ImmutableArray<ChallengeStep> Steps);

public sealed record DeskChallengesAnswer(ImmutableArray<DeskChallenge> Challenges);

/// <summary>The operator's side of challenges: opening, changing, closing.</summary>
internal static class ChallengeDeskEndpoints
{
    public static void MapChallengeDesk(this IEndpointRouteBuilder routes)
    {
        var desk = routes.MapGroup("/console/challenges").WithTags("Console").RequireAuthorization(Roles.Operator);
        desk.MapGet("", List).WithName("console_challenges").WithSummary("All challenges, newest first, with who did what");
        desk.MapPost("", Open).WithName("open_challenge").WithSummary("Open a challenge").ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        desk.MapPatch("/{slug}", Edit).WithName("edit_challenge").WithSummary("Change a challenge, or close it")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static Ok<DeskChallengesAnswer> List(Engine engine)
    {
        var cards = new ChallengeCards(engine);
        return TypedResults.Ok(new DeskChallengesAnswer([.. engine.Catalogue.Challenges.All.Reverse().Select(challenge => Card(challenge, cards))]));
    }

    private static async Task<Results<Created<DeskChallenge>, ProblemHttpResult>> Open(ChallengeBody body, HttpContext context, Engine engine, IGrainFactory grains)
    {
        if (body.Closes is not { } closes) return Problem.Invalid(("closes", "Say when it closes."));
        var title = body.Title?.Trim() ?? "";
        var terms = new ChallengeTerms(title, body.Description?.Trim() ?? "", Tags(body.Hashtags), Sound(body.Sound), body.Opens ?? engine.Now, closes);
        var slug = string.IsNullOrWhiteSpace(body.Slug) ? SlugOf(title) : body.Slug.Trim();
        var answer = await Desk(grains).Open(slug, terms, By(context));
        if (answer.Objection is { } objection) return Problem.Invalid((objection.Field, objection.Sentence));
        if (answer.Challenge is not { } challenge) return Problem.NotFound("challenge");
        return TypedResults.Created($"/v1/challenges/{challenge.Slug}", Card(challenge, new ChallengeCards(engine)));
    }

    private static async Task<Results<Ok<DeskChallenge>, ProblemHttpResult>> Edit(string slug, ChallengeChange body, HttpContext context, Engine engine, IGrainFactory grains)
    {
        if (engine.Catalogue.Challenges.Find(slug) is not { Terms: var said }) return Problem.NotFound("challenge");
        var terms = new ChallengeTerms(
            body.Title?.Trim() ?? said.Title, body.Description?.Trim() ?? said.Description, body.Hashtags is { } tags ? Tags(tags) : said.Hashtags,
            body.Sound is { } sound ? Sound(sound) : said.Sound, body.Opens ?? said.Opens, body.Closes ?? said.Closes);
        var answer = await Desk(grains).Edit(slug, terms, body.Closed ?? false, By(context));
        if (answer.Objection is { } objection) return Problem.Invalid((objection.Field, objection.Sentence));
        return answer.Challenge is { } challenge ? TypedResults.Ok(Card(challenge, new ChallengeCards(engine))) : Problem.NotFound("challenge");
    }

    private static IChallengesGrain Desk(IGrainFactory grains) => grains.GetGrain<IChallengesGrain>(0);

    private static string By(HttpContext context) => context.User.Identity?.Name ?? "operator";

    private static DeskChallenge Card(Challenge challenge, ChallengeCards cards) => new(cards.Card(challenge), challenge.Steps);

    private static ImmutableArray<string> Tags(ImmutableArray<string>? given) => given is { IsDefault: false } tags ? UploadEndpoints.Hashtags("", string.Join(' ', tags)) : [];

    private static string? Sound(string? given) => string.IsNullOrWhiteSpace(given) ? null : given.Trim();

    /// <summary>The title's words with dashes between them, but for those with letters beyond a to z: an address is typed on any keyboard.</summary>
    private static string SlugOf(string title)
    {
        var words = title.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => string.Concat(word.Where(char.IsLetterOrDigit))).Where(word => word.Length > 0 && word.All(char.IsAsciiLetterOrDigit));
        var slug = string.Join('-', words);
        return slug[..Math.Min(slug.Length, ChallengeDesk.LongestSlug)].Trim('-');
    }
}
