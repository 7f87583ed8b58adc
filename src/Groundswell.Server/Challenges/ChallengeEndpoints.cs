using Groundswell.Cluster;
using Groundswell.Core.Challenges;
using Groundswell.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Groundswell.Server.Challenges;

/// <summary>Challenges for everybody: <c>GET /v1/challenges</c> and one of them.</summary>
internal static class ChallengeEndpoints
{
    private const int MostVideos = 200;
    private const int UsualVideos = 60;

    public static void MapChallenges(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/challenges", List).WithName("challenges").WithTags("Challenges").WithSummary("All challenges: open ones first, those that close soonest before the others");
        routes.MapGet("/challenges/{slug}", One).WithName("challenge").WithTags("Challenges").WithSummary("One challenge: who takes part, by score, and how much it is watched")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static Ok<ChallengesAnswer> List(Engine engine)
    {
        var cards = new ChallengeCards(engine);
        return TypedResults.Ok(new ChallengesAnswer(
        [
            .. engine.Catalogue.Challenges.All.Select(cards.Card).OrderBy(card => Turn(card.Status))
                .ThenBy(card => card.Status == ChallengeStatus.Closed ? -card.Closes.UtcTicks : card.Closes.UtcTicks).ThenBy(card => card.Slug, StringComparer.Ordinal),
        ]));
    }

    private static Results<Ok<ChallengePage>, ProblemHttpResult> One(string slug, int? limit, Engine engine)
    {
        if (limit is < 1 or > MostVideos) return Problem.Invalid(("limit", $"It must be from 1 to {MostVideos}."));
        if (engine.Catalogue.Challenges.Find(slug) is not { } challenge) return Problem.NotFound("challenge");
        var cards = new ChallengeCards(engine);
        return TypedResults.Ok(new ChallengePage(cards.Card(challenge), cards.Trend(challenge), cards.Videos(challenge, limit ?? UsualVideos)));
    }

    private static int Turn(ChallengeStatus status) => status switch { ChallengeStatus.Open => 0, ChallengeStatus.Upcoming => 1, _ => 2 };
}
