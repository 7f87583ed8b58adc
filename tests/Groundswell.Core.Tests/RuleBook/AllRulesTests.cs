using Groundswell.Core.Audience;
using Groundswell.Core.RuleBook;

namespace Groundswell.Core.Tests.RuleBook;

public class AllRulesTests
{
    [Fact]
    public void EveryNumber_HasItsRange() =>
        AllRules.Listed.Where(rule => rule.Range is null && rule.Type != typeof(bool) && rule.Type != typeof(string) && !rule.Type.IsEnum && rule.Type != typeof(System.Collections.Immutable.ImmutableArray<string>))
            .Select(rule => rule.Path)
            .ShouldBeEmpty("these rules need a line in RuleRanges");

    [Fact]
    public void EveryRange_IsOfARule()
    {
        RuleRanges.All.Select(range => range.Path).ShouldBeUnique();
        RuleRanges.All.Select(range => range.Path).Except(AllRules.ByPath.Keys).ShouldBeEmpty();
        RuleRanges.Orders.SelectMany(order => new[] { order.Lesser, order.Greater }).Except(AllRules.ByPath.Keys).ShouldBeEmpty();
        RuleRanges.All.Where(range => AllRules.ByPath[range.Path].Type == typeof(TimeSpan) != (range.Unit != RuleUnit.None))
            .ShouldBeEmpty("a duration has a unit, and nothing else has");
    }

    [Fact]
    public void EveryRule_SaysWhatItMeans() =>
        AllRules.Listed.Where(rule => rule.Note.Length < 4)
            .Select(rule => rule.Path)
            .ShouldBeEmpty("these rules need a docstring that says where their default comes from");

    [Fact]
    public void Groups_HoldTheRules()
    {
        AllRules.Groups.ShouldContain("qualification.checks");
        AllRules.ByPath["qualification.checks.own_view"].Read(new Rules()).ShouldBe(true);
        AllRules.ByPath.Keys.ShouldNotContain("points.most");
        AllRules.ByPath["gate.absolute"].MayBeNull.ShouldBeTrue();
        AllRules.ByPath["gate.absolute"].Read(new Rules { Gate = new GateRules(Absolute: 4) }).ShouldBe(4.0);
    }

    [Fact]
    public void Between_NamesWhatDiffers()
    {
        var change = RulesDiff.Between(new Rules(), new Rules { Gate = new GateRules(Absolute: 4) }).ShouldHaveSingleItem();
        change.Text.ShouldBe("gate.absolute: not set → 4");
        change.Note.ShouldStartWith("Points per view to use as the gate");
        RulesDiff.Between(new Rules(), new Rules()).ShouldBeEmpty();
    }
}
