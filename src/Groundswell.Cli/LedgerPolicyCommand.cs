using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Groundswell.Cluster.Follow;
using Groundswell.Cluster.RuleBook;
using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Lab.OffPolicy;
using Groundswell.Ranking.Catalogue;
using Groundswell.Ranking.Learning;
using Spectre.Console;

namespace Groundswell.Cli;

/// <summary><c>groundswell lab ope ledger</c>: what other rankings would have brought, from the random slots of this engine's own ledger.</summary>
internal sealed class LedgerPolicyCommand
{
    private const int BetweenReports = 4096;

    private readonly RulesOf _source = new();
    private readonly Option<string?> _rules = new("--rules") { Description = $"Evaluate also the ranking by other rules. {RulesOf.Forms}" };

    private readonly Option<double[]> _best = new("--best")
    {
        Description = "Policies choose uniformly among the best so many per cent of what could have been drawn.", DefaultValueFactory = _ => [1, 5, 10, 20], AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int> _pool = new("--pool")
    {
        Description = "Where more could have been drawn, a keyed sample of so many is ranked: then the policies choose among the best of such a sample.", DefaultValueFactory = _ => 1000,
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print the figures as one line of JSON." };

    public static Command Create()
    {
        var options = new LedgerPolicyCommand();
        var command = new Command("ledger", "What other rankings would have brought, from the random slots of a ledger. Changes nothing; the server may run.")
        {
            options._source.Data, options._source.Store, options._rules, options._best, options._pool, options._json,
        };
        command.SetAction((parsed, cancellation) => Lines.RunAsync(() => options.RunAsync(parsed, cancellation), "Nothing was written."));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (best, pool) = (parsed.GetRequiredValue(_best), parsed.GetRequiredValue(_pool));
        if (best.Length == 0 || best.Any(share => share is not (> 0 and <= 100))) return Lines.Fail("--best takes shares in per cent, above 0 and at most 100, such as --best 5 10.");
        if (pool is < 2 or > 1_000_000) return Lines.Fail("--pool must be between 2 and 1,000,000.");
        ImmutableArray<LedgerRanker> rankers = parsed.GetValue(_rules) is { } named ? [.. LedgerRanker.Known, LedgerRanker.By(await _source.FindAsync(parsed, named), named)] : LedgerRanker.Known;
        ImmutableArray<BestOfPool> policies = [.. rankers.SelectMany(ranker => best.Select(share => new BestOfPool(ranker, share / 100)))];
        var report = await _source.ReadAsync(parsed, ledger => Evaluate(ledger, policies, pool, cancellation));
        if (parsed.GetValue(_json)) System.Console.WriteLine(JsonSerializer.Serialize(report, GroundswellJson.Options));
        else Print(report);
        return Lines.Ok;
    }

    private static LedgerReport Evaluate(LedgerReading ledger, ImmutableArray<BestOfPool> policies, int pool, CancellationToken cancellation)
    {
        if (ledger.Head == 0) throw new InvalidDataException("The ledger is empty: start the server, and let viewers watch.");
        var (catalogue, statistics, experiments) = ledger.Begin(new LiveCatalogue(new Rules(), Taxonomy.Default.Count, learns: ModelSize.Served));
        if (ledger.Baseline > 0) System.Console.Error.WriteLine($"The ledger was compacted up to position {ledger.Baseline:N0}: slots from there on are read, and the model begins to learn there.");
        var reading = new LedgerDecisions(new LedgerStart(catalogue, statistics, experiments, ledger.Viewer), policies, pool, new Chance(0), LedgerDecisions.ByModel);
        using var line = new ProgressLine("estimating");
        RandomDecision[] decisions = [.. reading.Read(Told(ledger, catalogue.Watermark, line, cancellation))];
        return LedgerEvaluation.Run(decisions, reading.Slots, policies, line, cancellation);
    }

    private static IEnumerable<Recorded> Told(LedgerReading ledger, long from, IProgress<LedgerProgress> line, CancellationToken cancellation)
    {
        var entries = 0L;
        foreach (var recorded in ledger.After(from))
        {
            cancellation.ThrowIfCancellationRequested();
            if (entries++ % BetweenReports == 0) line.Report(new LedgerProgress("reading", recorded.Position, ledger.Head));
            yield return recorded;
        }
        line.Report(new LedgerProgress("reading", ledger.Head, ledger.Head));
    }

    private static void Print(LedgerReport report)
    {
        foreach (var (place, uniform) in report.Uniform.Index())
        {
            var table = new Table { Title = new TableTitle(Title(uniform.Measure)) }.AddColumns("ranker", "best", "drawn", "IPS", "SNIPS", "DR", "effective size");
            table.AddRow("uniform", "100 %", report.Slots.Known.ToString("N0", CultureInfo.InvariantCulture), Cell(uniform, 0), "", "", Size(uniform));
            foreach (var policy in report.Policies)
            {
                var value = policy.Values[place];
                table.AddRow(policy.Ranker, $"{100 * policy.Best:0.##} %", policy.Drawn.ToString("N0", CultureInfo.InvariantCulture), Cell(value, 0), Cell(value, 1), Cell(value, 2), Size(value));
            }
            AnsiConsole.Write(table);
        }
        var slots = report.Slots;
        System.Console.WriteLine(
            $"{slots.Served:N0} random slots: {slots.Known:N0} decisions, {slots.NotReached:N0} not reached, {slots.Uncounted:N0} that count nothing, {slots.Waiting:N0} too late to know, {slots.OutsidePool:N0} outside the pool.");
        System.Console.WriteLine($"{report.Pool:N0} videos could have been drawn on the mean; the logged propensities say the same within 1 % at {slots.AsLogged:N0} of {slots.Served - slots.OutsidePool:N0} slots.");
        System.Console.WriteLine("Intervals hold 95 %, a little less with few drawn. A dash: all that was drawn fared alike, so no interval can be told.");
    }

    private static string Title(ViewMeasure measure) => measure switch
    {
        ViewMeasure.Points => "points a view",
        ViewMeasure.Completion => "completed, of a hundred views",
        ViewMeasure.EarlySkip => "skipped early, of a hundred views",
        _ => "last of their session, of a hundred views",
    };

    private static string Cell(MeasuredValue value, int estimator)
    {
        if (value.Estimates.IsEmpty) return "–";
        var (estimate, by) = (value.Estimates[estimator], value.Measure == ViewMeasure.Points ? 1 : 100);
        return string.Create(CultureInfo.InvariantCulture, $"{by * estimate.Value:0.00} ({by * estimate.Low:0.00} to {by * estimate.High:0.00})");
    }

    private static string Size(MeasuredValue value) => value.Estimates.IsEmpty ? "–" : value.Estimates[0].EffectiveSize.ToString("N0", CultureInfo.InvariantCulture);
}
