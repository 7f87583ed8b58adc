using System.Text.Json;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Core.Videos;
using Groundswell.Demo.Seeds;

namespace Groundswell.Server.Tests.Videos;

/// <summary>What a creator reads of a video that stops for most viewers and goes on among a few.</summary>
public sealed class NicheJourneyTests(Api api) : IClassFixture<Api>
{
    private const int Number = 900, Cluster = 2;

    [Fact]
    public async Task Journey_SaysAmongWhomItGoesOn_AsCohortsAreCalledElsewhere()
    {
        var (seed, at) = (new CatalogueSeed(Taxonomy.Default, 11), api.Engine.Now);
        var (id, creator) = (seed.Id(Number), seed.Creator(Number));
        float[] centroid = new float[Taxonomy.Default.Count];
        centroid[0] = 1;
        var clusters = new CohortsDrawn(at, 1, [new TasteCluster(1, 500, [1], [.. centroid]), new TasteCluster(Cluster, 500, [0, 3], [.. centroid])], 2, 1_000, 3_000, "test");
        var name = $"“{clusters.Clusters[1].Title(Taxonomy.Default)}”";
        VideoMoved Moved(VideoStage to, int wave, ReasonCode why, params (string, double)[] numbers) =>
            new(at, id, creator, VideoStage.Testing, to, wave, Reason.Of(why, numbers), "rules-test") { Niche = [Cluster] };

        await api.Engine.Ledger.AppendAsync(
        [
            clusters, .. seed.Video(Number, at, open: false),
            Moved(VideoStage.Testing, 0, ReasonCode.NicheSought, ("score", 1.2), ("gate", 2.9), ("probability", 0.06), ("views", 40)),
        ], CancellationToken.None);
        await api.Follower.QuietAsync(CancellationToken.None);
        (await JourneyAsync(id)).GetProperty("headline").GetString().ShouldBe($"It stops for most viewers; its test goes on among {name}.");

        await api.Engine.Ledger.AppendAsync(
            [Moved(VideoStage.Widening, 1, ReasonCode.NicheFound, ("score", 6.1), ("gate", 2.9), ("probability", 0.96), ("views", 18))], CancellationToken.None);
        await api.Follower.QuietAsync(CancellationToken.None);

        var journey = await JourneyAsync(id);
        var steps = journey.GetProperty("entries").EnumerateArray().TakeLast(2).Select(step => (step.GetProperty("to_title").GetString(), step.GetProperty("text").GetString()));
        steps.ShouldBe([
            ("Test batch, niche", $"It stops for most viewers: 1.20 points a view over 40 views against a gate of 2.90. Its test goes on among {name}."),
            ("Widening, niche", $"It stops for most viewers and goes on among {name}: 6.10 points a view over 18 views there, and the chance that it is better than its peers (2.90) is 96 %."),
        ]);
        journey.GetProperty("headline").GetString().ShouldBe($"It stops for most viewers and goes on among {name}: nobody has watched in wave 1.");
        journey.GetProperty("evidence").GetProperty("niche").GetString().ShouldBe(name);
    }

    private async Task<JsonElement> JourneyAsync(VideoId id) =>
        await Api.Json(await api.SendAsync(HttpMethod.Get, $"/v1/videos/{id}/journey", bearer: await api.TokenAsync("operator")));
}
