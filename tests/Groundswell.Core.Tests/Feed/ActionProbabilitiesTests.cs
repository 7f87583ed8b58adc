using Groundswell.Core.Feed;
using Groundswell.Core.Signals;

namespace Groundswell.Core.Tests.Feed;

public class ActionProbabilitiesTests
{
    [Fact]
    public void ExpectedPoints_SumPointsTimesProbability()
    {
        new ActionProbabilities(1, 1, 1, 1, 1, 0, 0).ExpectedPoints(new PointRules()).ShouldBe(new PointRules().Most);
        new ActionProbabilities(0.1f, 0.5f, 0, 0.25f, 0.5f, 1, 1).ExpectedPoints(new PointRules()).ShouldBe(1 + 4 + 1 + 1, 1e-6);
    }
}
