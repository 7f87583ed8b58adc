using Groundswell.Core.Chances;
using Groundswell.Ranking.Learning;

namespace Groundswell.Ranking.Tests.Learning;

public class ModelSaveTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>So small that rows make room for others.</summary>
    private static readonly ModelSize Small = new(Effects: 256, ViewerEffects: 1024, Tallies: 256, LastReactions: 256);

    private readonly FeatureRow _row = new();

    [Fact]
    public void Model_SavedAndLoaded_PredictsTheSameToTheBit_AndGoesOnAlike()
    {
        var (model, restored) = (Learned(Small, 0, 3_000), new OnlineModel(Small));
        restored.Load(model.BeginSave().Parts()).ShouldBe(new Fit(false, 0));
        ShouldPredictAlike(restored, model);
        Learn(model, 3_000, 4_000);
        Learn(restored, 3_000, 4_000);
        ShouldPredictAlike(restored, model);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(1000)]
    public void ASave_IsOfTheMomentItBegan_HoweverMuchIsLearnedBetweenItsParts(int viewsAPart)
    {
        var (model, still, restored) = (Learned(Small, 0, 3_000), Learned(Small, 0, 3_000), new OnlineModel(Small));
        restored.Load(Interrupted(model.BeginSave())).ShouldBe(new Fit(false, 0));
        ShouldPredictAlike(restored, still);

        IEnumerable<byte[]> Interrupted(ModelSave save)
        {
            var view = 3_000;
            foreach (var part in save.Parts())
            {
                Learn(model, view, view += viewsAPart);
                yield return part;
            }
        }
    }

    [Fact]
    public async Task ASave_ReadOnAnotherThread_IsOfTheMomentItBegan()
    {
        var size = new ModelSize(Effects: 1 << 12, ViewerEffects: 1 << 14, Tallies: 1 << 12, LastReactions: 1 << 12);
        var (model, still) = (Learned(size, 0, 6_000), Learned(size, 0, 6_000));
        for (var (round, view) = (0, 6_000); round < 10; round++)
        {
            var save = model.BeginSave();
            var reading = Task.Run(() => save.Parts().ToArray());
            for (var first = view; !reading.IsCompleted || view < first + 500; view++) Learn(model, view, view + 1);
            var restored = new OnlineModel(size);
            restored.Load(await reading);
            ShouldPredictAlike(restored, still);
            Learn(still, (int)still.Learned, view);
        }
    }

    [Fact]
    public void ASaveThatBrokeOff_LeavesTheWriterNothingToKeep_AndTheNextIsWhole()
    {
        var model = Learned(Small, 0, 500);
        using (var parts = model.BeginSave().Parts().GetEnumerator()) parts.MoveNext();
        Learn(model, 500, 1_000);
        var restored = new OnlineModel(Small);
        restored.Load(model.BeginSave().Parts());
        ShouldPredictAlike(restored, model);
    }

    [Fact]
    public void ASave_HoldsTheRowsInUse_AndNoMore()
    {
        var model = Learned(ModelSize.For(50_000), 0, 100);
        model.Room.Used.ShouldBeLessThan(2_000);
        model.BeginSave().Parts().Sum(part => part.Length).ShouldBeLessThan((200 * (int)model.Room.Used) + 200_000);
    }

    [Fact]
    public void AModelMadeLarger_KeepsEveryRow()
    {
        var (model, larger) = (Learned(Small, 0, 3_000), new OnlineModel(Large(4)));
        larger.Load(model.BeginSave().Parts()).ShouldBe(new Fit(true, 0));
        larger.Room.Used.ShouldBe(model.Room.Used);
        ShouldPredictAlike(larger, model);
    }

    [Fact]
    public void AModelMadeSmaller_KeepsWhatWasMetLast()
    {
        var (model, smaller) = (Learned(Large(8), 0, 3_000), new OnlineModel(Small));
        var fit = smaller.Load(model.BeginSave().Parts());
        fit.Resized.ShouldBeTrue();
        fit.LeftOut.ShouldBe(model.Room.Used - smaller.Room.Used);
        fit.LeftOut.ShouldBeGreaterThan(500);
        var (last, first) = (ViewOf(2_999), ViewOf(0));
        smaller.Predict(last, _row).Completion.ShouldBe(model.Predict(last, new FeatureRow()).Completion, 0.05f);
        model.Predict(first, _row).ShouldNotBe(smaller.Predict(first, new FeatureRow()));
    }

    [Fact]
    public void Publishing_CopiesTheHeadsOnly_HoweverLargeTheModel()
    {
        var model = Learned(ModelSize.For(50_000), 0, 100);
        model.Publish();
        var before = GC.GetAllocatedBytesForCurrentThread();
        model.Publish();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(160_000);
    }

    [Fact]
    public void ASizeOutOfRange_IsRefused_WithWhatMayBeAskedFor()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => ModelSize.For(ModelSize.Least - 1)).Message.ShouldStartWith("choose a number of viewers from 1000 to 4000000.");
        Should.Throw<ArgumentOutOfRangeException>(() => ModelSize.For(ModelSize.Most + 1));
        ModelSize.For(ModelSize.Least).Viewers.ShouldBe(ModelSize.Least);
        // Of viewers' effects, 32 floats a row, rounded up to a power of two.
        (32L * System.Numerics.BitOperations.RoundUpToPowerOf2((uint)ModelSize.For(ModelSize.Most).ViewerEffects)).ShouldBeLessThanOrEqualTo(Array.MaxLength);
    }

    private static ModelSize Large(int times) => new(Effects: times * 256, ViewerEffects: times * 1024, Tallies: times * 256, LastReactions: times * 256);

    private OnlineModel Learned(ModelSize size, int from, int to)
    {
        var model = new OnlineModel(size);
        Learn(model, from, to);
        return model;
    }

    private void Learn(OnlineModel model, int from, int to)
    {
        for (var view = from; view < to; view++)
        {
            var finishes = new Chance(7).For(view).For("finishes").Hits(0.4);
            model.Predict(ViewOf(view), _row);
            model.Learn(_row, new Reaction((byte)(Reaction.Bit(Outcome.Completion, finishes) | Reaction.Bit(Outcome.EarlySkip, !finishes)), 0xFF, finishes ? 20 : 1));
        }
    }

    private static Exposure ViewOf(int view)
    {
        var draw = new Chance(7).For(view);
        return new(1 + (ulong)draw.For("viewer").Below(300), 1 + (ulong)draw.For("video").Below(200), 0, 0, 1 + (ulong)draw.For("topic").Below(5), 0, 1, 20, null, [], Start.AddMinutes(view));
    }

    private static void ShouldPredictAlike(OnlineModel one, OnlineModel other)
    {
        one.Learned.ShouldBe(other.Learned);
        var (row, same) = (new FeatureRow(), new FeatureRow());
        for (var view = 0; view < 500; view++)
        {
            var exposure = ViewOf(view) with { At = Start.AddDays(3) };
            one.Predict(exposure, row).ShouldBe(other.Predict(exposure, same));
        }
    }
}
