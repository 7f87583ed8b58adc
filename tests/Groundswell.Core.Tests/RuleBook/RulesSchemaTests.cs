using System.Text.Json.Nodes;
using Groundswell.Core.RuleBook;

namespace Groundswell.Core.Tests.RuleBook;

public class RulesSchemaTests
{
    private static readonly JsonObject Schema = RulesSchema.Create();

    private static JsonObject At(string path) =>
        path.Split('.').Aggregate(Schema, (schema, name) => schema["properties"]?[name]?.AsObject() ?? throw new InvalidOperationException($"The schema has no {path}."));

    [Fact]
    public void EveryRule_HasItsTypeDefaultRangeAndMeaning()
    {
        Schema["$schema"]?.GetValue<string>().ShouldBe("https://json-schema.org/draft/2020-12/schema");
        foreach (var rule in AllRules.Listed)
        {
            var schema = At(rule.Path);
            schema.ContainsKey("type").ShouldBeTrue($"{rule.Path}: {schema.ToJsonString()}");
            schema.ContainsKey("default").ShouldBeTrue(rule.Path);
            if (rule.Note.Length > 0) schema["description"]?.GetValue<string>().ShouldStartWith(rule.Note);
        }
        var widen = At("gate.widen_at");
        (widen["minimum"]?.GetValue<double>(), widen["maximum"]?.GetValue<double>(), widen["default"]?.GetValue<double>()).ShouldBe((0.0, 1.0, 0.9));
        At("duplicates.min_matched_share")["exclusiveMinimum"]?.GetValue<double>().ShouldBe(0);
        At("waves.factors")["items"]?["minimum"]?.GetValue<double>().ShouldBe(1);
        At("taste.long_half_life")["description"]?.GetValue<string>().ShouldContain("Must be at least 1 hour.");
    }

    [Fact]
    public void Groups_TakeNothingElse_AndDemandNothing()
    {
        foreach (var group in AllRules.Groups.Append(""))
        {
            var schema = group.Length == 0 ? Schema : At(group);
            schema["additionalProperties"]?.GetValue<bool>().ShouldBeFalse(group);
            schema.ContainsKey("required").ShouldBeFalse(group);
            schema["type"]?.ToJsonString().ShouldBe("\"object\"", group);
            schema["properties"]?.AsObject().Select(member => member.Key).Where(name => name != "$schema")
                .ShouldAllBe(name => AllRules.ByPath.ContainsKey(group.Length == 0 ? name : $"{group}.{name}") || AllRules.Groups.Contains(group.Length == 0 ? name : $"{group}.{name}"));
        }
    }
}
