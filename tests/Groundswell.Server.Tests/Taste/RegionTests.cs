using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Groundswell.Cluster.Viewers;
using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Microsoft.Extensions.DependencyInjection;

namespace Groundswell.Server.Tests.Taste;

public sealed class RegionTests(Api api) : IClassFixture<Api>
{
    private const string Path = "/v1/viewer/region";

    [Fact]
    public async Task Nobody_SharesARegionUnlessTheySaySo()
    {
        var device = await api.DeviceAsync();
        await api.FeedAsync(device);

        (await SharedAsync(device)).ShouldBeNull();
        (await CohortAsync(device)).Region.ShouldBeNull();
    }

    [Fact]
    public async Task ARegion_IsUsedFromTheNextPageOn_AndFoundAgainAtAnyTime()
    {
        var device = await api.DeviceAsync();
        await api.FeedAsync(device);
        var answer = await Api.Json(await PutAsync(device, "DE"));

        answer.GetProperty("region").GetString().ShouldBe("DE");
        answer.GetProperty("regions").EnumerateArray().Select(code => code.GetString()).ShouldContain("FR");
        (await SharedAsync(device)).ShouldBe("DE");
        (await CohortAsync(device)).Region.ToString().ShouldBe("DE");
        await Api.Json(await PutAsync(device, "FR"));
        (await CohortAsync(device)).Region.ToString().ShouldBe("FR");
    }

    [Fact]
    public async Task ARegionTakenBack_IsNotUsedAndInNoState()
    {
        var device = await api.DeviceAsync();
        await Api.Json(await PutAsync(device, "NZ"));
        var page = await api.FeedAsync(device, new JsonObject { ["n"] = 4 });
        var viewer = IdText.Parse<ViewerId>(page.GetProperty("viewer_id").GetString() ?? "");
        foreach (var (number, item) in page.GetProperty("items").EnumerateArray().Index())
            await api.EventsAsync(device, Api.Event($"s{number}", "play_start", item), number == 3 ? Api.Event("h", "heartbeat", item, Api.Played(300)) : Api.Event($"e{number}", "play_end", item, Api.Played(1000)));
        (await StateAsync(viewer)).ShouldContain("NZ");

        (await api.SendAsync(HttpMethod.Delete, Path, device: device)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await SharedAsync(device)).ShouldBeNull();
        await api.Follower.QuietAsync(CancellationToken.None);
        var state = ViewerLoading.Load(viewer, api.Engine);
        state.Region.ShouldBeNull();
        state.Views.Count.ShouldBe(4);
        state.Views.Values.ShouldAllBe(view => new Cohort(view.Cohort).Region == null);
        if (state.Playing is { Slot: { } open }) new Cohort(open.Cohort).Region.ShouldBeNull();
        api.Engine.Statistics.Read(statistics => new Cohort(statistics.LastCohort[viewer.Value]).Region).ShouldBeNull();
        (await CohortAsync(device)).Region.ShouldBeNull();
        // Taking back what is not there changes nothing, and writes nothing.
        var head = api.Engine.Ledger.Head;
        (await api.SendAsync(HttpMethod.Delete, Path, device: device)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        api.Engine.Ledger.Read(head, 10).ShouldNotContain(recorded => recorded.Entry is RegionShared);
    }

    [Fact]
    public async Task WithoutPersonalisation_TheRegionIsNotUsed()
    {
        var device = await api.DeviceAsync();
        await Api.Json(await PutAsync(device, "JP"));

        (await CohortAsync(device, "non_profiled")).Region.ShouldBeNull();
        await Api.Json(await api.SendAsync(HttpMethod.Put, "/v1/taste", JsonContent.Create(new { personalised = false }), device));
        (await CohortAsync(device)).Region.ShouldBeNull();
        (await SharedAsync(device)).ShouldBe("JP");
    }

    [Theory]
    [InlineData("""{"region":"de"}""")]
    [InlineData("""{"region":"ZZ"}""")]
    [InlineData("""{"region":"Germany"}""")]
    [InlineData("""{"region":""}""")]
    [InlineData("""{"region":null}""")]
    [InlineData("{}")]
    public async Task ACodeThatIsNone_IsRefusedWithWhatToDo(string body)
    {
        var device = await api.DeviceAsync();
        var answer = await api.SendAsync(HttpMethod.Put, Path, new StringContent(body, System.Text.Encoding.UTF8, "application/json"), device);

        var problem = await Api.Problem(answer, HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("errors").GetProperty("region")[0].GetString().ShouldNotBeNull().ShouldContain("ISO 3166-1");
        (await SharedAsync(device)).ShouldBeNull();
    }

    [Fact]
    public async Task ABodyOfAnotherForm_IsABadRequest() =>
        await Api.Problem(await api.SendAsync(HttpMethod.Put, Path, JsonContent.Create(new { region = 49 }), await api.DeviceAsync()), HttpStatusCode.BadRequest);

    private Task<HttpResponseMessage> PutAsync(string device, string region) => api.SendAsync(HttpMethod.Put, Path, JsonContent.Create(new { region }), device);

    private async Task<string?> SharedAsync(string device) => (await Api.Json(await api.SendAsync(HttpMethod.Get, Path, device: device))).GetProperty("region").GetString();

    /// <summary>The cohort that the next page is made for, as its signed slots say.</summary>
    private async Task<Cohort> CohortAsync(string device, string mode = "personalised")
    {
        var page = await api.FeedAsync(device, new JsonObject { ["n"] = 2, ["mode"] = mode });
        var signer = api.Server.Services.GetRequiredService<SlotSigner>();
        return signer.Verify(page.GetProperty("items")[0].GetProperty("slot_token").GetString()).ShouldNotBeNull().Cohort;
    }

    private async Task<string> StateAsync(ViewerId viewer)
    {
        await api.Follower.QuietAsync(CancellationToken.None);
        return JsonSerializer.Serialize(ViewerLoading.Load(viewer, api.Engine), GroundswellJson.Options);
    }
}
