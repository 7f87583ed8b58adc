using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Groundswell.Core.Ledger;

namespace Groundswell.Core.RuleBook;

/// <summary>Rules that were put in force at a place in the ledger.</summary>
/// <param name="Position">They hold for every entry after this one.</param>
/// <param name="Rules">As recorded.</param>
public sealed record RulesAsSet(long Position, DateTimeOffset At, string Version, string By, JsonElement Rules)
{
    /// <summary>As this program understands them.</summary>
    [JsonIgnore] public Rules Recalled => field ??= RulesDocument.Recall(Rules);
}

/// <summary>Which rules were in force when: a fold over <see cref="RulesSet"/>.</summary>
/// <param name="Set">Oldest first.</param>
public sealed record RulesHistory(ImmutableArray<RulesAsSet> Set)
{
    public static RulesHistory None { get; } = new([]);

    public RulesHistory Fold(long position, RulesSet set) => new(Set.Add(new RulesAsSet(position, set.At, set.Version, set.By, set.Rules)));

    /// <summary>The rules that an entry at a position was folded by; null before any were recorded.</summary>
    public RulesAsSet? At(long position)
    {
        for (var last = Set.Length - 1; last >= 0; last--)
            if (Set[last].Position < position) return Set[last];
        return null;
    }

    /// <summary>The rules in force at a moment; null before any were recorded.</summary>
    public RulesAsSet? AsOf(DateTimeOffset at) => Set.LastOrDefault(set => set.At <= at);

    /// <summary>What a version was, by its latest record; null where the ledger knows none of that name.</summary>
    public RulesAsSet? Of(string version) => Set.LastOrDefault(set => set.Version == version);
}
