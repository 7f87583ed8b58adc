using System.CommandLine;
using Groundswell.Cluster.RuleBook;
using Groundswell.Core;
using Groundswell.Core.RuleBook;
using Groundswell.Storage;

namespace Groundswell.Cli;

/// <summary>How the commands about rules name rules: a file, a version that a ledger knows, or those shipped.</summary>
internal sealed class RulesOf
{
    public const string Forms = "A rules file, a version such as rules-1a2b3c4d that the ledger of --data knows, or default for the rules as shipped.";
    private const string Shipped = "default";

    public Option<string> Data { get; } = new("--data") { Description = "The server's data folder; the server may run.", DefaultValueFactory = _ => "data" };

    public Option<string?> Store { get; } = StoreOption.Create();

    /// <exception cref="RulesRefusedException">The file says something that is no rule, or out of range.</exception>
    public static Rules File(string path)
    {
        var file = new RulesFile(path);
        return file.Exists ? file.Rules() : throw new FileNotFoundException(message: null, path);
    }

    public async Task<Rules> FindAsync(ParseResult parsed, string named)
    {
        if (named == Shipped) return new Rules();
        if (!named.StartsWith("rules-", StringComparison.Ordinal) || System.IO.File.Exists(named)) return File(named);
        if (named == new Rules().Version) return new Rules();
        return (await HistoryAsync(parsed)).Of(named)?.Recalled
            ?? throw new ArgumentException($"The ledger knows no rules {named}; `groundswell rules history` lists those it knows.");
    }

    /// <summary>The rules that the data folder's server runs by, or ran by last.</summary>
    public async Task<Rules> InForceAsync(ParseResult parsed) => (await HistoryAsync(parsed)).Set is [.., { } last] ? last.Recalled : new Rules();

    public Task<RulesHistory> HistoryAsync(ParseResult parsed) => ReadAsync(parsed, ledger => ledger.Rules());

    /// <summary>Reads a ledger; an SQLite one also while its server runs.</summary>
    public async Task<T> ReadAsync<T>(ParseResult parsed, Func<LedgerReading, T> read)
    {
        var chosen = Stores.Chosen(parsed.GetValue(Store));
        if (chosen == Stores.Embedded)
        {
            using var beside = ReadOnlyStore.Open(FolderOf(parsed));
            return read(LedgerReading.Of(beside));
        }
        await using var store = await Stores.OpenAsync(chosen, "", TimeProvider.System, new StoreOptions());
        return read(LedgerReading.Of(store));
    }

    private string FolderOf(ParseResult parsed) => Path.Combine(Path.GetFullPath(parsed.GetRequiredValue(Data)), "store");
}
