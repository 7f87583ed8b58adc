using System.Collections.Frozen;
using System.Text.Json;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;

namespace Groundswell.Storage;

/// <summary>What entries are chosen by without reading them: the fact's name, or for a signal its type.</summary>
public readonly record struct EntryKind
{
    private static readonly FrozenDictionary<SignalType, string> SignalNames =
        Enum.GetValues<SignalType>().ToFrozenDictionary(type => type, type => JsonNamingPolicy.SnakeCaseLower.ConvertName(type.ToString()));

    private static readonly FrozenSet<string> JournalNames =
        new[] { typeof(VideoUploaded), typeof(VideoProcessed), typeof(VideoMoved), typeof(RulesSet), typeof(ExperimentStarted), typeof(ExperimentStopped) }.Select(LedgerFacts.NameOf).ToFrozenSet(StringComparer.Ordinal);

    private EntryKind(string name) => Name = name;

    /// <summary>As the store keeps it, in snake_case.</summary>
    public string Name { get; }

    /// <summary>A video's life, and the rules and experiments that it was judged by: kept for ever.</summary>
    public bool IsJournal => JournalNames.Contains(Name);

    public static EntryKind Of(SignalType type) => new(SignalNames[type]);

    /// <exception cref="ArgumentException">A signal has a kind for each of its types.</exception>
    public static EntryKind Of<TFact>() where TFact : LedgerEntry => typeof(TFact) == typeof(SignalRecorded)
        ? throw new ArgumentException("Signals are told apart by their type.")
        : new EntryKind(LedgerFacts.NameOf(typeof(TFact)));

    public static EntryKind Of(LedgerEntry entry) => entry is SignalRecorded signal ? Of(signal.Type) : new EntryKind(LedgerFacts.NameOf(entry));

    public override string ToString() => Name;
}
