using Groundswell.Lab.RankingLogs;
using Groundswell.Ranking.Learning;

namespace Groundswell.Lab.Tests.RankingLogs;

public sealed class ProgressiveValidationTests : IDisposable
{
    private const string Header = "user_id,video_id,time_ms,tab,duration_ms,play_time_ms,is_forward,is_comment,is_like,long_view";
    private static readonly ModelSize Small = new(1 << 12, 1 << 12, 1 << 12, 1 << 12);

    private readonly string _folder = Directory.CreateTempSubdirectory("groundswell-t1-").FullName;

    [Fact]
    public void ARow_IsPredictedFromEarlierRowsOnly()
    {
        var finished = Run(Log(lastPlayed: 10_000));
        var skipped = Run(Log(lastPlayed: 100));
        finished.Predictions.ShouldBe(skipped.Predictions, "the last row's own outcome moves no prediction");
        finished.Predictions.Length.ShouldBe(41);
        finished.Predictions[40].Completion.ShouldBeGreaterThan(finished.Predictions[0].Completion, "everybody before had finished it");
    }

    [Fact]
    public void WithADelay_OutcomesAreKnownLater()
    {
        var at = Run(Log(10_000));
        var late = Run(Log(10_000), delay: TimeSpan.FromDays(1));
        late.Predictions[40].Completion.ShouldBe(late.Predictions[0].Completion, 0.02f, "nothing is known yet");
        at.Predictions[40].Completion.ShouldBeGreaterThan(late.Predictions[40].Completion + 0.1f);
    }

    [Fact]
    public void LogsAreOneStream_AndTheLastIsPredicted()
    {
        var second = Write("second.csv", Header, "900,7,90000000,1,10000,10000,0,0,0,1");
        var ranked = Run(Log(10_000), second);
        ranked.Predictions.Length.ShouldBe(1);
        ranked.Predictions[0].Completion.ShouldBeGreaterThan(Run(second).Predictions[0].Completion, "the first log was learned from");
    }

    [Fact]
    public void AFileThatIsNoLog_IsNamed() =>
        Should.Throw<InvalidDataException>(() => Run(Write("no.csv", "user_id,video_id"))).Message.ShouldContain("no column 'time_ms'");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Forty people finish one video, a minute apart, and one more is shown it.</summary>
    private string Log(int lastPlayed) => Write(
        "log.csv",
        [Header, .. Enumerable.Range(0, 40).Select(user => $"{user},7,{user * 60_000},1,10000,10000,0,0,0,1"), $"99,7,2400000,1,10000,{lastPlayed},0,0,0,0"]);

    private RankedLog Run(params string[] logs) => Run(logs, TimeSpan.Zero);

    private RankedLog Run(string log, TimeSpan delay) => Run([log], delay);

    private RankedLog Run(string[] logs, TimeSpan delay) => ProgressiveValidation.Run(
        Write("history.csv", "user_id,history_len,last_time_ms,watch_seq,like_seq,long_watch_seq", "1,2,0,\"7 8\",\"\",\"7\""),
        Write("users.csv", "user_id,user_active_degree,is_video_author,follow_user_num_range,fans_user_num_range,friend_user_num_range,register_days_range", "1,full,0,500+,\"[1,10)\",0,730+"),
        Write("videos.csv", "video_id,author_id,video_type,upload_type,upload_dt,video_duration,music_id,tag", "7,70,NORMAL,LongImport,1969-12-30,10000.0,5.0,39"),
        logs, delay, Small, progress: null, CancellationToken.None);

    private string Write(string name, params string[] lines)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllLines(path, lines);
        return path;
    }
}
