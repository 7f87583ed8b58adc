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
            var saved = Saved(head.Ranker!);

            var restored = new LiveCatalogue(world.Rules, World.Taxonomy.Count, learns: Small);
            // As at a start: all but the ranker has been brought back further.
            restored.Ranker!.Load(saved).Why.ShouldBeNull();
            restored.Fold(world.Ledger);
            head.Fold(world.Ledger);

            Saved(restored.Ranker).ShouldBe(Saved(head.Ranker!));
        },
        iter: 5);

    [Fact]
    public void Model_OfAnotherForm_OrNotWhole_BeginsAnew_AndSaysWhy()
    {
        var world = Divided();
        world.LiveByGenre(200);
        var saved = Saved(world.Catalogue.Ranker!);

        byte[][] older = [[.. BitConverter.GetBytes(2), .. saved[0].Skip(4)], .. saved.Skip(1)];
        Anew(older).ShouldBe("It begins anew: The saved ranker is of another form.");
        Anew(saved[..^1]).ShouldBe("It begins anew: The saved model is not whole.");
        Anew([saved[0], .. saved.Skip(2)]).ShouldStartWith("It begins anew: ");
        Anew([]).ShouldBe("It begins anew: The saved ranker is not whole.");

        static string Anew(byte[][] parts)
        {
            var ranker = new LiveRanker(Small);
            var restored = ranker.Load(parts);
            (ranker.Learned, ranker.Watermark).ShouldBe((0, 0));
            return restored.Sentence;
        }
    }

    [Fact]
    public void Model_OfAnotherSize_GoesOn_AndSaysSo()
    {
        var world = Divided();
        world.LiveByGenre(200);
        var ranker = new LiveRanker(Small with { Effects = 1 << 10 });
        ranker.Load(Saved(world.Catalogue.Ranker!)).Sentence.ShouldStartWith("It was saved at another size and goes on in this one");
        ranker.Learned.ShouldBe(world.Catalogue.Ranker!.Learned);
    }

    [Fact]
    public void ASave_IsOfTheMomentItBegan_WhateverIsFoldedWhileItIsRead()
    {
        var world = Divided();
        world.LiveByGenre(300);
        var split = world.Ledger.Count / 2;
        var (ranker, still) = (Half(), Half());
        var save = ranker.Ranker!.BeginSave();
        using var parts = save.Parts().GetEnumerator();
        parts.MoveNext().ShouldBeTrue();
        List<byte[]> read = [parts.Current];
        ranker.Fold(world.Ledger);
        while (parts.MoveNext()) read.Add(parts.Current);

        var restored = new LiveRanker(Small);
        restored.Load(read).Why.ShouldBeNull();
        restored.Watermark.ShouldBe(split);
        // Both have saved once, and what a save itself changes is a number.
        still.Ranker!.BeginSave();
        Saved(restored).ShouldBe(Saved(still.Ranker));

        LiveCatalogue Half()
        {
            var catalogue = new LiveCatalogue(world.Rules, World.Taxonomy.Count, learns: Small);
            catalogue.Fold([.. world.Ledger.Take(split)]);
            return catalogue;
        }
    }

    [Fact]
    public void Model_ThatPredictsBadly_IsTakenBack_AndRatesRank()
    {
        var (sick, learned, _) = Sick();
        sick.Learned.ShouldBeLessThan(learned, "it began anew");
        sick.Serving?.Version.ShouldNotBe("online-1.2");
    }

    [Fact]
    public void Model_ThatPredictsBadly_GoesBackToTheLastGoodSave()
    {
        var asked = 0;
        var (sick, learned, after) = Sick(good =>
        {
            asked++;
            return good;
        });
        asked.ShouldBeGreaterThan(0);
        sick.Learned.ShouldBeInRange(learned, learned + after);
    }

    [Fact]
    public void Model_WhoseGoodSaveCannotBeRead_BeginsAnew()
    {
        var (sick, learned, _) = Sick(good => good[..^1]);
        sick.Learned.ShouldBeLessThan(learned);
    }

    /// <summary>A ranker that went on from a save that takes every outcome for much likelier than it was, after a thousand viewers more.</summary>
    private static (LiveRanker Ranker, long Learned, long After) Sick(Func<byte[][], byte[][]>? good = null)
    {
        var world = Divided();
        world.LiveByGenre(3_000);
        var ranker = world.Catalogue.Ranker!;
        ranker.Guard.Trusts.ShouldBeTrue();
        var (saved, learned) = (Saved(ranker), ranker.Learned);

        var sick = new LiveCatalogue(world.Rules, World.Taxonomy.Count, learns: Small);
        sick.Ranker!.Load(Damaged(saved, learned)).Why.ShouldBeNull();
        sick.Ranker.Serving.ShouldNotBeNull();
        if (good is not null) sick.Ranker.LastGood = () => good(saved);

        world.LiveByGenre(1_000, first: 1_000);
        sick.Fold(world.Ledger);
        sick.Publish(new AudienceSize(200, 10), world.Now);
        return (sick.Ranker, learned, ranker.Learned - learned);
    }

    private static byte[][] Damaged(byte[][] saved, long learned)
    {
        byte[] begins = [.. BitConverter.GetBytes(OnlineModel.Form), .. BitConverter.GetBytes(learned)];
        byte[][] damaged = [.. saved.Select(part => part.ToArray())];
        var model = damaged.Single(part => part.AsSpan().StartsWith(begins));
        for (var outcome = 0; outcome < 8; outcome++) BitConverter.TryWriteBytes(model.AsSpan(begins.Length + (4 * outcome)), 6f);
        return damaged;
    }

    private static byte[][] Saved(LiveRanker ranker) => [.. ranker.BeginSave().Parts()];

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
        restored.Load(Saved(world.Catalogue.Ranker)).Why.ShouldBeNull();
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
