using System.CommandLine;
using System.Globalization;
using Groundswell.Lab.RankingLogs;
using Groundswell.Ranking.Learning;

namespace Groundswell.Cli;

/// <summary><c>groundswell lab t1</c>: the online ranker on a real log.</summary>
internal static class RankingLogCommand
{
    public static Command Create()
    {
        var history = new Option<FileInfo?>("--history") { Description = "Exposures before the log: user_history….csv; .gz is read as it is." };
        var users = new Option<FileInfo>("--users") { Description = "user_features….csv.", Required = true };
        var videos = new Option<FileInfo>("--videos") { Description = "video_features_basic….csv.", Required = true };
        var logs = new Option<FileInfo[]>("--log") { Description = "A log; given more than once, they are streamed in order as one, and the last is predicted.", Required = true };
        var delay = new Option<string>("--delay") { Description = "How long after an exposure its outcome is known, such as 60s.", DefaultValueFactory = _ => "0s" };
        var output = new Option<FileInfo>("--out") { Description = "Where the predictions go: row,p_rewatch,p_completion,p_share,p_comment,p_like.", Required = true };
        var command = new Command("t1", "Rank a real log online: predict every exposure before its outcome is seen, learn from it after.") { history, users, videos, logs, delay, output };
        command.SetAction((parsed, cancellation) => Lines.RunAsync(
            async () =>
            {
                var said = parsed.GetValue(delay) ?? "";
                if (!said.EndsWith('s') || !double.TryParse(said[..^1], CultureInfo.InvariantCulture, out var seconds) || seconds is not (>= 0 and <= 86_400))
                    return Lines.Fail($"--delay is a number of seconds up to a day such as 60s, not '{said}'.");
                RankedLog ranked;
                using (var line = new ProgressLine("Rows"))
                    ranked = ProgressiveValidation.Run(
                        parsed.GetValue(history)?.FullName, parsed.GetRequiredValue(users).FullName, parsed.GetRequiredValue(videos).FullName,
                        [.. parsed.GetRequiredValue(logs).Select(log => log.FullName)], TimeSpan.FromSeconds(seconds), new ModelSize(), line, cancellation);
                await WriteAsync(parsed.GetRequiredValue(output).FullName, ranked);
                System.Console.WriteLine($"{ranked.Rows:N0} rows predicted and learned from, {ranked.RowsPerSecond:N0} rows/s on one core; {ranked.Warm:N0} exposures before them.");
                return Lines.Ok;
            },
            "Nothing was written."));
        return command;
    }

    private static async Task WriteAsync(string path, RankedLog ranked)
    {
        await using var file = new StreamWriter(path);
        await file.WriteLineAsync("row,p_rewatch,p_completion,p_share,p_comment,p_like");
        for (var row = 0; row < ranked.Predictions.Length; row++)
        {
            var p = ranked.Predictions[row];
            await file.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{row},{p.Rewatch:G7},{p.Completion:G7},{p.Share:G7},{p.Comment:G7},{p.Like:G7}"));
        }
    }
}
