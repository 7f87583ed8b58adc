using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using Groundswell.Core.Ledger;

namespace Groundswell.Core.RuleBook;

/// <summary>Every rule there is, in the order of the records that declare them.</summary>
public static class AllRules
{
    private static readonly FrozenDictionary<string, RuleRange> Ranges = RuleRanges.All.ToFrozenDictionary(range => range.Path);

    public static ImmutableArray<Rule> Listed { get; } = [.. Below(typeof(Rules), "", rules => rules)];

    /// <summary>By path.</summary>
    public static FrozenDictionary<string, Rule> ByPath { get; } = Listed.ToFrozenDictionary(rule => rule.Path);

    /// <summary>The paths that hold rules: <c>gate</c>, <c>qualification.checks</c>.</summary>
    public static FrozenSet<string> Groups { get; } = Listed.SelectMany(rule => GroupsOf(rule.Path)).ToFrozenSet();

    /// <summary>What is out of range in some rules, or against another rule; empty when they may be used.</summary>
    public static ImmutableArray<RuleProblem> Problems(Rules rules)
    {
        ImmutableArray<RuleProblem> outside = [.. Listed.SelectMany(rule => rule.Problems(rules))];
        return
        [
            .. outside,
            .. from order in RuleRanges.Orders
               where !outside.Any(problem => problem.Path == order.Lesser || problem.Path == order.Greater)
               let lesser = ByPath[order.Lesser].Measure(rules)
               let greater = ByPath[order.Greater].Measure(rules)
               where order.Strict ? lesser >= greater : lesser > greater
               select new RuleProblem(order.Lesser, order.Text),
        ];
    }

    private static IEnumerable<Rule> Below(Type type, string prefix, Func<Rules, object> holder)
    {
        // The dialect's own view of the records: what it writes and reads back is a rule, what it only computes is none.
        foreach (var property in GroundswellJson.Options.GetTypeInfo(type).Properties)
        {
            if (property is not { Get: { } get, Set: not null }) continue;
            var path = prefix + property.Name;
            if (IsGroup(property.PropertyType))
            {
                foreach (var rule in Below(property.PropertyType, path + ".", rules => get(holder(rules)) ?? throw new InvalidOperationException($"{path} is null."))) yield return rule;
                continue;
            }
            var inner = Nullable.GetUnderlyingType(property.PropertyType);
            yield return new Rule(path, inner ?? property.PropertyType, inner is not null || (!property.PropertyType.IsValueType && property.IsSetNullable), Ranges.GetValueOrDefault(path), rules => get(holder(rules)));
        }
    }

    private static bool IsGroup(Type type) => type.Assembly == typeof(Rules).Assembly && GroundswellJson.Options.GetTypeInfo(type).Kind == JsonTypeInfoKind.Object;

    private static IEnumerable<string> GroupsOf(string path)
    {
        for (var dot = path.IndexOf('.'); dot >= 0; dot = path.IndexOf('.', dot + 1)) yield return path[..dot];
    }
}
