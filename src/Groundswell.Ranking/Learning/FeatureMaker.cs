using System.Runtime.Intrinsics;

namespace Groundswell.Ranking.Learning;

/// <summary>From an exposure to what the model looks at: keys of effects, and dense inputs of about unit size.</summary>
internal sealed class FeatureMaker(Effects population, Effects viewers, Tallies videoTallies, Tallies viewerTallies, LastReactions lastReactions)
{
    private static readonly DateTimeOffset Epoch = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Pseudo-views by which running rates are shrunk to the base rate: a viewer's differ more than a video's, and rare things need more.
    private const float ViewerViews = 3, ViewerLikes = 5, VideoViews = 5, VideoLikes = 30, ImportedViews = 10;

    private static readonly Outcome[] Parts = [Outcome.Rewatch, Outcome.Completion, Outcome.Comment, Outcome.Like, Outcome.LongView, Outcome.EarlySkip];
    private static readonly Outcome[] Again = [Outcome.Rewatch, Outcome.Completion, Outcome.Like, Outcome.LongView];
    private static readonly Outcome[] Fine = [Outcome.Completion, Outcome.Like, Outcome.LongView, Outcome.EarlySkip];

    /// <summary>Where taste comes among the inputs: after all others.</summary>
    private const int TasteInput = 59;

    public static ulong EveryoneKey { get; } = Keys.Of(EffectGroup.Everyone, 0);

    /// <summary>A head begins by believing the effects of its own outcome, and corrects that as far as views say.</summary>
    public static Head NewHead(Outcome outcome)
    {
        Span<float> weights = stackalloc float[FeatureRow.Inputs], variances = stackalloc float[FeatureRow.Inputs];
        weights.Clear();
        variances.Fill(0.02f);
        (weights[0], variances[0]) = (BaseOdds.Of(outcome), 1);
        (weights[1 + (int)outcome], variances[1 + (int)outcome]) = (1, 0.05f);
        // Taste is told in log-odds already, and a skip is the opposite of what it adds to.
        (weights[TasteInput], variances[TasteInput]) = (outcome switch { Outcome.EarlySkip => -1, Outcome.Exit => -0.5f, _ => 1 }, 0.25f);
        return new Head(weights, variances);
    }

    /// <summary>Log-odds of an outcome by the effects alone, in a filled row.</summary>
    public static float ByEffects(Outcome outcome, FeatureRow row) => row.Dense[1 + (int)outcome] + BaseOdds.Of(outcome);

    public void Fill(in Exposure exposure, FeatureRow row)
    {
        FillKeys(exposure, row);
        FillDense(exposure, row);
    }

    /// <summary>Sum of all effects of a row.</summary>
    public Belief Believe(FeatureRow row)
    {
        var (mean, variance) = (Vector256<float>.Zero, Vector256<float>.Zero);
        for (var i = 0; i < row.Population; i++) Sum(population.Read(row.PopulationKeys[i], row.PopulationGroups[i], row.Minute));
        for (var i = 0; i < row.ViewerKeys.Length; i++) Sum(viewers.Read(row.ViewerKeys[i], EffectGroup.Viewer + i, row.Minute));
        return new Belief(mean, variance);

        void Sum(Belief belief) => (mean, variance) = (mean + belief.Mean, variance + belief.Variance);
    }

    private static void FillKeys(in Exposure exposure, FeatureRow row)
    {
        row.Minute = (int)(exposure.At - Epoch).TotalMinutes;
        row.Seconds = exposure.Seconds;
        row.Population = 0;
        // Lengths a quarter of an octave apart: how much of a video is watched falls steeply with it.
        var quarters = exposure.Seconds > 0 ? (ulong)(1 + (int)(4 * Math.Log2(Math.Max(1, exposure.Seconds)))) : 0;
        var (halves, octaves) = ((quarters + 1) / 2, (quarters + 3) / 4);
        var (creator, topic, surface) = (exposure.Creator, exposure.Topic, exposure.Surface);
        row.VideoKey = Keys.Of(EffectGroup.Video, exposure.Video);
        row.ViewerKey = Keys.Of(EffectGroup.Viewer, exposure.Viewer);
        row.PairKey = exposure.Viewer == 0 ? 0 : Keys.Of(EffectGroup.ViewerAndVideo, exposure.Viewer, exposure.Video);
        Add(EffectGroup.Everyone, 0);
        Add(EffectGroup.Surface, surface);
        Add(EffectGroup.Length, quarters);
        Add(EffectGroup.SurfaceAndLength, surface, halves);
        Add(EffectGroup.Hour, (ulong)exposure.At.Hour);
        Add(EffectGroup.Video, exposure.Video);
        if (creator != 0) Add(EffectGroup.Creator, creator);
        if (exposure.Sound != 0) Add(EffectGroup.Sound, exposure.Sound);
        Add(EffectGroup.Topic, topic);
        if (exposure.Kind != 0) Add(EffectGroup.Kind, exposure.Kind);
        if (exposure.Uploaded is { } uploaded) Add(EffectGroup.Age, (ulong)Math.Log2(1 + Math.Max(0, (exposure.At - uploaded).TotalDays)));
        for (var i = 0; i < Math.Min(EffectGroups.Hashtags, exposure.Hashtags.IsDefault ? 0 : exposure.Hashtags.Length); i++) Add(EffectGroup.Hashtag, exposure.Hashtags[i]);
        for (var i = 0; i < Math.Min(EffectGroups.Traits, exposure.Traits.Length); i++) Add(EffectGroup.Trait, (ulong)i, exposure.Traits[i]);

        row.ViewerKeys[0] = row.ViewerKey;
        row.ViewerKeys[1] = Keys.Of(EffectGroup.ViewerOnSurface, exposure.Viewer, surface);
        row.ViewerKeys[2] = Keys.Of(EffectGroup.ViewerAndLength, exposure.Viewer, octaves);
        row.ViewerKeys[3] = Keys.Of(EffectGroup.ViewerAndTopic, exposure.Viewer, topic);
        row.ViewerKeys[4] = Keys.Of(EffectGroup.ViewerAndCreator, exposure.Viewer, creator == 0 ? exposure.Video : creator);

        void Add(EffectGroup group, ulong first, ulong second = 0)
        {
            (row.PopulationKeys[row.Population], row.PopulationGroups[row.Population]) = (Keys.Of(group, first, second), group);
            row.Population++;
        }
    }

    private void FillDense(in Exposure exposure, FeatureRow row)
    {
        var (all, context, content, video, viewer, tastes) = (default(Belief), default(Belief), default(Belief), default(Belief), default(Belief), default(Belief));
        for (var i = 0; i < row.Population; i++)
        {
            var group = row.PopulationGroups[i];
            var belief = population.Read(row.PopulationKeys[i], group, row.Minute);
            all = Plus(all, belief);
            if (group is EffectGroup.Surface or EffectGroup.Length or EffectGroup.SurfaceAndLength) context = Plus(context, belief);
            if (group is EffectGroup.Video or EffectGroup.Creator or EffectGroup.Sound or EffectGroup.Topic) content = Plus(content, belief);
            if (group == EffectGroup.Video) video = belief;
        }
        for (var i = 0; i < row.ViewerKeys.Length; i++)
        {
            var belief = viewers.Read(row.ViewerKeys[i], EffectGroup.Viewer + i, row.Minute);
            viewer = Plus(viewer, belief);
            if (i >= 2) tastes = Plus(tastes, belief);
        }
        all = Plus(all, viewer);
        row.VideoVariance = video.Variance;

        var inputs = new InputWriter(row.Dense);
        inputs.Add(1);
        var damped = Logistic.Damped(all.Mean, all.Variance) - BaseOdds.LogOdds;
        for (var outcome = 0; outcome < 8; outcome++) inputs.Add(damped[outcome]);
        foreach (var outcome in Fine)
        {
            inputs.Add(context.Mean[(int)outcome]);
            inputs.Add(video.Mean[(int)outcome]);
            inputs.Add(tastes.Mean[(int)outcome]);
        }
        foreach (var outcome in Parts)
        {
            inputs.Add(viewer.Mean[(int)outcome]);
            inputs.Add(content.Mean[(int)outcome]);
        }
        AddRates(exposure, row, ref inputs);
        AddLastReaction(row, ref inputs);
        if (inputs.Count != TasteInput) throw new InvalidOperationException($"There are {inputs.Count} inputs before taste, not {TasteInput}.");
        inputs.Add(exposure.Taste);
    }

    /// <summary>Running rates of viewer and video as log-odds above the usual ones, how long the viewer plays against how long this is, and how much of the video is played.</summary>
    private void AddRates(in Exposure exposure, FeatureRow row, ref InputWriter inputs)
    {
        var logLength = (float)Math.Log(Math.Max(1, exposure.Seconds));
        var usual = new UsualRates(videoTallies.Read(EveryoneKey, row.Minute).Lately);
        inputs.Add(logLength - 4);
        inputs.Add((logLength - 4) * (logLength - 4) * 0.3f);

        var (viewer, viewerBefore) = viewerTallies.Read(row.ViewerKey, row.Minute);
        inputs.Add(usual.Above(viewer.Completions, viewer.Views, Outcome.Completion, ViewerViews));
        inputs.Add(usual.Above(viewer.Likes + viewerBefore.Likes, viewer.AllViews + viewerBefore.Views, Outcome.Like, ViewerLikes));
        inputs.Add(usual.Above(viewer.LongViews + viewerBefore.LongViews, viewer.Views + viewerBefore.Views, Outcome.LongView, ViewerViews));
        inputs.Add(usual.Above(viewer.EarlySkips, viewer.Views, Outcome.EarlySkip, ViewerViews));
        inputs.Add(usual.Above(viewerBefore.Likes, viewerBefore.Views, Outcome.Like, ImportedViews));
        inputs.Add(usual.Above(viewerBefore.LongViews, viewerBefore.Views, Outcome.LongView, ViewerViews));
        inputs.Add(MathF.Log(1 + viewerBefore.Views) - 2);
        inputs.Add(((viewer.Played + (ViewerViews * 1.8f)) / (viewer.Views + ViewerViews)) - logLength + 2);
        inputs.Add(MathF.Log(1 + viewer.Views) - 1);

        var (video, videoBefore) = videoTallies.Read(row.VideoKey, row.Minute);
        inputs.Add(usual.Above(video.Completions, video.Views, Outcome.Completion, VideoViews));
        inputs.Add(usual.Above(video.Likes, video.Views, Outcome.Like, VideoLikes));
        inputs.Add(usual.Above(video.Rewatches, video.Views, Outcome.Rewatch, VideoLikes));
        inputs.Add(usual.Above(video.LongViews, video.Views, Outcome.LongView, VideoViews));
        inputs.Add(usual.Above(video.EarlySkips, video.Views, Outcome.EarlySkip, VideoViews));
        inputs.Add(usual.Above(videoBefore.Likes, videoBefore.Views, Outcome.Like, VideoLikes));
        inputs.Add(usual.Above(videoBefore.LongViews, videoBefore.Views, Outcome.LongView, ImportedViews));
        inputs.Add(MathF.Log(1 + videoBefore.Views) - 3);
        inputs.Add(3 * (((video.Played + (VideoViews * usual.Share)) / (video.Views + VideoViews)) - usual.Share));
        inputs.Add(MathF.Log(1 + video.Views) - 2);
    }

    /// <summary>What the viewer made of this very video before.</summary>
    private void AddLastReaction(FeatureRow row, ref InputWriter inputs)
    {
        var last = lastReactions.Of(row.PairKey);
        inputs.Add(last is null ? 0 : 1);
        foreach (var outcome in Again) inputs.Add(last is { } reaction && (reaction >> (int)outcome & 1) != 0 ? 1 : 0);
    }

    private static Belief Plus(Belief left, Belief right) => new(left.Mean + right.Mean, left.Variance + right.Variance);

    /// <summary>
    /// What everybody does lately, which viewers and videos are compared with: against any other rate, what was never shown would
    /// look better or worse than what was.
    /// </summary>
    private readonly ref struct UsualRates
    {
        /// <summary>Pseudo-views with which everybody begins.</summary>
        private const float FirstViews = 200;

        /// <summary>… and how many lengths of a video those last.</summary>
        private const float FirstShare = 0.7f;

        private readonly Vector256<float> _rates, _logOdds;

        public UsualRates(in Tally everyone)
        {
            var happened = Vector256.Create(everyone.Rewatches, everyone.Completions, 0, 0, everyone.Likes, everyone.LongViews, everyone.EarlySkips, 0);
            var views = Vector256.Create(everyone.Views).WithElement((int)Outcome.Like, everyone.AllViews);
            // A reader beside the writer may find the one halved and the other not yet.
            _rates = Vector256.Clamp(
                (happened + (FirstViews * Logistic.Of(BaseOdds.LogOdds))) / (views + Vector256.Create(FirstViews)), Vector256.Create(1e-6f), Vector256.Create(1 - 1e-6f));
            _logOdds = Vector256.Log(_rates / (Vector256<float>.One - _rates));
            Share = (everyone.Played + (FirstViews * FirstShare)) / (everyone.Views + FirstViews);
        }

        /// <summary>Lengths that a view lasts, at most two a view.</summary>
        public float Share { get; }

        /// <summary>Log-odds of a rate above the usual one, shrunk to it.</summary>
        public float Above(float happened, float views, Outcome outcome, float pseudoViews)
        {
            var rate = Math.Clamp((happened + (pseudoViews * _rates[(int)outcome])) / (views + pseudoViews), 1e-6f, 1 - 1e-6f);
            return MathF.Log(rate / (1 - rate)) - _logOdds[(int)outcome];
        }
    }

    private ref struct InputWriter(Span<float> inputs)
    {
        private readonly Span<float> _inputs = inputs;
        private int _next;

        public readonly int Count => _next;

        /// <summary>Kept within ±8, so that no single input can carry a head away; NaN is refused.</summary>
        public void Add(float value)
        {
            if (float.IsNaN(value)) throw new InvalidOperationException($"Input {_next} of the ranker is not a number.");
            _inputs[_next++] = Math.Clamp(value, -8, 8);
        }
    }
}
