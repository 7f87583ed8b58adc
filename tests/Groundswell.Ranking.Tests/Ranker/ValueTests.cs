using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Feed;
using Groundswell.Ranking.Ranker;
using Groundswell.Ranking.Tests.Fixtures;

namespace Groundswell.Ranking.Tests.Ranker;

public class ValueTests
{
    [Fact]
    public void Predict_TasteRaisesWhatIsGoodAndLowersWhatIsNot()
    {
        var world = new World();
        for (var number = 0; number < 12; number++) world.Add(number, VideoStage.Open, genre: number % 2);
        world.Publish();
        var viewer = World.NewViewer();
        foreach (var number in new[] { 0, 2, 4 }) world.Watch(viewer, World.Id(number));
        foreach (var number in new[] { 1, 3, 5 }) world.Watch(viewer, World.Id(number), 0.05);
        var context = world.Context(viewer, world.Request());

        var (liked, disliked) = (ActionModel.Predict(world.Catalogue.Video(World.Id(6))!, context), ActionModel.Predict(world.Catalogue.Video(World.Id(7))!, context));

        liked.Completion.ShouldBeGreaterThan(disliked.Completion);
        liked.EarlySkip.ShouldBeLessThan(disliked.EarlySkip);
        liked.Exit.ShouldBeLessThan(disliked.Exit);
    }

    [Fact]
    public void Predict_StartsFromTheRatesOfTheBucketAndMovesToTheVideosOwn()
    {
        var world = new World();
        world.Add(1, VideoStage.Open);
        world.Add(2, VideoStage.Open);
        world.Publish();
        var context = world.Context(World.NewViewer(99), world.Request());
        var prior = world.Catalogue.Rates[Core.Audience.DurationBucket.Under15s].Completion;
        ActionModel.Predict(world.Catalogue.Video(World.Id(1))!, context).Completion.ShouldBe((float)prior, 1e-5f);

        for (var viewer = 0; viewer < 20; viewer++) world.Watch(World.NewViewer(viewer), World.Id(1));

        // Twenty completed views against twenty pseudo-views at the prior.
        ActionModel.Predict(world.Catalogue.Video(World.Id(1))!, context).Completion.ShouldBe((float)((1 + prior) / 2), 1e-5f);
    }

    [Fact]
    public void Predict_StaysAProbability()
    {
        var world = World.Random(3);
        var viewer = World.NewViewer();
        world.Live(viewer, 8);
        var context = world.Context(viewer, world.Request());
        foreach (var video in world.Catalogue.Videos())
        {
            var p = ActionModel.Predict(video, context);
            foreach (var one in new[] { p.Rewatch, p.Completion, p.Share, p.Comment, p.Like, p.EarlySkip, p.Exit }) one.ShouldBeInRange(0, 1);
            p.ExpectedPoints(world.Rules.Points).ShouldBeInRange(0, 30);
        }
    }

    [Fact]
    public void Explanation_SaysWhatTasteAddedInPoints()
    {
        var world = new World();
        for (var number = 0; number < 6; number++) world.Add(number, VideoStage.Open);
        world.Publish();
        var viewer = World.NewViewer();
        foreach (var number in new[] { 0, 1, 2 }) world.Watch(viewer, World.Id(number));

        var known = world.Page(viewer, world.Request(1, explain: true)).Items[0].Explanation!;
        var stranger = world.Page(World.NewViewer(2), world.Request(1, explain: true)).Items[0].Explanation!;

        Term(known, "taste").ShouldBeGreaterThan(0.1);
        Term(stranger, "taste").ShouldBe(0);
    }

    private static double Term(Explanation explanation, string name) => explanation.Terms.Single(term => term.Name == name).Value;
}
