using System.Text;
using System.Text.Json.Nodes;
using Groundswell.Core.Audience;
using Groundswell.Core.Chances;
using Groundswell.Core.Duplicates;
using Groundswell.Core.RuleBook;
using Groundswell.Core.Signals;

namespace Groundswell.Core.Tests.RuleBook;

public class RulesDocumentTests(ITestOutputHelper output)
{
    private static RulesReading Read(string json) => RulesDocument.Read(Encoding.UTF8.GetBytes(json));

    [Fact]
    public void Read_TakesOnlyWhatDiffers()
    {
        var reading = Read("""{ "$schema": "rules.schema.json", "gate": { "widen_at": 0.95, "absolute": 4 }, "waves": { "half_life": "2.00:00:00" }, "qualification": { "checks": { "burst": false } } }""");
        reading.Problems.ShouldBeEmpty();
        var rules = reading.Rules.ShouldNotBeNull();
        rules.Gate.ShouldBe(new GateRules(WidenAt: 0.95, Absolute: 4));
        rules.Waves.HalfLife.ShouldBe(TimeSpan.FromDays(2));
        rules.Qualification.Checks.Burst.ShouldBeFalse();
        rules.Qualification.Checks.OwnView.ShouldBeTrue();
        rules.Points.ShouldBe(new PointRules());
        Read("{}").Rules?.Version.ShouldBe(new Rules().Version);
        Read("\uFEFF{}").Rules.ShouldNotBeNull();
    }

    public static TheoryData<string, string> Wrong => new()
    {
        { """{ "gate": { "widn_at": 0.9 } }""", "gate.widn_at is not a rule; did you mean gate.widen_at?" },
        { """{ "gate": { "wdien_at": 0.9 } }""", "gate.wdien_at is not a rule; did you mean gate.widen_at?" },
        { """{ "widen_at": 0.9 }""", "widen_at is not a rule; did you mean gate.widen_at?" },
        { """{ "gates": { "widen_at": 0.9, "pause_at": 0.1 } }""", "gates is not a rule; did you mean gate?" },
        { """{ "qualification": { "chekcs": {} } }""", "qualification.chekcs is not a rule; did you mean qualification.checks?" },
        { """{ "weather": 1 }""", "weather is not a rule; `groundswell rules show` lists all there are." },
        { """{ "points": { "most": 30 } }""", "points.most is not a rule" },
        { """{ "gate": { "widen_at": "high" } }""", "gate.widen_at is \"high\", but must be a number from 0 to 1." },
        { """{ "gate": { "widen_at": "0.9" } }""", "gate.widen_at is \"0.9\", but must be a number from 0 to 1." },
        { """{ "gate": { "widen_at": 1.2 } }""", "gate.widen_at is 1.2, but must be from 0 to 1." },
        { """{ "gate": { "widen_at": null } }""", "gate.widen_at is null, but must be a number from 0 to 1." },
        { """{ "gate": { "absolute": -1 } }""", "gate.absolute is -1, but must be at least 0." },
        { """{ "gate": { "peers": 1.5 } }""", "gate.peers is 1.5, but must be a whole number at least 1." },
        { """{ "gate": 7 }""", "gate is 7, but must be an object: it holds rules." },
        { """{ "points": { "like": 1e999 } }""", "points.like is" },
        { """{ "taste": { "long_half_life": "00:30:00" } }""", "taste.long_half_life is 00:30:00, but must be at least 1 hour." },
        { """{ "taste": { "long_half_life": 7 } }""", "taste.long_half_life is 7, but must be a time as “days.hours:minutes:seconds” at least 1 hour." },
        { """{ "waves": { "factors": [10, 5] } }""", "waves.factors[1] is 5, but must be at least 1, none below the one before." },
        { """{ "waves": { "factors": [10, null] } }""", "waves.factors is [10, null], but must be a list of numbers, each at least 1, none below the one before." },
        { """{ "authority": { "enabled": 1 } }""", "authority.enabled is 1, but must be true or false." },
        { """{ "duplicates": { "min_matched_share": 0 } }""", "duplicates.min_matched_share is 0, but must be above 0 and at most 1." },
        { """{ "gate": { "pause_at": 0.9 } }""", "gate.pause_at must be below gate.widen_at." },
        { """{ "gate": { "widen_at": 0.9, "widen_at": 0.8 } }""", "gate.widen_at is there twice." },
        { "{ \"gate\": \n nothing }", "It is no JSON at line 2, byte" },
        { "[]", "Rules are a JSON object" },
        { "", "It is no JSON" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void Read_SaysWhatIsWrong_AndTakesNothing(string json, string problem)
    {
        var reading = Read(json);
        reading.Rules.ShouldBeNull();
        reading.Problems.ShouldHaveSingleItem().Message.ShouldStartWith(problem);
    }

    [Fact]
    public void Read_SaysEverythingAtOnce()
    {
        var reading = Read("""{ "gate": { "widen_at": 2, "pauze_at": 0.1 }, "points": { "like": true }, "nothing": {}, "test_batch": { "least": 500 } }""");
        reading.Problems.Select(problem => problem.Path).ShouldBe(["gate.pauze_at", "points.like", "nothing", "gate.widen_at", "test_batch.least"]);
        reading.Rules.ShouldBeNull();
    }

    /// <summary>Whatever may be set comes back from a document that holds only what differs.</summary>
    [Fact]
    public void Differences_SayAllThatDiffers()
    {
        var seed = (ulong)TimeProvider.System.GetTimestamp();
        output.WriteLine($"seed {seed}");
        for (var round = 0; round < 50; round++)
        {
            var rules = Drawn(new Chance(seed).For(round));
            var document = RulesDocument.Differences(rules).ToJsonString();
            var reading = Read(document);
            reading.Problems.ShouldBeEmpty($"seed {seed}, round {round}: {document}");
            reading.Rules?.Version.ShouldBe(rules.Version, $"seed {seed}, round {round}: {document}");
            RulesDocument.Recall(RulesDocument.Whole(rules)).Version.ShouldBe(rules.Version);
        }
        RulesDocument.Differences(new Rules()).ToJsonString().ShouldBe("{}");
    }

    [Fact]
    public void Recall_LeavesOutWhatIsNoRuleAnyMore_AndFillsInWhatIsNew()
    {
        var whole = JsonNode.Parse(RulesDocument.Whole(new Rules { Points = new PointRules(Like: 3) }).GetRawText())?.AsObject() ?? [];
        whole["weather"] = new JsonObject { ["sunny"] = true };
        whole["gate"]?.AsObject().Remove("widen_at");
        whole["duplicates"] = new JsonObject { ["max_distance"] = 9 };
        var back = RulesDocument.Recall(System.Text.Json.JsonSerializer.SerializeToElement(whole));
        back.Version.ShouldBe(new Rules { Points = new PointRules(Like: 3), Duplicates = new DuplicateRules { MaxDistance = 9 } }.Version);
    }

    /// <summary>Some of the rules moved within their ranges.</summary>
    private static Rules Drawn(Chance key)
    {
        var document = new JsonObject();
        foreach (var rule in AllRules.Listed)
        {
            var draw = key.For(rule.Path);
            if (!draw.Hits(0.3) || RuleRanges.Orders.Any(order => order.Lesser == rule.Path || order.Greater == rule.Path)) continue;
            if (Value(rule, draw.For("value")) is { } value) ((document[rule.Group.Split('.')[0]] ??= new JsonObject()) as JsonObject)?.Add(rule.Name, value);
        }
        return Read(document.ToJsonString()).Rules ?? throw new InvalidOperationException(document.ToJsonString());
    }

    private static JsonNode? Value(Rule rule, Chance draw)
    {
        if (rule.Group.Contains('.')) return null;
        if (rule.Type == typeof(bool)) return draw.Hits(0.5);
        if (rule.Range is not { } range || rule.Range.Rising) return null;
        var value = range.Least + (draw.Unit() * (Math.Min(range.Most, range.Least + 50) - range.Least));
        if (rule.Type == typeof(TimeSpan)) return (Math.Ceiling(value) * Of(range.Unit)).ToString();
        return rule.Type == typeof(int) ? (int)Math.Ceiling(value) : Math.Max(value, 0.01);
    }

    private static TimeSpan Of(RuleUnit unit) => unit switch
    {
        RuleUnit.Seconds => TimeSpan.FromSeconds(1),
        RuleUnit.Minutes => TimeSpan.FromMinutes(1),
        RuleUnit.Hours => TimeSpan.FromHours(1),
        _ => TimeSpan.FromDays(1),
    };
}
