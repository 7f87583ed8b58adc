using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Lab.Simulations;

namespace Groundswell.Cli;

/// <summary><c>groundswell lab</c>: the engine tried out, away from any server.</summary>
internal static class LabCommand
{
    public static Command Create() => new("lab", "Try the engine out, away from any server.") { Simulate(), CalibrateCommand.Create(), TestEconomyCommand.Create() };

    private static Command Simulate()
    {
        var scenario = new Option<string>("--scenario") { Description = $"The world: {string.Join(", ", Scenario.All.Select(known => known.Name))}.", DefaultValueFactory = _ => "steady" };
        scenario.AcceptOnlyFromAmong([.. Scenario.All.Select(known => known.Name)]);
        var seed = new Option<ulong>("--seed") { Description = "The world's seed; the same seed lives the same world.", DefaultValueFactory = _ => 1 };
        var rules = new Option<string?>("--rules") { Description = "A JSON file of rules; what it leaves out is as shipped." };
        var viewers = new Option<int?>("--viewers") { Description = "Viewers at the beginning." };
        var days = new Option<int?>("--days") { Description = "Days that are measured." };
        var warmUp = new Option<int?>("--warm-up-days") { Description = "Days lived before measuring." };
        var uploads = new Option<double?>("--uploads-per-day") { Description = "Mean uploads a day." };
        var sessions = new Option<double?>("--sessions-per-day") { Description = "Mean sessions of a viewer a day." };
        var json = new Option<bool>("--json") { Description = "Print the figures as one line of JSON." };
        var command = new Command("simulate", "Live weeks of a simulated audience under a set of rules.") { scenario, seed, rules, viewers, days, warmUp, uploads, sessions, json };
        command.SetAction((parsed, cancellation) => Lines.RunAsync(
            () =>
            {
                var world = Scenario.Named(parsed.GetRequiredValue(scenario)) ?? throw new ArgumentException("There is no such scenario.");
                world = world with
                {
                    Viewers = parsed.GetValue(viewers) ?? world.Viewers,
                    Days = parsed.GetValue(days) ?? world.Days,
                    WarmUpDays = parsed.GetValue(warmUp) ?? world.WarmUpDays,
                    UploadsPerDay = parsed.GetValue(uploads) ?? world.UploadsPerDay,
                    SessionsPerDay = parsed.GetValue(sessions) ?? world.SessionsPerDay,
                };
                var watch = Stopwatch.StartNew();
                var result = Simulation.Run(world, parsed.GetValue(rules) is { } file ? RulesOf.File(file) : new Rules(), parsed.GetValue(seed), Lines.Worlds(), cancellation);
                System.Console.Error.WriteLine();
                System.Console.Error.WriteLine($"{result.AllViews:N0} views in {watch.Elapsed.TotalSeconds:N1} s, {result.AllViews / watch.Elapsed.TotalSeconds:N0} a second");
                System.Console.WriteLine(JsonSerializer.Serialize(result with { Survival = [] }, GroundswellJson.Options));
                return Task.FromResult(Lines.Ok);
            },
            "Nothing was written; the same seed lives the same world again."));
        return command;
    }
}
