using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Lab.Reports;
using Groundswell.Lab.Simulations;

namespace Groundswell.Cli;

/// <summary><c>groundswell lab simulate</c>: what a policy, or one policy against another, does to weeks of a simulated audience.</summary>
internal sealed class SimulateCommand
{
    private readonly Option<string> _scenario = new("--scenario")
    {
        Description = $"The world: {string.Join(", ", Scenario.All.Select(known => known.Name))}.", DefaultValueFactory = _ => "steady",
    };

    private readonly Option<ulong> _seed = new("--seed") { Description = "The first world's seed; the same seed lives the same world.", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _seeds = new("--seeds") { Description = "How many worlds are lived; from two on, figures carry a 95 % interval.", DefaultValueFactory = _ => 1 };
    private readonly Option<string?> _rules = new("--rules") { Description = "A rules file, saying only what differs from the shipped ones; without it, the shipped rules." };
    private readonly Option<string?> _against = new("--against") { Description = "Another rules file, or default for the shipped rules: both live the same worlds." };
    private readonly Option<int?> _viewers = new("--viewers") { Description = "Viewers at the beginning." };
    private readonly Option<int?> _days = new("--days") { Description = "Days that are measured." };
    private readonly Option<int?> _warmUp = new("--warm-up-days") { Description = "Days lived before measuring." };
    private readonly Option<double?> _uploads = new("--uploads-per-day") { Description = "Mean uploads a day." };
    private readonly Option<double?> _sessions = new("--sessions-per-day") { Description = "Mean sessions of a viewer a day." };
    private readonly Option<int?> _flood = new("--flood-uploads") { Description = "Uploads of the scenario's flood; its creators in proportion." };
    private readonly Option<double?> _floodHours = new("--flood-hours") { Description = "Hours over which the scenario's flood comes." };
    private readonly Option<int> _cores = new("--cores") { Description = "Worlds lived at once, each on a core; where there are fewer, each has several.", DefaultValueFactory = _ => Math.Min(2, Environment.ProcessorCount) };
    private readonly Option<string?> _out = new("--out") { Description = "Where the report goes: one HTML file." };
    private readonly Option<bool> _json = new("--json") { Description = "Print every figure as one line of JSON." };

    public static Command Create()
    {
        var options = new SimulateCommand();
        options._scenario.AcceptOnlyFromAmong([.. Scenario.All.Select(known => known.Name)]);
        var command = new Command("simulate", "Live weeks of a simulated audience under a set of rules, or under two, and report.")
        {
            options._scenario, options._seed, options._seeds, options._rules, options._against, options._viewers, options._days, options._warmUp,
            options._uploads, options._sessions, options._flood, options._floodHours, options._cores, options._out, options._json,
        };
        command.SetAction((parsed, cancellation) => Lines.RunAsync(() => options.RunAsync(parsed, cancellation), "Nothing was written; the same seed lives the same world again."));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (seeds, cores) = (parsed.GetRequiredValue(_seeds), parsed.GetRequiredValue(_cores));
        if (seeds is < 1 or > 1000) return Lines.Fail("--seeds must be between 1 and 1,000.");
        if (cores is < 1 or > 256) return Lines.Fail("--cores must be between 1 and 256.");
        if (parsed.GetValue(_out) is null && !parsed.GetValue(_json)) return Lines.Fail("Say where the report goes with --out report.html, or ask for the figures with --json.");
        var scenario = World(parsed);
        if (scenario.Flood is null && (parsed.GetValue(_flood) is not null || parsed.GetValue(_floodHours) is not null))
            return Lines.Fail("--flood-uploads and --flood-hours need a scenario with a flood: flood or one-creator-flood.");
        var watch = Stopwatch.StartNew();
        var runs = Trials.Run(scenario, Policies(parsed), parsed.GetRequiredValue(_seed), seeds, cores, Lines.Worlds(), cancellation);
        System.Console.Error.WriteLine();
        var views = runs.Sum(policy => policy.Results.Sum(result => result.AllViews));
        System.Console.Error.WriteLine($"{views:N0} views in {watch.Elapsed.TotalSeconds:N0} s, {views / watch.Elapsed.TotalSeconds:N0} a second");
        if (parsed.GetValue(_out) is { } file)
        {
            // Once it is begun it is finished, here as wherever a command writes a file: nobody finds half of one.
            await File.WriteAllTextAsync(file, SimulationReport.Html(scenario, runs), CancellationToken.None);
            System.Console.Error.WriteLine($"The report is {file}.");
        }
        if (parsed.GetValue(_json))
            System.Console.WriteLine(JsonSerializer.Serialize(new { scenario, policies = runs.Select(run => new { run.Name, run.Results }), compared = Compared(runs) }, GroundswellJson.Options));
        return Lines.Ok;
    }

    private Scenario World(ParseResult parsed)
    {
        var world = Scenario.Named(parsed.GetRequiredValue(_scenario)) ?? throw new ArgumentException("There is no such scenario.");
        var flood = parsed.GetValue(_flood) is { } uploads ? world.Flood?.Of(uploads) : world.Flood;
        return world with
        {
            Viewers = parsed.GetValue(_viewers) ?? world.Viewers,
            Days = parsed.GetValue(_days) ?? world.Days,
            WarmUpDays = parsed.GetValue(_warmUp) ?? world.WarmUpDays,
            UploadsPerDay = parsed.GetValue(_uploads) ?? world.UploadsPerDay,
            SessionsPerDay = parsed.GetValue(_sessions) ?? world.SessionsPerDay,
            Flood = parsed.GetValue(_floodHours) is { } hours && flood is not null ? flood with { Hours = hours } : flood,
        };
    }

    private (string Name, Rules Rules)[] Policies(ParseResult parsed)
    {
        var first = Policy(parsed.GetValue(_rules));
        return parsed.GetValue(_against) is { } other ? [first, Policy(other)] : [first];
    }

    private static (string Name, Rules Rules) Policy(string? file) =>
        file is null or "default" ? ("Shipped rules", new Rules()) : (Path.GetFileNameWithoutExtension(file), RulesOf.File(file));

    private static object? Compared(IReadOnlyList<PolicyRuns> runs) => runs is not [var one, var other] ? null
        : Comparison.Of(one.Results, other.Results).Figures.Select(figure => new { figure.Figure.Name, figure.First, figure.Second, figure.Difference, figure.Error, figure.SecondIsBetter });
}
