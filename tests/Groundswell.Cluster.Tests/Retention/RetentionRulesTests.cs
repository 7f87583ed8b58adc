using Groundswell.Cluster.Retention;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Storage;

namespace Groundswell.Cluster.Tests.Retention;

public sealed class RetentionRulesTests
{
    private static readonly DateTimeOffset Night = new(2026, 5, 4, 3, 20, 0, TimeSpan.Zero);

    [Fact]
    public void ShippedRules_DeleteNothingByThemselves_AndOnlyWhatCountsNothing()
    {
        RetentionRules.Default.IsDue(Night, null).ShouldBeFalse();
        RetentionRules.Default.Ends().Select(end => end.Kind).ShouldBe(
            [EntryKind.Of(SignalType.Heartbeat), EntryKind.Of(SignalType.PlayStart), EntryKind.Of(SignalType.Impression), EntryKind.Of<PageServed>()]);
        RetentionRules.Default.Ends().ShouldAllBe(end => end.Kept == TimeSpan.FromDays(90));
    }

    [Fact]
    public void Null_KeepsAKindForEver() =>
        (RetentionRules.Default with { Heartbeats = null }).Ends().ShouldNotContain(end => end.Kind == EntryKind.Of(SignalType.Heartbeat));

    [Theory]
    [InlineData(6.9)]
    [InlineData(0)]
    [InlineData(36_501)]
    public void OutOfRange_IsRefusedWithASentence(double days) =>
        Should.Throw<ArgumentException>(() => RetentionRules.KeepingFor(TimeSpan.FromDays(days)).Checked()).Message.ShouldContain("7 to 36500");

    [Theory]
    [InlineData(-1)]
    [InlineData(24)]
    public void AnHourThatIsNone_IsRefused(int hour) => Should.Throw<ArgumentException>(() => new RetentionRules { QuietHour = hour }.Checked());

    [Fact]
    public void IsDue_OnceInTheQuietHourOfEachDay()
    {
        var rules = RetentionRules.DailyAfter(TimeSpan.FromDays(30));
        rules.IsDue(Night, null).ShouldBeTrue();
        rules.IsDue(Night, Night.AddMinutes(-10)).ShouldBeFalse();
        rules.IsDue(Night, Night.AddDays(-1)).ShouldBeTrue();
        rules.IsDue(Night.AddHours(1), Night.AddDays(-1)).ShouldBeFalse();
    }
}
