using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Groundswell.Core.Videos;

namespace Groundswell.Core.Taste;

/// <summary>
/// What a viewer likes: a decayed sum of centred view values for each genre in two layers (lasting and session), lasting
/// penalties from "not interested", and a dense vector in the content space. All decay is in event time.
/// </summary>
/// <param name="Long">Per genre, Σ weight × (value − neutral), decayed to <paramref name="At"/>; points.</param>
/// <param name="LongMass">Per genre, Σ weight, decayed; views.</param>
/// <param name="Lasting">Per genre, affinity taken away by "not interested", decayed.</param>
/// <param name="Vector">Sum of content vectors weighted by centred value, decayed; length <see cref="ContentAnalysis.VectorLength"/>.</param>
/// <param name="At">Event time up to which the layers are decayed.</param>
public sealed record TasteProfile(
    ImmutableArray<double> Long, ImmutableArray<double> LongMass,
    ImmutableArray<double> Session, ImmutableArray<double> SessionMass,
    ImmutableArray<double> Lasting, ImmutableArray<float> Vector, DateTimeOffset At)
{
    public static TasteProfile Empty(int genres) => new(
        Zeros(genres), Zeros(genres), Zeros(genres), Zeros(genres), Zeros(genres),
        [.. new float[ContentAnalysis.VectorLength]], DateTimeOffset.UnixEpoch);

    [JsonIgnore] public int Genres => Long.Length;

    /// <summary>Views behind the lasting layer, decayed.</summary>
    [JsonIgnore] public double Mass => LongMass.Sum();

    /// <summary>Views a day over the last weeks, from the lasting layer's decayed count; little for who has just come.</summary>
    public double ViewsADay(DateTimeOffset now, TasteRules rules) =>
        Mass * Half(now - At, rules.LongHalfLife) * Math.Log(2) / rules.LongHalfLife.TotalDays;

    /// <summary>Folds one lesson in at its event time. A lesson older than <see cref="At"/> counts less by its age, and moves no clock back.</summary>
    public TasteProfile Learn(TasteLesson lesson, DateTimeOffset at, TasteRules rules)
    {
        var now = at > At ? at : At;
        var elapsed = At == DateTimeOffset.UnixEpoch ? TimeSpan.Zero : now - At;
        var keep = Half(elapsed, rules.LongHalfLife);
        var late = lesson.Weight * Half(now - at, rules.LongHalfLife);
        var keepSession = Math.Pow(0.5, lesson.Weight / rules.SessionHalfLifeViews);
        var keepLasting = Half(elapsed, rules.LastingHalfLife);
        var centred = lesson.Value - rules.NeutralPoints;

        var longLayer = Scaled(Long, keep);
        var longMass = Scaled(LongMass, keep);
        var session = Scaled(Session, keepSession);
        var sessionMass = Scaled(SessionMass, keepSession);
        var lasting = Scaled(Lasting, keepLasting);
        foreach (var (genre, weight) in lesson.Genres)
        {
            if (genre >= Genres) continue; // a genre of a longer taxonomy than the one in force
            longLayer[genre] += late * weight * centred;
            longMass[genre] += late * weight;
            session[genre] += lesson.Weight * weight * centred;
            sessionMass[genre] += lesson.Weight * weight;
            if (lesson.Lasting) lasting[genre] += weight * rules.LastingPenalty;
        }
        return new TasteProfile(
            [.. longLayer], [.. longMass], [.. session], [.. sessionMass], [.. lasting],
            LearnVector(lesson.Vector, keep, late * centred / rules.ScalePoints), now);
    }

    /// <summary>A new session begins: the fast layer is forgotten.</summary>
    public TasteProfile BeginSession() => this with { Session = Zeros(Genres), SessionMass = Zeros(Genres) };

    /// <summary>How much the viewer wants a genre, in [−1, 1]; 0 when nothing is known.</summary>
    /// <param name="completed">Completed videos of it to take for granted, besides what was watched.</param>
    public double Affinity(int genre, TasteRules rules, double completed = 0)
    {
        var share = SessionMass[genre] > 0 ? rules.SessionShare : 0;
        var mean = ((1 - share) * Mean(Long[genre], LongMass[genre])) + (share * Mean(Session[genre], SessionMass[genre]));
        return Math.Clamp((mean / rules.ScalePoints) - Lasting[genre], -1, 1);

        double Mean(double points, double views) => (points + (completed * rules.ScalePoints)) / (views + rules.PriorViews + completed);
    }

    /// <summary>How much the viewer wants a genre whatever this session is like, in [−1, 1].</summary>
    public double LastingAffinity(int genre, TasteRules rules) =>
        Math.Clamp((Long[genre] / (LongMass[genre] + rules.PriorViews) / rules.ScalePoints) - Lasting[genre], -1, 1);

    /// <summary>The genre wanted most, when its lasting affinity reaches <paramref name="least"/>; lowest index on a tie.</summary>
    public int? LeadingGenre(double least, TasteRules rules)
    {
        int? best = null;
        var most = least;
        for (var genre = 0; genre < Genres; genre++)
        {
            var affinity = (Long[genre] / (LongMass[genre] + rules.PriorViews) / rules.ScalePoints) - Lasting[genre];
            if (affinity > most) (best, most) = (genre, affinity);
        }
        return best;
    }

    private ImmutableArray<float> LearnVector(byte[] lesson, double keep, double weight)
    {
        var vector = new float[Vector.Length];
        for (var i = 0; i < vector.Length; i++)
        {
            var heard = i < lesson.Length ? unchecked((sbyte)lesson[i]) / 127f : 0;
            vector[i] = (float)((Vector[i] * keep) + (heard * weight));
        }
        return [.. vector];
    }

    private static double Half(TimeSpan age, TimeSpan halfLife) => Math.Pow(0.5, Math.Max(0, age / halfLife));

    private static double[] Scaled(ImmutableArray<double> layer, double factor)
    {
        var scaled = new double[layer.Length];
        for (var i = 0; i < scaled.Length; i++) scaled[i] = layer[i] * factor;
        return scaled;
    }

    private static ImmutableArray<double> Zeros(int count) => [.. new double[count]];
}
