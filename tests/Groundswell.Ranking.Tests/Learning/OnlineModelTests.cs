using CsCheck;
using Groundswell.Core.Chances;
using Groundswell.Ranking.Learning;

namespace Groundswell.Ranking.Tests.Learning;

public class OnlineModelTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly ModelSize Small = new(Effects: 1 << 12, ViewerEffects: 1 << 14, Tallies: 1 << 12, LastReactions: 1 << 12);

    private readonly OnlineModel _model = new(Small);
    private readonly FeatureRow _row = new();

    [Fact]
    public void Model_ThatHasSeenAnAudience_TellsWhoFinishesWhat_AndIsCalibrated()
    {
        var chance = new Chance(5);
        var (predicted, happened, right, wrong) = (0.0, 0, 0.0, 0.0);
        for (var view = 0; view < 20_000; view++)
        {
            var draw = chance.For(view);
            var (viewer, video) = ((ulong)draw.For("viewer").Below(200), (ulong)draw.For("video").Below(100));
            // Even viewers finish even videos, and odd ones odd videos: nothing but the pair's topic says so.
            var truth = viewer % 2 == video % 2 ? 0.6 : 0.1;
            var finishes = draw.For("finishes").Hits(truth);
            var probability = _model.Predict(Exposure(viewer, video, topic: 1 + (video % 2), Start.AddMinutes(10 * view)), _row).Completion;
            _model.Learn(_row, Played(finishes));
            if (view < 10_000) continue;
            predicted += probability;
            happened += finishes ? 1 : 0;
            if (truth > 0.5) right += probability / 5000;
            else wrong += probability / 5000;
        }
        (predicted / happened).ShouldBe(1, 0.05);
        (right / wrong).ShouldBeGreaterThan(3, "of a true ratio of six");
    }

    [Fact]
    public void Probabilities_StayProbabilities_WhateverIsReported() => Gen.Select(Gen.ULong, Gen.ULong, Gen.Double[0, 1e7], Gen.Byte, Gen.Double[0, 1e9], Gen.Int[-100_000, 100_000])
        .Array[1, 60].Sample(views =>
        {
            var model = new OnlineModel(Small);
            foreach (var (viewer, video, seconds, did, played, minutes) in views)
            {
                var p = model.Predict(Exposure(viewer, video, 0, Start.AddMinutes(minutes)) with { Seconds = seconds }, _row);
                foreach (var probability in (float[])[p.Rewatch, p.Completion, p.Share, p.Comment, p.Like, p.EarlySkip, p.Exit]) probability.ShouldBeInRange(0, 1);
                model.Learn(_row, new Reaction(did, 0xFF, played));
            }
        }, iter: 200);

    [Fact]
    public void AMillionViewersAndAMillionVideos_FitIntoTwoGibibytes()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var model = new OnlineModel(ModelSize.For(1_000_000));
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeInRange(1L << 30, 2L << 30);
        model.Predict(Exposure(1, 1, 0, Start), _row).Completion.ShouldBeInRange(0, 1);
    }

    [Fact]
    public void APrediction_IsMadeBeforeItsOutcome_AndChangesNothing()
    {
        Watch(viewer: 1, video: 1, finishes: true, Start);
        var exposure = Exposure(1, 2, 0, Start.AddMinutes(1));
        _model.Predict(exposure, _row).ShouldBe(_model.Predict(exposure, new FeatureRow()));
    }

    [Fact]
    public void PlaysOfASitting_CountFullyWhenTheViewerHasRested()
    {
        for (ulong video = 1; video <= 10; video++) Watch(viewer: 1, video, finishes: true, Start.AddMinutes(video));
        for (ulong viewer = 2; viewer <= 11; viewer++) Watch(viewer, video: viewer, finishes: false, Start.AddMinutes(viewer));
        var sitting = _model.Predict(Exposure(1, 99, 0, Start.AddMinutes(11)), _row).Completion;
        var rested = _model.Predict(Exposure(1, 99, 0, Start.AddHours(9)), _row).Completion;
        var stranger = _model.Predict(Exposure(50, 99, 0, Start.AddHours(9)), _row).Completion;
        sitting.ShouldBeGreaterThan(stranger);
        rested.ShouldBeGreaterThan(sitting);
    }

    [Fact]
    public void Optimism_IsLargerForAVideoThatFewHaveSeen_AndThatManyMayStillSee()
    {
        for (ulong viewer = 1; viewer <= 100; viewer++) Watch(viewer, video: 1, finishes: viewer % 2 == 0, Start.AddMinutes(viewer));
        Lift(video: 1, viewsToCome: 1000).ShouldBeLessThan(Lift(video: 2, viewsToCome: 1000) / 2);
        Lift(video: 2, viewsToCome: 10).ShouldBeLessThan(Lift(video: 2, viewsToCome: 1000) / 2);
        Lift(video: 2, viewsToCome: 0).ShouldBe(0);

        float Lift(ulong video, double viewsToCome)
        {
            var plain = _model.Predict(Exposure(500, video, 0, Start.AddHours(3)), _row).Completion;
            return OnlineModel.Optimistic(_row, viewsToCome).Completion - plain;
        }
    }

    /// <summary>An audience that finishes far more than the one the model begins by believing in: what it was never shown is no worse for that.</summary>
    [Fact]
    public void AVideoThatNobodySaw_IsTakenToBeLikeTheOthers()
    {
        var chance = new Chance(3);
        for (var view = 0; view < 3000; view++)
        {
            var draw = chance.For(view);
            Watch((ulong)draw.For("viewer").Below(500), (ulong)draw.For("video").Below(100), draw.For("finishes").Hits(0.6), Start.AddMinutes(10 * view));
        }
        _model.Predict(Exposure(1000, 5000, 0, Start.AddDays(30)), _row).Completion.ShouldBe(0.6f, 0.1f);
    }

    private void Watch(ulong viewer, ulong video, bool finishes, DateTimeOffset at)
    {
        _model.Predict(Exposure(viewer, video, 0, at), _row);
        _model.Learn(_row, Played(finishes));
    }

    /// <summary>Pages predict while the follower learns: rows are handed on under their eyes, and what they read stays a probability.</summary>
    [Fact]
    public async Task Reading_BesideTheWriter_ReadsProbabilities()
    {
        var model = new OnlineModel(new ModelSize(Effects: 256, ViewerEffects: 256, Tallies: 64, LastReactions: 64));
        var (reading, chance) = (model.Publish(), new Chance(2));
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(reader => Task.Run(() =>
        {
            var row = new FeatureRow();
            for (var read = 0; !done.IsCancellationRequested || read == 0; read++)
            {
                var p = Volatile.Read(ref reading).Predict(Exposure((ulong)(read % 90), (ulong)(read % 70), 1, Start.AddDays(read % 40)), row);
                foreach (var probability in (float[])[p.Rewatch, p.Completion, p.Share, p.Comment, p.Like, p.EarlySkip, p.Exit]) probability.ShouldBeInRange(0, 1);
            }
        })).ToArray();

        for (var view = 0; view < 30_000; view++)
        {
            var draw = chance.For(view);
            // Days apart, so that old counts are halved while others read them.
            model.Predict(Exposure((ulong)draw.For("viewer").Below(300), (ulong)draw.For("video").Below(300), 1, Start.AddHours(view)), _row);
            model.Learn(_row, Played(draw.For("finishes").Hits(0.9)));
            if (view % 100 == 0) Volatile.Write(ref reading, model.Publish());
        }
        await done.CancelAsync();
        await Task.WhenAll(readers);
    }

    private static Exposure Exposure(ulong viewer, ulong video, ulong topic, DateTimeOffset at) =>
        new(1 + viewer % (ulong.MaxValue - 1), 1 + video % (ulong.MaxValue - 1), 0, 0, topic, 0, 1, 20, null, [], at);

    private static Reaction Played(bool finishes) => new(
        (byte)(Reaction.Bit(Outcome.Completion, finishes) | Reaction.Bit(Outcome.EarlySkip, !finishes)), 0xFF, finishes ? 20 : 1);
}
