using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Lab.Ablations;
using Groundswell.Lab.Simulations;
using Spectre.Console;

namespace Groundswell.Cli;

/// <summary><c>groundswell lab ablations</c>: what each mechanism brings or costs, against leaving it out.</summary>
internal static class AblationsCommand
{
    public static Command Create()
    {
        var seed = new Option<ulong>("--seed") { Description = "The first world's seed.", DefaultValueFactory = _ => 1 };
        var seeds = new Option<int>("--seeds") { Description = "How many worlds; the intervals are over them.", DefaultValueFactory = _ => 4 };
        var viewers = new Option<int>("--viewers") { Description = "Viewers at the beginning.", DefaultValueFactory = _ => 5_000 };
        var days = new Option<int>("--days") { Description = "Days that are measured.", DefaultValueFactory = _ => 7 };
        var uploads = new Option<double>("--uploads-per-day") { Description = "Mean uploads a day.", DefaultValueFactory = _ => 80 };
        var impressions = new Option<int>("--test-impressions") { Description = "Length of the fixed batch that the sequential gate is set against.", DefaultValueFactory = _ => 48 };
        var cores = new Option<int>("--cores") { Description = "Worlds lived at once.", DefaultValueFactory = _ => Math.Min(2, Environment.ProcessorCount) };
        var json = new Option<bool>("--json") { Description = "Print every figure as one line of JSON." };
        var command = new Command("ablations", "What each mechanism brings or costs viewers, novices and creators, against leaving it out.")
            { seed, seeds, viewers, days, uploads, impressions, cores, json };
        command.SetAction((parsed, cancellation) => Lines.RunAsync(
            () =>
            {
                if (parsed.GetValue(seeds) < 2) return Task.FromResult(Lines.Fail("--seeds must be at least 2: an interval needs two worlds."));
                var world = new Scenario("steady", parsed.GetValue(viewers), parsed.GetValue(days), parsed.GetValue(uploads));
                var results = AblationStudy.Run(
                    world, new Rules(), parsed.GetValue(impressions), parsed.GetValue(seed), parsed.GetValue(seeds), parsed.GetValue(cores), Lines.Worlds(), cancellation);
                System.Console.Error.WriteLine();
                if (parsed.GetValue(json)) System.Console.WriteLine(JsonSerializer.Serialize(results.Select(Flat), GroundswellJson.Options));
                else Print(results);
                return Task.FromResult(Lines.Ok);
            },
            "Nothing was written; the same seeds live the same worlds again."));
        return command;
    }

    private static object Flat(AblationResult result) => new
    {
        result.Mechanism,
        Brings = result.Brings.Figures.Select(figure => new { figure.Figure.Name, Without = figure.First, With = figure.Second, figure.Difference, figure.Error }),
    };

    private static void Print(IEnumerable<AblationResult> results)
    {
        var table = new Table().AddColumns("mechanism", "figure", "without", "with", "difference", "95 % ±", "");
        foreach (var result in results)
            foreach (var figure in AblationStudy.Told.Select(name => result.Brings[name]).OfType<ComparedFigure>())
                table.AddRow(
                    result.Mechanism, figure.Figure.Title, Number(figure.First), Number(figure.Second), Number(figure.Difference), figure.Error is { } error ? Number(error) : "–",
                    figure.SecondIsBetter switch { true => "helps", false => "harms", null => figure.IsClear ? "differs" : "" });
        AnsiConsole.Write(table);
    }

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
