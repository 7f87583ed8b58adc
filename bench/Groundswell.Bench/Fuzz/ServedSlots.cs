using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Groundswell.Server.Access;

namespace Groundswell.Bench.Fuzz;

/// <summary>The slots of a page really served.</summary>
internal static class ServedSlots
{
    public static async Task<(string Token, string Video)[]> OfAsync(HttpClient client, string device, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/feed") { Content = JsonContent.Create(new JsonObject { ["n"] = 5 }) };
        request.Headers.Add(Callers.DeviceHeader, device);
        using var answer = await client.SendAsync(request, cancellation);
        var page = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        return [.. page.GetProperty("items").EnumerateArray().Select(item => (item.GetProperty("slot_token").GetString() ?? "", item.GetProperty("video_id").GetString() ?? ""))];
    }
}
