using Groundswell.Core.Signals;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Signals;

public class BurstMeterTests
{
    private static readonly QualificationRules Rules = QualificationRules.Default with { BurstViews = 3, BurstWithin = TimeSpan.FromMinutes(10) };

    [Fact]
    public void Counts_IsOverFromTheFirstBeyondTheBound()
    {
        var meter = new BurstMeter(Rules);

        Enumerable.Range(0, 5).Select(i => meter.Counts(1, Given.Clip, Given.Now.AddMinutes(i))).ShouldBe([false, false, false, true, true]);
    }

    [Fact]
    public void Counts_KeepsNetworksAndVideosApart()
    {
        var meter = new BurstMeter(Rules);
        for (var i = 0; i < 4; i++) meter.Counts(1, Given.Clip, Given.Now);

        meter.Counts(2, Given.Clip, Given.Now).ShouldBeFalse();
        meter.Counts(1, new VideoId(5), Given.Now).ShouldBeFalse();
        meter.IsOver(1, Given.Clip, Given.Now).ShouldBeTrue();
    }

    [Fact]
    public void Counts_BeginsAnewAfterItsWindow()
    {
        var meter = new BurstMeter(Rules);
        for (var i = 0; i < 4; i++) meter.Counts(1, Given.Clip, Given.Now);
        var later = Given.Now.AddMinutes(11);

        meter.IsOver(1, Given.Clip, later).ShouldBeFalse();
        meter.Counts(1, Given.Clip, later).ShouldBeFalse();
    }

    [Fact]
    public void IsOver_CountsNothing()
    {
        var meter = new BurstMeter(Rules);
        for (var i = 0; i < 50; i++) meter.IsOver(1, Given.Clip, Given.Now).ShouldBeFalse();
    }

    [Fact]
    public void Counts_ForgetsTheOldestPairsOfMany()
    {
        var meter = new BurstMeter(Rules);
        for (var i = 0; i < 4; i++) meter.Counts(1, Given.Clip, Given.Now);
        for (var network = 2ul; network < 100_003; network++) meter.Counts(network, Given.Clip, Given.Now);

        meter.IsOver(1, Given.Clip, Given.Now).ShouldBeFalse();
        meter.Counts(1, Given.Clip, Given.Now).ShouldBeFalse();
    }
}
