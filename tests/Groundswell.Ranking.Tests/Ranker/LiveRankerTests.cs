using CsCheck;
using Groundswell.Core;
using Groundswell.Core.Feed;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Core.Viewers;
using Groundswell.Ranking.Catalogue;
using Groundswell.Ranking.Learning;
using Groundswell.Ranking.Ranker;
using Groundswell.Ranking.Tests.Fixtures;

namespace Groundswell.Ranking.Tests.Ranker;

/// <summary>The model beside the engine: what it learns, when it may rank, and that it is a fold.</summary>
public class LiveRankerTests
{
    private static readonly ModelSize Small = new(Effects: 1 << 12, ViewerEffects: 1 << 14, Tallies: 1 << 12, LastReactions: 1 << 12);

    [Fact]
    public void Model_RanksOnceItHasEarnedTrust_AndSaysSo()
    {
        var world = Divided();
        var before = world.Page(World.NewViewer(1));
        before.ModelVersion.ShouldBe(ActionModel.Version);

        world.LiveByGenre(3_000);

        world.Catalogue.Ranker!.Guard.Trusts.ShouldBeTrue();
        world.Catalogue.Ranker.Guard.LossRatio.ShouldBeLessThan(0.9);
        world.Catalogue.Ranker.Guard.Calibration.ShouldBe(1, 0.1);
        world.Page(World.NewViewer(1)).ModelVersion.ShouldBe("online-1.1");
    }

    [Fact]
    public void Model_IsLeftOut_WhereTheRulesSaySo()
    {
        var world = Divided(new Rules { Feed = new FeedRules(Learned: false) });
        world.LiveByGenre(3_000);
        world.Catalogue.Ranker!.Guard.Trusts.ShouldBeTrue();
        world.Page(World.NewViewer(1)).ModelVersion.ShouldBe(ActionModel.Version);
    }

    [Fact]
    public void Model_SavedAndBroughtBack_GoesOnAsIfItHadNeverStopped() => Gen.Select(Gen.ULong, Gen.Double[0, 1]).Sample(
        (seed, share) =>
        {
            var world = Divided(seed: seed);
            world.LiveByGenre(300);
            var split = (int)(share * world.Ledger.Count);
            var head = new LiveCatalogue(world.Rules, World.Taxonomy.Count, learns: Small);
            head.Fold([.. world.Ledger.Take(split)]);
            var saved = head.Ranker!.Save();

            var restored = new LiveCatalogue(world.Rules, World.Taxonomy.Count, learns: Small);
            // As at a start: all but the ranker has been brought back further.
            restored.Ranker!.TryLoad(saved).ShouldBeTrue();
            restored.Fold(world.Ledger);
            head.Fold(world.Ledger);

            restored.Ranker.Save().ShouldBe(head.Ranker.Save());
        },
        iter: 5);

    [Fact]
    public void Model_OfAnotherSizeOrDamaged_BeginsAnew()
    {
        var world = Divided();
        world.LiveByGenre(200);
        var saved = world.Catalogue.Ranker!.Save();

        new LiveRanker(Small with { Effects = 1 << 10 }).TryLoad(saved).ShouldBeFalse();
        new LiveRanker(Small).TryLoad(saved[..(saved.Length / 2)]).ShouldBeFalse();
        var whole = new LiveRanker(Small);
        whole.TryLoad(saved).ShouldBeTrue();
        whole.Learned.ShouldBe(world.Catalogue.Ranker.Learned);
    }

    [Fact]
    public void Model_ThatPredictsBadly_IsTakenBack_AndRatesRank()
    {
        var world = Divided();
        world.LiveByGenre(3_000);
        var ranker = world.Catalogue.Ranker!;
        ranker.Guard.Trusts.ShouldBeTrue();

        var sick = new LiveCatalogue(world.Rules, World.Taxonomy.Count, learns: Small);
        sick.Ranker!.TryLoad(Damaged(ranker.Save(), ranker.Learned)).ShouldBeTrue();
        sick.Ranker.Serving.ShouldNotBeNull();
        var learned = ranker.Learned;

        world.LiveByGenre(1_000, first: 1_000);
        sick.Fold(world.Ledger);

        sick.Ranker.Learned.ShouldBeLessThan(learned, "it began anew");
        sick.Publish(new AudienceSize(200, 10), world.Now);
        sick.Ranker.Serving?.Version.ShouldNotBe("online-1.2");
    }

    /// <summary>A saved model that takes every outcome for much likelier than it was.</summary>
    private static byte[] Damaged(byte[] saved, long learned)
    {
        byte[] begins = [.. BitConverter.GetBytes(1), .. BitConverter.GetBytes(learned)];
        var intercepts = saved.AsSpan().IndexOf(begins) + begins.Length;
        for (var outcome = 0; outcome < 8; outcome++) BitConverter.TryWriteBytes(saved.AsSpan(intercepts + (4 * outcome)), 6f);
        return saved;
    }

    [Fact]
    public void WhatWasShownAndPassedBy_IsLearned_AndWhatWasOnlyServedIsNot()
    {
        var world = Divided();
        var viewer = World.NewViewer(1);
        var page = world.Page(viewer);
        world.Serve(viewer, page);
        world.Send(viewer, page.Items[0].Slot, SignalType.Impression);
        world.Catalogue.Ranker!.Learned.ShouldBe(0);

        world.Now = world.Now.AddHours(1);
        world.Serve(viewer, world.Page(viewer));

        world.Catalogue.Ranker.Learned.ShouldBe(1);
    }

    [Fact]
    public void WhatCountsNothing_TeachesNothing()
    {
        var world = Divided();
        var viewer = World.NewViewer(1);
        var page = world.Page(viewer);
        world.Serve(viewer, page);
        // No clip of eight seconds is finished in none.
        var now = world.Now;
        var recorded = world.Send(viewer, page.Items[0].Slot with { ServedAt = now.AddMinutes(5) }, SignalType.PlayEnd);

        recorded.Disqualified.ShouldNotBeNull();
        world.Catalogue.Ranker!.Learned.ShouldBe(0);
    }

    [Fact]
    public void AForgottenTaste_IsForgottenByTheModelToo()
    {
        var world = Divided();
        var viewer = World.NewViewer(1);
        var before = world.Catalogue.Ranker!.KeyOf(viewer.Id);
        world.Append(new TasteForgotten(world.Now, viewer.Id));
        world.Catalogue.Ranker.KeyOf(viewer.Id).ShouldNotBe(before);

        var restored = new LiveRanker(Small);
        restored.TryLoad(world.Catalogue.Ranker.Save()).ShouldBeTrue();
        restored.KeyOf(viewer.Id).ShouldBe(world.Catalogue.Ranker.KeyOf(viewer.Id));
    }

    [Fact]
    public void AnUnprofiledPage_TeachesNothingOfItsViewer()
    {
        var world = Divided();
        var (viewer, other) = (World.NewViewer(1), World.NewViewer(2));
        var model = world.Catalogue.Ranker!;
        for (var number = 0; number < 20; number++)
        {
            var context = world.Context(viewer, world.Request(5, FeedMode.NonProfiled));
            var page = ForYou(context);
            world.Append(page.Served(context));
            foreach (var item in page.Items) world.Send(viewer, item.Slot, SignalType.PlayEnd);
        }
        model.Learned.ShouldBeGreaterThan(50);

        var video = world.Catalogue.Video(World.Id(0))!;
        model.Model.Predict(Exposures.Of(model.KeyOf(viewer.Id), video, default, FeedMode.Personalised, 0, world.Now), new FeatureRow())
            .ShouldBe(model.Model.Predict(Exposures.Of(model.KeyOf(other.Id), video, default, FeedMode.Personalised, 0, world.Now), new FeatureRow()));
    }

    private static Ranking.Feed.FeedPage ForYou(Ranking.Feed.FeedContext context) => Ranking.Feed.ForYouFeed.Page(context, new Ranking.Feed.StageWatch(TimeProvider.System));

    private static World Divided(Rules? rules = null, ulong seed = 1)
    {
        var world = new World(seed, rules, Small);
        for (var number = 0; number < 60; number++) world.Add(number, VideoStage.Open, number % 6);
        world.Publish();
        return world;
    }
}
