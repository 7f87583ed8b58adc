using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using Groundswell.Cluster.Uploads;
using Groundswell.Core;
using Groundswell.Core.Videos;
using Microsoft.Extensions.DependencyInjection;

namespace Groundswell.Server.Tests.Videos;

/// <summary>Uploads that go wrong on their way, and what is left of them.</summary>
public sealed class UploadTests(Api api) : IClassFixture<Api>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task AnUploadThatBreaksOff_LeavesNothing()
    {
        var before = Uploads();
        using (var socket = new TcpClient(api.Server.Address.Host, api.Server.Address.Port))
        {
            var head = $"POST /v1/videos HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {await api.TokenAsync("creator")}\r\n"
                + "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000000\r\n\r\n"
                + "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.mp4\"\r\n\r\nhalf a vid";
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
            await Until(() => Uploads().Except(before).Any(), "the upload has begun");
        }
        await Until(() => !Uploads().Except(before).Any(), "its bytes are gone");
    }

    [Theory]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.mp4\"\r\n\r\nno last boundary", 400)]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"caption\"\r\n\r\nno last boundary", 400)]
    [InlineData("--x\r\nno colon\r\n\r\nx\r\n--x--\r\n", 400)]
    [InlineData("--x--\r\n", 422)]
    [InlineData("", 400)]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.mp4\"\r\n\r\n\r\n--x--\r\n", 422)]
    [InlineData("--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nnot sent as a file\r\n--x--\r\n", 422)]
    public async Task ABodyThatIsNoUpload_IsRefusedInASentence(string body, int status)
    {
        var before = Uploads();
        await Api.Problem(await SendAsync(body, "x"), (HttpStatusCode)status);
        Uploads().ShouldBe(before);
    }

    [Fact]
    public async Task AnEndlessBoundary_IsRefused() => await Api.Problem(await SendAsync("", new string('b', 5000)), HttpStatusCode.UnsupportedMediaType);

    [Theory]
    [InlineData("caption", 2201)]
    [InlineData("sound", 101)]
    public async Task AFieldThatIsTooLong_IsNamed(string field, int length)
    {
        var before = Uploads();
        using var form = new MultipartFormDataContent { { new StringContent(new string('ä', length)), field }, { new ByteArrayContent([1, 2, 3]), "file", "a.mp4" } };
        var problem = await Api.Problem(await api.SendAsync(HttpMethod.Post, "/v1/videos", form, bearer: await api.TokenAsync("creator")), HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();
        Uploads().ShouldBe(before);
    }

    [Fact]
    public async Task AnUploadBeyondTheLimit_IsRefusedByItsLength()
    {
        using var socket = new TcpClient(api.Server.Address.Host, api.Server.Address.Port);
        var head = $"POST /v1/videos HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {await api.TokenAsync("creator")}\r\n"
            + "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 99999999999\r\nConnection: close\r\n\r\n--x\r\n";
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
        var answer = await new StreamReader(socket.GetStream()).ReadToEndAsync();
        answer.ShouldStartWith("HTTP/1.1 413");
        answer.ShouldContain("application/problem+json");
    }

    [Fact]
    public async Task AVideoDeletedWhileInWork_LeavesNoFile()
    {
        var bearer = await api.TokenAsync("creator");
        var clip = await api.ClipAsync("slow.mp4", "mandelbrot=s=640x1136:r=30");
        var progress = api.Server.Services.GetRequiredService<UploadProgress>();
        var video = await api.UploadAsync(clip, "Gone before it was there", bearer);
        await Until(() => progress.Of(video) is not null, "ffmpeg has it");
        (await api.SendAsync(HttpMethod.Delete, $"/v1/videos/{video}", bearer: bearer)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await Until(() => progress.Of(video) is null, "ffmpeg is done with it");
        await Until(() => !Directory.Exists(Path.Combine(api.Folder, "media", video.ToString())), "its folder is gone");
        File.Exists(Path.Combine(api.Folder, "uploads", $"{video}.bin")).ShouldBeFalse();
        api.Engine.Catalogue.Video(video)?.Stage.ShouldBe(VideoStage.Deleted);
    }

    [Fact]
    public async Task Media_ComesInRanges_AndDeletingTakesItFromTheDisk()
    {
        var bearer = await api.TokenAsync("creator");
        var video = await api.UploadAsync(await api.ClipAsync("ranges.mp4", "testsrc=s=180x320:r=12"), "Ranges #test", bearer);
        await api.StageAsync(video, VideoStage.Testing);
        var path = $"/media/{video}/video.mp4";
        var whole = await (await api.Client.GetAsync(path)).Content.ReadAsByteArrayAsync();
        var first = await RangeAsync(path, 0, 99);
        first.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        first.Content.Headers.ContentRange?.ToString().ShouldBe($"bytes 0-99/{whole.Length}");
        (await first.Content.ReadAsByteArrayAsync()).ShouldBe(whole[..100]);
        (await (await RangeAsync(path, null, 10)).Content.ReadAsByteArrayAsync()).ShouldBe(whole[^10..]);
        (await RangeAsync(path, whole.Length + 5, null)).StatusCode.ShouldBe(HttpStatusCode.RequestedRangeNotSatisfiable);
        foreach (var picture in (string[])["poster.jpg", "strip.jpg"])
            (await api.Client.GetAsync($"/media/{video}/{picture}")).Content.Headers.ContentType?.MediaType.ShouldBe("image/jpeg");

        (await api.SendAsync(HttpMethod.Delete, $"/v1/videos/{video}", bearer: bearer)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Directory.Exists(Path.Combine(api.Folder, "media", video.ToString())).ShouldBeFalse();
        await Api.Problem(await api.Client.GetAsync(path), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task WhatWaitsForAReviewer_IsForItsCreatorAndTheReviewersOnly_AndGoesOnWhenApproved()
    {
        var (bearer, reviewer) = (await api.TokenAsync("creator"), await api.TokenAsync("reviewer"));
        var video = await api.UploadAsync(await api.ClipAsync("word.mp4", "gradients=s=180x320:r=12:speed=0.2:seed=9"), "Not a scam #gradients", bearer);
        await api.StageAsync(video, VideoStage.HumanReview);
        foreach (var path in (string[])[$"/media/{video}/video.mp4", $"/media/{video}/poster.jpg", $"/v1/videos/{video}", $"/v1/videos/{video}/comments"])
        {
            await Api.Problem(await api.Client.GetAsync(path), HttpStatusCode.NotFound);
            foreach (var insider in (string[])[bearer, reviewer]) (await api.SendAsync(HttpMethod.Get, path, bearer: insider)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
        }
        (await api.SendAsync(HttpMethod.Get, $"/media/{video}/video.mp4", bearer: bearer)).Headers.CacheControl?.NoStore.ShouldBeTrue();
        var shared = await api.FeedAsync(await api.DeviceAsync(), new() { ["n"] = 1, ["start_with"] = video.ToString() });
        shared.GetProperty("items").EnumerateArray().ShouldAllBe(item => item.GetProperty("video_id").GetString() != video.ToString());

        var decision = JsonContent.Create(new { decision = "approve", reason = "context" });
        await Api.Json(await api.SendAsync(HttpMethod.Post, $"/v1/review/{video}/decision", decision, bearer: reviewer));
        await api.StageAsync(video, VideoStage.Testing);
        (await api.Client.GetAsync($"/v1/videos/{video}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Files from other projects' test suites: odd codecs, fragments, rotation, no duration, no picture.</summary>
    [Fact]
    public async Task OddFiles_ComeToAnEnd_AndSayWhich()
    {
        var folder = OddClips();
        Assert.SkipWhen(folder is null, "there is no folder shared/clips/odd above the tests");
        var bearer = await api.TokenAsync("creator");
        var videos = new List<(string File, VideoId Video)>();
        foreach (var file in Directory.EnumerateFiles(folder!).Order(StringComparer.Ordinal))
            videos.Add((Path.GetFileName(file), await api.UploadAsync(file, $"Odd: {Path.GetFileName(file)}", bearer)));
        foreach (var (file, video) in videos)
        {
            var stage = await api.StageAsync(video, VideoStage.Rejected, VideoStage.HumanReview, VideoStage.Testing, VideoStage.Held);
            var journey = await Api.Json(await api.SendAsync(HttpMethod.Get, $"/v1/videos/{video}/journey", bearer: bearer));
            var headline = journey.GetProperty("headline").GetString() ?? "";
            headline.Length.ShouldBeGreaterThan(20, file);
            if (stage == VideoStage.Rejected) headline.ShouldEndWith(".");
            File.Exists(Path.Combine(api.Folder, "uploads", $"{video}.bin")).ShouldBeFalse($"{file} is done with");
            TestContext.Current.TestOutputHelper?.WriteLine($"{file}: {stage}, {headline}");
        }
    }

    private static string? OddClips()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "shared", "clips", "odd") is var odd && Directory.Exists(odd)) return odd;
        return null;
    }

    private string[] Uploads() => [.. Directory.EnumerateFiles(Path.Combine(api.Folder, "uploads")).Order(StringComparer.Ordinal)];

    private async Task<HttpResponseMessage> SendAsync(string body, string boundary)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/form-data; boundary={boundary}");
        return await api.SendAsync(HttpMethod.Post, "/v1/videos", content, bearer: await api.TokenAsync("creator"));
    }

    private Task<HttpResponseMessage> RangeAsync(string path, long? from, long? to)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Range = new RangeHeaderValue(from, to);
        return api.Client.SendAsync(request);
    }

    private static async Task Until(Func<bool> holds, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!holds())
        {
            if (patience.IsCancellationRequested) throw new TimeoutException($"After {Patience.TotalSeconds} s it does not hold that {what}.");
            await Task.Delay(10);
        }
    }
}
