using System.CommandLine;
using Groundswell.Core;
using Groundswell.Lab.TasteTime;
using Groundswell.Lab.TestBatches;

namespace Groundswell.Cli;

/// <summary><c>groundswell lab t2</c>: how soon the engine knows what real people like.</summary>
internal static class ClosedLoopCommand
{
    public static Command Create()
    {
        var data = new Option<FileInfo>("--data") { Description = "A log of user,video,watch_ratio; .gz is read as it is.", Required = true };
        var rounds = new Option<int>("--rounds") { Description = "Videos that everybody is shown.", DefaultValueFactory = _ => 40 };
        var seeds = new Option<int>("--seeds") { Description = "How many orders of people.", DefaultValueFactory = _ => 5 };
        var output = new Option<FileInfo>("--out") { Description = "Where the choices go: seed,round,user,video.", Required = true };
        var command = new Command("t2", "Time to taste: show real people what the engine chooses, and learn from what they really watched.") { data, rounds, seeds, output };
        command.SetAction((parsed, cancellation) => Lines.RunAsync(
            async () =>
            {
                var (most, count) = (parsed.GetValue(rounds), parsed.GetValue(seeds));
                if (most < 1) return Lines.Fail("--rounds must be at least 1.");
                if (count < 1) return Lines.Fail("--seeds must be at least 1.");
                List<Choice> choices;
                using (var line = new ProgressLine("Rounds"))
                    choices = ClosedLoop.Run(WatchLog.Rows(parsed.GetRequiredValue(data).FullName), most, count, new Rules().Points, line, cancellation);
                await using var file = new StreamWriter(parsed.GetRequiredValue(output).FullName);
                await file.WriteLineAsync("seed,round,user,video");
                foreach (var choice in choices) await file.WriteLineAsync($"{choice.Seed},{choice.Round},{choice.User},{choice.Video}");
                System.Console.WriteLine($"{choices.Count:N0} choices in {count} orders of people.");
                return Lines.Ok;
            },
            "Nothing was written."));
        return command;
    }
}
