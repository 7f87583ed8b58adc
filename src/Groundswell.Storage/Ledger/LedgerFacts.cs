using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;
using Groundswell.Core.Ledger;

namespace Groundswell.Storage;

/// <summary>The names of the facts, as the JSON of <see cref="LedgerEntry"/> declares them.</summary>
internal static class LedgerFacts
{
    private static readonly FrozenDictionary<Type, string> Names = typeof(LedgerEntry).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToFrozenDictionary(declared => declared.DerivedType, declared => (string)(declared.TypeDiscriminator ?? declared.DerivedType.Name));

    /// <summary>Every fact there is.</summary>
    public static IReadOnlyCollection<Type> Known => Names.Keys;

    public static string NameOf(LedgerEntry entry) => NameOf(entry.GetType());

    public static string NameOf(Type fact) => Names[fact];

    /// <summary>A crash may lose these: nothing a person did is in them.</summary>
    public static bool MayBeLost(LedgerEntry entry) => entry is PageServed or CreatorSeen;
}
