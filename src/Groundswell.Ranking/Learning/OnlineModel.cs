using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Groundswell.Core.Feed;

namespace Groundswell.Ranking.Learning;

/// <summary>
/// The multi-task ranker, learned online. Two layers: hashed effects of who, what, where and how long, and of each viewer with
/// them, as normal beliefs (<see cref="Effects"/>); and one <see cref="Head"/> an outcome over what the effects and the
/// running rates of viewer and video say, which is believed as far as it has earned it (<see cref="Trust"/>). A slow intercept
/// keeps each outcome calibrated.
/// One writer learns; what it has <see cref="Publish">published</see> predicts on any thread beside it. Effects and tallies are
/// shared and not locked: a reader may meet one that is half moved, or handed on to another key, and reads a number that was or
/// will be somebody's; the next page reads another.
/// </summary>
public sealed class OnlineModel
{
    private const int Outcomes = 8;

    /// <summary>Of what is saved: to be raised whenever inputs, groups or lanes change.</summary>
    internal const int Form = 3;

    /// <summary>A long view is learned from and not predicted: nothing is paid for it.</summary>
    private static readonly Outcome[] Predicted = [.. Enum.GetValues<Outcome>().Where(outcome => outcome != Outcome.LongView)];

    /// <summary>Step of the intercept: to follow a drift of a tenth in log-odds costs it twenty occurrences too many or too few.</summary>
    private const float CalibrationStep = 0.005f;

    /// <summary>Of a video that is played on and on, only so many lengths say that it is good.</summary>
    private const double MostShare = 2;

    private readonly Effects _population, _viewers;
    private readonly Tallies _videoTallies, _viewerTallies;
    private readonly LastReactions _lastReactions;
    private readonly KeyedRows[] _tables;
    private readonly Head[] _heads;
    private readonly float[] _intercepts = new float[Outcomes];
    private readonly Trust _trust = new(Outcomes);
    private readonly FeatureMaker _features;
    private readonly Reading _live;

    public OnlineModel(ModelSize size)
    {
        var settling = new Settling((int)(size.SettleHours * 60), (float)size.SittingShare);
        _population = new Effects(size.Effects, default);
        _viewers = new Effects(size.ViewerEffects, settling);
        _videoTallies = new Tallies(size.Tallies / 2, default);
        _viewerTallies = new Tallies(size.Tallies / 2, settling);
        _lastReactions = new LastReactions(size.LastReactions);
        _tables = [_population.Rows, _viewers.Rows, _videoTallies.Rows, _viewerTallies.Rows, _lastReactions.Rows];
        _features = new FeatureMaker(_population, _viewers, _videoTallies, _viewerTallies, _lastReactions);
        _population.Set(FeatureMaker.EveryoneKey, EffectGroup.Everyone, BaseOdds.LogOdds);
        _heads = [.. Enumerable.Range(0, Outcomes).Select(outcome => FeatureMaker.NewHead((Outcome)outcome))];
        _live = new Reading(_features, _heads, _trust, _intercepts);
    }

    /// <summary>Exposures learned from, imported ones included.</summary>
    public long Learned { get; private set; }

    /// <summary>How full it is. On any thread.</summary>
    public ModelRoom Room => new(_tables.Sum(table => (long)table.Capacity), _tables.Sum(table => (long)table.Used), _tables.Sum(table => table.Evicted), _tables.Sum(table => table.Bytes));

    /// <summary>What the model says from now on, for readers on any thread: the writer may go on.</summary>
    public Reading Publish() => new(_features, [.. _heads.Select(head => head.Copy())], _trust.Copy(), [.. _intercepts]);

    /// <summary>What the viewer will do, and in <paramref name="row"/> what that was predicted from. The writer's.</summary>
    public ActionProbabilities Predict(in Exposure exposure, FeatureRow row) => _live.Predict(exposure, row);

    /// <summary>
    /// The same for a video that turns out as good as makes finding out worth while (<see cref="Exploration"/>): whoever ranks by
    /// this learns for the whole audience what a video is worth while that is still cheap. To first order in the deviation of
    /// the video's own effect, so that what is rare is not lifted beyond all others.
    /// </summary>
    /// <param name="row">Of <see cref="Predict"/>.</param>
    /// <param name="viewsToCome">How many may still see the video.</param>
    public static ActionProbabilities Optimistic(FeatureRow row, double viewsToCome)
    {
        return new ActionProbabilities(P(Outcome.Rewatch), P(Outcome.Completion), P(Outcome.Share), P(Outcome.Comment), P(Outcome.Like), P(Outcome.EarlySkip), P(Outcome.Exit));

        float P(Outcome outcome)
        {
            var (probability, variance) = (row.Probabilities[(int)outcome], row.VideoVariance[(int)outcome]);
            var slope = probability * (1 - probability);
            return Math.Min(1, probability + (slope * MathF.Sqrt(variance) * (float)Exploration.Deviations(variance, slope, viewsToCome)));
        }
    }

    /// <summary>Takes in what followed an exposure that was predicted. The writer's.</summary>
    public void Learn(FeatureRow row, in Reaction reaction)
    {
        Learned++;
        if (reaction.PlayedSeconds is not null)
        {
            foreach (var outcome in Predicted)
            {
                if ((reaction.Known >> (int)outcome & 1) == 0) continue;
                var happened = reaction.Has(outcome);
                _intercepts[(int)outcome] += CalibrationStep * ((happened ? 1 : 0) - row.Probabilities[(int)outcome]);
                _trust.Learn(outcome, FeatureMaker.ByEffects(outcome, row), row.ByHead[(int)outcome], happened);
                _heads[(int)outcome].Learn(row.Dense, happened);
            }
            _lastReactions.Set(row.PairKey, reaction, row.Minute);
        }
        LearnEffects(row, reaction);
        var seconds = reaction.PlayedSeconds ?? 0;
        var share = (float)Math.Min(MostShare, seconds / Math.Max(1, row.Seconds));
        _videoTallies.Add(row.VideoKey, reaction, share, row.Minute);
        _videoTallies.Add(FeatureMaker.EveryoneKey, reaction, share, row.Minute);
        _viewerTallies.Add(row.ViewerKey, reaction, (float)Math.Log(1 + seconds), row.Minute);
    }

    /// <summary>Takes in what came true after the exposure had been learned from: a like, a share, a comment.</summary>
    /// <param name="outcomes">Bit by <see cref="Outcome"/>.</param>
    public void LearnLater(FeatureRow row, byte outcomes)
    {
        foreach (var outcome in Predicted)
            if ((outcomes >> (int)outcome & 1) != 0) _heads[(int)outcome].Learn(row.Dense, happened: true);
        LearnEffects(row, new Reaction(outcomes, outcomes, PlayedSeconds: null));
    }

    private void LearnEffects(FeatureRow row, in Reaction reaction)
    {
        var belief = _features.Believe(row);
        var known = Effects.Mask(reaction.Known);
        var happened = Vector256<float>.One & Effects.Mask(reaction.Did);
        var probability = Logistic.Of(Logistic.Damped(belief.Mean, belief.Variance));
        var curvature = Vector256.Max(probability * (Vector256<float>.One - probability), Vector256.Create(1e-4f));
        var share = (Vector256<float>.One / (Vector256<float>.One + (curvature * belief.Variance))) & known;
        var gain = (happened - probability) * share;
        var shrink = curvature * share;
        for (var i = 0; i < row.Population; i++) _population.Learn(row.PopulationKeys[i], row.PopulationGroups[i], row.Minute, gain, shrink);
        for (var i = 0; i < row.ViewerKeys.Length; i++) _viewers.Learn(row.ViewerKeys[i], EffectGroup.Viewer + i, row.Minute, gain, shrink);
    }

    /// <summary>Everything it knows now, to be read while the writer goes on. The writer's, one at a time.</summary>
    public ModelSave BeginSave()
    {
        var first = new PartWriter();
        var to = first.To;
        to.Write(Form);
        to.Write(Learned);
        to.Write(MemoryMarshal.AsBytes(_intercepts.AsSpan()));
        _trust.Save(to);
        foreach (var head in _heads) head.Save(to);
        foreach (var table in _tables)
        {
            to.Write(table.Capacity);
            to.Write(table.Width);
            to.Write(table.Used);
        }
        return new ModelSave(first.Cut(), _tables);
    }

    /// <summary>
    /// Goes on as the one that was saved would, where that had the same size. Rows of another size find their place anew: of a
    /// larger one, those met last. Only into a model that has learned nothing.
    /// </summary>
    /// <exception cref="InvalidDataException">It is of another form, or damaged.</exception>
    public Fit Load(IEnumerable<byte[]> parts)
    {
        using var part = parts.GetEnumerator();
        if (!part.MoveNext()) throw new InvalidDataException("The saved model is empty.");
        var saved = ReadFirst(part.Current);
        foreach (var table in _tables) table.Clear();
        var rows = 0L;
        while (part.MoveNext()) rows += ReadRows(part.Current, saved);
        if (rows != saved.Sum(table => (long)table.Used)) throw new InvalidDataException("The saved model is not whole.");
        return new Fit(saved.Any(table => table.Resized), rows - Room.Used);
    }

    private (bool Resized, int Used)[] ReadFirst(byte[] part)
    {
        using var from = new BinaryReader(new MemoryStream(part));
        if (from.ReadInt32() != Form) throw new InvalidDataException("The saved model is of another form.");
        Learned = from.ReadInt64();
        from.ReadExactly(MemoryMarshal.AsBytes(_intercepts.AsSpan()));
        _trust.Load(from);
        foreach (var head in _heads) head.Load(from);
        return [.. _tables.Select(table => (from.ReadInt32() != table.Capacity, from.ReadInt32() == table.Width ? from.ReadInt32() : throw new InvalidDataException("The saved model has rows of another width.")))];
    }

    /// <returns>How many there were.</returns>
    private int ReadRows(byte[] part, (bool Resized, int Used)[] saved)
    {
        using var from = new BinaryReader(new MemoryStream(part));
        var number = from.ReadByte();
        if (number >= _tables.Length) throw new InvalidDataException("The saved model is damaged.");
        var read = 0;
        for (; from.BaseStream.Position < part.Length; read++) _tables[number].Read(from, saved[number].Resized);
        return read;
    }

    /// <summary>The model as it was at one moment.</summary>
    public sealed class Reading
    {
        private readonly FeatureMaker _features;
        private readonly Head[] _heads;
        private readonly Trust _trust;
        private readonly float[] _intercepts;

        internal Reading(FeatureMaker features, Head[] heads, Trust trust, float[] intercepts) =>
            (_features, _heads, _trust, _intercepts) = (features, heads, trust, intercepts);

        /// <summary>What the viewer will do, and in <paramref name="row"/> what that was predicted from.</summary>
        public ActionProbabilities Predict(in Exposure exposure, FeatureRow row)
        {
            _features.Fill(exposure, row);
            foreach (var outcome in Predicted)
            {
                var head = row.ByHead[(int)outcome] = _heads[(int)outcome].Predict(row.Dense);
                row.Probabilities[(int)outcome] = Logistic.Of(_trust.Mix(outcome, FeatureMaker.ByEffects(outcome, row), head) + _intercepts[(int)outcome]);
            }
            return new ActionProbabilities(P(Outcome.Rewatch), P(Outcome.Completion), P(Outcome.Share), P(Outcome.Comment), P(Outcome.Like), P(Outcome.EarlySkip), P(Outcome.Exit));

            float P(Outcome outcome) => row.Probabilities[(int)outcome];
        }
    }
}
