using System.Text.Json;
using System.Text.Json.Nodes;
using Groundswell.Core.Signals;

namespace Groundswell.Server.Tests.Feed;

/// <summary>Many devices of one network on one video; all of a test's devices are of one network.</summary>
public sealed class BurstTests(Api api) : IClassFixture<Api>
{
    private static readonly int Most = QualificationRules.Default.BurstViews;

    [Fact]
    public async Task OneDevice_MakesNoBurst_HoweverOftenItSendsTheSame()
    {
        var video = Video(0);
        var (first, item) = await OpenAsync(video);
        for (var tries = 0; tries <= Most; tries++) await api.EventsAsync(first, Api.Event("same", "impression", item));
        await api.EventsAsync(first, [.. Enumerable.Range(0, Most + 1).Select(number => Api.Event($"other-{number}", "impression", item))]);
        var (second, its) = await OpenAsync(video);
        (await api.EventsAsync(second, Api.Event("a", "play_end", its, Api.Played(1000))))[0].GetProperty("status").GetString().ShouldBe("accepted");
    }

    [Fact]
    public async Task ADeviceWithoutASlot_TakesNobodysPlace()
    {
        var video = Video(1);
        var (owner, item) = await OpenAsync(video);
        for (var device = 0; device <= Most; device++) await api.EventsAsync(await api.DeviceAsync(), Api.Event("forged", "impression", item));
        (await api.EventsAsync(owner, Api.Event("a", "play_end", item, Api.Played(1000))))[0].GetProperty("status").GetString().ShouldBe("accepted");
    }

    [Theory]
    [InlineData(2, "impression")]
    [InlineData(3, "play_end")] // a device that leaves the impression out is counted all the same
    public async Task TheDevicesBeyondTheBound_CountNothing_ThoseBeforeStillDo(int number, string type)
    {
        var video = Video(number);
        var (first, its) = await OpenAsync(video);
        await api.EventsAsync(first, Api.Event("a", "impression", its));
        var statuses = new List<string?>();
        for (var device = 1; device <= Most; device++)
        {
            var (next, item) = await OpenAsync(video);
            var result = (await api.EventsAsync(next, Api.Event("b", type, item, type == "play_end" ? Api.Played(1000) : null)))[0];
            statuses.Add(result.GetProperty("reason").GetString() ?? result.GetProperty("status").GetString());
        }
        statuses.ShouldBe([.. Enumerable.Repeat("accepted", Most - 1), "burst"]);
        (await api.EventsAsync(first, Api.Event("c", "play_end", its, Api.Played(1000))))[0].GetProperty("status").GetString().ShouldBe("accepted");
    }

    private static string Video(int number) => new Demo.Seeds.CatalogueSeed(Core.Genres.Taxonomy.Default, 11).Id(number).ToString();

    private async Task<(string Device, JsonElement Item)> OpenAsync(string video)
    {
        var device = await api.DeviceAsync();
        return (device, (await api.FeedAsync(device, new JsonObject { ["n"] = 1, ["start_with"] = video })).GetProperty("items")[0]);
    }
}
