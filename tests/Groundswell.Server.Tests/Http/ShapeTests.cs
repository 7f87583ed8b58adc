using System.Text.Json;

namespace Groundswell.Server.Tests.Http;

/// <summary>The fields that apps and pages rely on, endpoint by endpoint; a field without a value is there and null.</summary>
public sealed class ShapeTests(Api api) : IClassFixture<Api>
{
    [Theory]
    [InlineData("/v1/session", null, "viewer_id csrf_token account demo server_time")]
    [InlineData("/v1/status", null, "ready phase demo progress message videos views")]
    [InlineData("/health/ready", null, "status detail")]
    [InlineData("/v1/taste", null, "personalised genres views group")]
    [InlineData("/v1/viewer/region", null, "region regions.249")]
    [InlineData("/v1/viewer/interests", null, "interests most genres.0.name genres.23.title")]
    [InlineData("/v1/viewer/age", null, "age teens.profiled teens.pause_after_ms")]
    [InlineData("/v1/videos/{id}", null, "video_id caption hashtags creator.id creator.name sound duration_ms width height has_audio video_url poster_url strip_url stage stage_title uploaded_at counts.views counts.likes counts.comments counts.shares genres mine")]
    [InlineData("/v1/videos/{id}/comments", null, "comments")]
    [InlineData("/v1/studio/videos", "creator", "videos limits.max_bytes limits.max_seconds limits.formats")]
    [InlineData("/v1/videos/{id}/journey", "operator", "video_id caption stage stage_title poster_url headline entries.0.at entries.0.from entries.0.to entries.0.to_title entries.0.code entries.0.text entries.0.by entries.0.numbers.bytes entries.0.other entries.0.tried "
        + "evidence.impressions evidence.views evidence.points evidence.score evidence.gate evidence.probability_above_gate evidence.batch.size evidence.batch.shown evidence.actions.rewatch evidence.actions.early_skip "
        + "evidence.points_by_action.completion evidence.cohorts evidence.disqualified analysis.duration_ms analysis.video_codec analysis.audio_codec analysis.genres.0.weight analysis.motion analysis.loudness_lufs "
        + "analysis.shots_per_minute analysis.words analysis.hashtags analysis.palette.11 history")]
    [InlineData("/v1/review/queue", "reviewer", "items decided_today reasons.0.code reasons.0.title reasons.0.for")]
    [InlineData("/v1/console/overview", "operator", "server_time engine_time rules_version model_version ranker.serves ranker.learned ranker.loss_ratio ranker.calibration ranker.room.rows ranker.room.used ranker.room.evicted ranker.room.bytes uptime_s stages.0.stage stages.12.count totals.videos totals.creators totals.viewers totals.active_viewers_week totals.views "
        + "totals.signals live.feeds_per_min live.signals_per_min live.viewers_now live.series.59.exits exit_rate.hour exit_rate.day exit_rate.series.47.rate points_per_view.hour points_per_view.day points_per_session.day "
        + "tests.batch_size tests.running tests.backlog tests.oldest_wait_s tests.share_of_slots sources disqualified trends ledger.position ledger.watermark ledger.lag memory_mb audience.drawn_at audience.tastes audience.groups stage_troubles")]
    [InlineData("/v1/console/videos?stage=open&limit=3", "operator", "videos.2.video_id videos.0.caption videos.0.creator.name videos.0.stage videos.0.stage_title videos.0.since videos.0.score videos.0.views videos.0.poster_url")]
    [InlineData("/v1/console/rules", "operator", "version rules.points.rewatch rules.gate.widen_at rules.test_batch.least notes")]
    public async Task AnAnswer_HasTheFieldsOfTheContract(string path, string? role, string fields)
    {
        var video = api.Engine.Catalogue.Videos()[0].Id.ToString();
        var answer = await Api.Json(await api.SendAsync(HttpMethod.Get, path.Replace("{id}", video), bearer: role is null ? null : await api.TokenAsync(role)));
        fields.Split(' ').Where(field => !Has(answer, field.Split('.'))).ShouldBeEmpty(answer.ToString());
        NamesOf(answer).ShouldAllBe(name => name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_' || c == '.'));
    }

    [Theory]
    [InlineData("stage=nowhere")]
    [InlineData("")]
    [InlineData("stage=open&limit=0")]
    [InlineData("stage=open&limit=201")]
    [InlineData("stage=open&limit=many")]
    public async Task TheConsolesList_RefusesWhatItDoesNotKnow(string query)
    {
        var answer = await api.SendAsync(HttpMethod.Get, $"/v1/console/videos?{query}", bearer: await api.TokenAsync("operator"));
        ((int)answer.StatusCode).ShouldBeOneOf(400, 422);
        await Api.Problem(answer, answer.StatusCode);
    }

    private static bool Has(JsonElement json, ReadOnlySpan<string> path)
    {
        if (path.IsEmpty) return true;
        if (json.ValueKind == JsonValueKind.Array) return int.TryParse(path[0], out var index) && index < json.GetArrayLength() && Has(json[index], path[1..]);
        return json.ValueKind == JsonValueKind.Object && json.TryGetProperty(path[0], out var inner) && Has(inner, path[1..]);
    }

    private static IEnumerable<string> NamesOf(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(property => NamesOf(property.Value).Prepend(property.Name)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(NamesOf),
        _ => [],
    };
}
