using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Groundswell.Core;

namespace Groundswell.Demo.World;

/// <summary>Gives a synthetic creator an account and a token for it; only the server can.</summary>
public delegate Task<string> CreatorTokens(string name, CancellationToken cancellation);

/// <summary>How synthetic creators upload: through the public API, like everybody else.</summary>
public sealed class DemoStudio(HttpClient api, CreatorTokens tokens)
{
    private readonly Dictionary<string, string> _tokens = [];

    /// <summary>Uploads one file; the video's id when the server took it.</summary>
    /// <exception cref="HttpRequestException">The server refused it; the message holds its sentence.</exception>
    public async Task<VideoId> UploadAsync(string creator, string file, string name, string caption, string? sound, CancellationToken cancellation)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(caption), "caption" },
            { new StringContent(sound ?? ""), "sound" },
        };
        await using var bytes = File.OpenRead(file);
        form.Add(new StreamContent(bytes), "file", name);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/videos") { Content = form };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenOf(creator, cancellation));
        using var response = await api.SendAsync(request, cancellation);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellation);
        return response.IsSuccessStatusCode
            ? IdText.Parse<VideoId>(answer.GetProperty("video_id").GetString() ?? "")
            : throw new HttpRequestException($"The server refused {name}: {answer.GetProperty("detail").GetString()}", null, response.StatusCode);
    }

    private async Task<string> TokenOf(string creator, CancellationToken cancellation)
    {
        if (_tokens.TryGetValue(creator, out var known)) return known;
        return _tokens[creator] = await tokens(creator, cancellation);
    }
}
