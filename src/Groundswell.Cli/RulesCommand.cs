using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Groundswell.Cluster.RuleBook;
using Groundswell.Core;
using Groundswell.Core.Ledger;
using Groundswell.Core.RuleBook;

namespace Groundswell.Cli;

/// <summary><c>groundswell rules</c>: what an operator can set, checked and compared before a server has to.</summary>
internal static class RulesCommand
{
    private static readonly JsonSerializerOptions Indented = new(GroundswellJson.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create() => new("rules", "The rules that the engine decides by: check, compare, try out.")
    {
        Check(), Show(), Diff(), History(), Schema(), Docs(), DryRunCommand.Create(),
    };

    private static Command Check()
    {
        var file = new Argument<string>("FILE") { Description = "A rules file: JSON of what differs from the rules as shipped." };
        var command = new Command("check", "Say everything that is wrong with a rules file.") { file };
        command.SetAction((parsed, _) => Lines.RunAsync(() => Task.FromResult(Checked(parsed.GetRequiredValue(file))), ""));
        return command;
    }

    private static int Checked(string path)
    {
        var rules = RulesOf.File(path);
        var differ = RulesDiff.Between(new Rules(), rules).Length;
        System.Console.WriteLine($"{rules.Version}: {(differ == 0 ? "the rules as shipped" : $"{differ} of {AllRules.Listed.Length} rules differ from those shipped")}");
        return Lines.Ok;
    }

    private static Command Show()
    {
        var source = new RulesOf();
        var which = new Argument<string?>("RULES") { Description = RulesOf.Forms + " Without it, the rules in force in the data folder.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("show", "Print rules whole, as a rules file.") { which, source.Data, source.Store };
        command.SetAction((parsed, cancellation) => Lines.RunAsync(
            async () =>
            {
                var rules = parsed.GetValue(which) is { } named ? await source.FindAsync(parsed, named) : await source.InForceAsync(parsed);
                System.Console.WriteLine(JsonSerializer.Serialize(rules, Indented));
                return Lines.Ok;
            },
            ""));
        return command;
    }

    private static Command Diff()
    {
        var source = new RulesOf();
        var before = new Argument<string>("A") { Description = RulesOf.Forms };
        var after = new Argument<string>("B") { Description = "The same." };
        var json = new Option<bool>("--json") { Description = "One JSON object for each rule that differs." };
        var command = new Command("diff", "Say what differs between two sets of rules; ends with 1 when anything does.") { before, after, source.Data, source.Store, json };
        command.SetAction((parsed, cancellation) => Lines.RunAsync(
            async () => Print(
                RulesDiff.Between(await source.FindAsync(parsed, parsed.GetRequiredValue(before)), await source.FindAsync(parsed, parsed.GetRequiredValue(after))), parsed.GetValue(json)),
            ""));
        return command;
    }

    private static int Print(IReadOnlyCollection<RuleChange> changes, bool json)
    {
        foreach (var change in changes)
            System.Console.WriteLine(json ? JsonSerializer.Serialize(change, GroundswellJson.Options) : $"{change.Text}   ({change.Note})");
        return changes.Count == 0 ? 0 : 1;
    }

    private static Command History()
    {
        var source = new RulesOf();
        var json = new Option<bool>("--json") { Description = "One JSON object for each version, with all of its rules." };
        var command = new Command("history", "Say which rules were in force when, who set them, and what they changed.") { source.Data, source.Store, json };
        command.SetAction((parsed, cancellation) => Lines.RunAsync(
            async () =>
            {
                var history = await source.HistoryAsync(parsed);
                var before = new Rules();
                foreach (var set in history.Set)
                {
                    if (parsed.GetValue(json)) System.Console.WriteLine(JsonSerializer.Serialize(set, GroundswellJson.Options));
                    else Tell(set, before);
                    before = set.Recalled;
                }
                if (history.Set.IsEmpty) System.Console.Error.WriteLine("groundswell: no rules were recorded yet; a server records them when it starts.");
                return Lines.Ok;
            },
            ""));
        return command;
    }

    private static void Tell(RulesAsSet set, Rules before)
    {
        System.Console.WriteLine($"{set.At:u}  {set.Version}  by {set.By}, from position {set.Position:N0}");
        foreach (var change in RulesDiff.Between(before, set.Recalled)) System.Console.WriteLine($"  {change.Text}");
    }

    private static Command Schema()
    {
        var command = new Command("schema", "Print the JSON Schema (draft 2020-12) of a rules file, for editors.");
        command.SetAction(_ => System.Console.WriteLine(RulesSchema.Create().ToJsonString(Indented)));
        return command;
    }

    private static Command Docs()
    {
        var file = new Argument<string?>("FILE") { Description = "A document whose tables are to be renewed; without it they are printed.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("docs", "Print every rule with default, range and meaning as Markdown tables.") { file };
        command.SetAction((parsed, _) => Lines.RunAsync(
            async () =>
            {
                if (parsed.GetValue(file) is { } path) await System.IO.File.WriteAllTextAsync(path, RulesTable.Renew(await System.IO.File.ReadAllTextAsync(path)));
                else System.Console.Write(RulesTable.Markdown());
                return Lines.Ok;
            },
            ""));
        return command;
    }
}
