using System.Data.Common;
using CsCheck;
using Groundswell.Core;
using Groundswell.Core.Videos;
using static Groundswell.Core.Videos.VideoStage;

namespace Groundswell.Storage.Tests.Ledger;

/// <summary>Where a video stands changes only with its journal, along the moves there are, and never past review.</summary>
public abstract class VideoStageConformance : Conformance
{
    private static readonly VideoStage[] ShortestLife = [Uploaded, Processed, Reviewed, Testing];

    [Fact]
    public async Task AVideo_GoesThroughItsLife()
    {
        await LiveAsync(Facts.Video, Uploaded, Processed, HumanReview, Reviewed, Testing, Widening, Widening, Open, Library, HumanReview, Rejected);
        (await StageAsync(Facts.Video)).ShouldBe("rejected");
        Ledger.ReadJournal(Facts.Video).Count.ShouldBe(11);
    }

    [Theory]
    [InlineData(Uploaded, Testing)]
    [InlineData(Uploaded, Open)]
    [InlineData(Uploaded, Uploaded)]
    public async Task AMoveThatThereIsNot_IsRefused(VideoStage from, VideoStage to)
    {
        await LiveAsync(Facts.Video, Uploaded);
        var refused = await Should.ThrowAsync<StaleMoveException>(() => AppendAsync(Facts.Moved(Facts.Video, from, to)));
        refused.Message.ShouldContain("there is no such move");
        (await StageAsync(Facts.Video)).ShouldBe("uploaded");
        Ledger.Head.ShouldBe(1);
    }

    [Fact]
    public async Task AVideo_IsUploadedOnceAndMovesOnlyAfter()
    {
        (await Should.ThrowAsync<StaleMoveException>(() => AppendAsync(Facts.Moved(Facts.Video, Uploaded, Processed)))).Actual.ShouldBeNull();
        await LiveAsync(Facts.Video, Uploaded, Processed);
        (await Should.ThrowAsync<StaleMoveException>(() => AppendAsync(Facts.Uploaded(Facts.Video)))).Actual.ShouldBe(Processed);
        Ledger.Head.ShouldBe(2);
    }

    [Fact]
    public async Task ACall_MaySeeItsOwnMoves()
    {
        await AppendAsync(Facts.Uploaded(Facts.Video), Facts.Moved(Facts.Video, Uploaded, Processed), Facts.Moved(Facts.Video, Processed, Reviewed));
        (await StageAsync(Facts.Video)).ShouldBe("reviewed");
    }

    [Fact]
    public async Task ReviewAndDuplicateCheck_AreRememberedByPosition()
    {
        await LiveAsync(Facts.Video, ShortestLife);
        (await ColumnAsync("reviewed_position")).ShouldBe(3L);
        (await ColumnAsync("duplicate_checked_position")).ShouldBe(4L);
        await AppendAsync(Facts.Moved(Facts.Video, Testing, HumanReview));
        (await ColumnAsync("reviewed_position")).ShouldBe(DBNull.Value);
        (await ColumnAsync("duplicate_checked_position")).ShouldBe(DBNull.Value);
    }

    [Theory]
    [InlineData(Testing)]
    [InlineData(Widening)]
    [InlineData(Open)]
    [InlineData(Reviving)]
    [InlineData(Paused)]
    [InlineData(Library)]
    public async Task TheConstraint_RefusesEveryPublicStageWithoutReviewAndDuplicateCheck(VideoStage stage)
    {
        stage.IsPublic().ShouldBeTrue();
        await LiveAsync(Facts.Video, Uploaded, Processed, Reviewed);
        await LiveAsync(new VideoId(23), ShortestLife);
        var name = stage.ToString().ToLowerInvariant();
        string[] attempts =
        [
            $"UPDATE videos SET stage = '{name}' WHERE video = {Facts.Video.Value}",
            $"UPDATE videos SET stage = '{name}', reviewed_position = NULL WHERE video = 23",
            $"UPDATE videos SET stage = '{name}', duplicate_checked_position = NULL WHERE video = 23",
            $"INSERT INTO videos (video, creator, stage, position) VALUES (24, 1, '{name}', 1)",
        ];
        foreach (var sql in attempts)
            (await Should.ThrowAsync<DbException>(() => Backend.RunSqlAsync(sql))).Message.ShouldContain("reviewed_and_no_duplicate");
    }

    [Fact]
    public async Task TheConstraint_KnowsEveryStageAndNoOther()
    {
        await LiveAsync(Facts.Video, ShortestLife);
        foreach (var stage in Enum.GetValues<VideoStage>())
        {
            var name = System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(stage.ToString());
            await Backend.RunSqlAsync($"UPDATE videos SET stage = '{name}'");
        }
        await Should.ThrowAsync<DbException>(() => Backend.RunSqlAsync("UPDATE videos SET stage = 'viral'"));
    }

    /// <summary>Whatever moves are tried, the ledger takes exactly those that the state machine allows from where the video is.</summary>
    [Fact]
    public async Task AnyAttempts_LeaveTheVideoWhereTheStateMachineDoes()
    {
        var lives = new List<(VideoStage From, VideoStage To)[]>();
        var stage = Gen.Enum<VideoStage>();
        Gen.Select(stage, stage).Array[0, 60].Sample(lives.Add, iter: 60, threads: 1, writeLine: TestContext.Current.TestOutputHelper!.WriteLine);
        for (var i = 0; i < lives.Count; i++) await CheckAsync(new VideoId(1_000 + i), lives[i]);
    }

    private async Task CheckAsync(VideoId video, (VideoStage From, VideoStage To)[] attempts)
    {
        await AppendAsync(Facts.Uploaded(video));
        var stands = Uploaded;
        // Half of the attempts know where the video is, or hardly any would ever move it.
        foreach (var (from, to) in attempts.Select((attempt, i) => i % 2 == 0 ? attempt : (default, attempt.To)))
        {
            var said = from == default ? stands : from;
            var moving = AppendAsync(Facts.Moved(video, said, to));
            if (said == stands && VideoLife.Allows(said, to))
            {
                await moving;
                stands = to;
            }
            else
            {
                (await Should.ThrowAsync<StaleMoveException>(moving)).Actual.ShouldBe(stands);
            }
        }
        var folded = Ledger.ReadJournal(video).Select(recorded => recorded.Entry).OfType<Core.Ledger.VideoMoved>().LastOrDefault()?.To ?? Uploaded;
        folded.ShouldBe(stands);
    }

    private async Task LiveAsync(VideoId video, params VideoStage[] stages)
    {
        await AppendAsync(Facts.Uploaded(video));
        for (var i = 1; i < stages.Length; i++) await AppendAsync(Facts.Moved(video, stages[i - 1], stages[i]));
    }

    private async Task<string?> StageAsync(VideoId video) => (string?)await Backend.RunSqlAsync($"SELECT stage FROM videos WHERE video = {video.Value}");

    private Task<object?> ColumnAsync(string column) => Backend.RunSqlAsync($"SELECT {column} FROM videos WHERE video = {Facts.Video.Value}");
}
