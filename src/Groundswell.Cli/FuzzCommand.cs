using System.CommandLine;
using System.Text.Json;
using Groundswell.Bench.Fuzz;
using Groundswell.Core.Ledger;

namespace Groundswell.Cli;

/// <summary><c>groundswell bench fuzz</c>: hostile requests at a server of its own; fails on the first that it does not answer with 2xx or 4xx.</summary>
internal static class FuzzCommand
{
    private static readonly JsonSerializerOptions Readable = new(GroundswellJson.Options) { WriteIndented = true };

    public static Command Create()
    {
        var minutes = new Option<double>("--minutes") { Description = "How long.", DefaultValueFactory = _ => 1 };
        minutes.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and <= 1440)) result.AddError("--minutes must be above 0 and at most 1440.");
        });
        var seed = new Option<ulong?>("--seed") { Description = "The seed of an earlier run, to send the same requests again." };
        var command = new Command("fuzz", "Hostile requests for POST /v1/events and POST /v1/feed, made from the OpenAPI document.") { minutes, seed };
        command.SetAction(async (parsed, cancellation) =>
        {
            var figures = await FuzzBench.RunAsync(
                TimeSpan.FromMinutes(parsed.GetRequiredValue(minutes)), parsed.GetValue(seed) ?? (ulong)TimeProvider.System.GetTimestamp(),
                Lines.Steps(), cancellation);
            System.Console.WriteLine(JsonSerializer.Serialize(figures, Readable));
            return figures.Faults.IsEmpty ? 0 : 1;
        });
        return command;
    }
}
