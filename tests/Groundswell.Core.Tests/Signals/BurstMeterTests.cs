using Groundswell.Core.Signals;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Signals;

public class BurstMeterTests
{
    private static readonly QualificationRules Rules = QualificationRules.Default with { BurstViews = 3, BurstWithin = TimeSpan.FromMinutes(10) };
    private readonly BurstMeter _meter = new(Rules);

    [Fact]
    public void IsBeyond_FromTheFirstViewerPastTheBound() =>
        Enumerable.Range(1, 5).Select(viewer => Comes(1, Given.Clip, viewer, viewer)).ShouldBe([false, false, false, true, true]);

    [Fact]
    public void IsBeyond_CountsAViewerOnce_HoweverOftenTheyCome()
    {
        for (var i = 0; i < 50; i++) Comes(1, Given.Clip, 1).ShouldBeFalse();

        Comes(1, Given.Clip, 2).ShouldBeFalse();
    }

    [Fact]
    public void IsBeyond_LeavesThoseWhoCameBeforeTheBound()
    {
        for (var viewer = 1; viewer <= 5; viewer++) Comes(1, Given.Clip, viewer);

        Comes(1, Given.Clip, 3).ShouldBeFalse();
        Comes(1, Given.Clip, 4).ShouldBeTrue();
    }

    [Fact]
    public void IsBeyond_KeepsNetworksAndVideosApart()
    {
        for (var viewer = 1; viewer <= 4; viewer++) Comes(1, Given.Clip, viewer);

        Comes(2, Given.Clip, 9).ShouldBeFalse();
        Comes(1, new VideoId(5), 9).ShouldBeFalse();
        Comes(1, Given.Clip, 9).ShouldBeTrue();
    }

    [Fact]
    public void IsBeyond_BeginsAnewAfterItsWindow()
    {
        for (var viewer = 1; viewer <= 4; viewer++) Comes(1, Given.Clip, viewer);

        Comes(1, Given.Clip, 4, minutes: 11).ShouldBeFalse();
    }

    [Fact]
    public void IsBeyond_ForgetsTheOldestPairsOfMany()
    {
        for (var viewer = 1; viewer <= 4; viewer++) Comes(1, Given.Clip, viewer);
        for (var network = 2ul; network < 100_003; network++) Comes(network, Given.Clip, 1);

        Comes(1, Given.Clip, 4).ShouldBeFalse();
    }

    private bool Comes(ulong network, VideoId video, int viewer, int minutes = 0) => _meter.Measure(network, video, new ViewerId(viewer), null, Given.Now.AddMinutes(minutes)).InBurst;
}
