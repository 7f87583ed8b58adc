using Groundswell.Core.Taste;

namespace Groundswell.Core.Audience;

/// <summary>
/// A taste as tastes are compared with each other: the direction of a viewer's lasting affinities, one number a genre, and
/// beside it the direction of their taste in content space, which tells apart those who like the same genres in another
/// style. Of unit length: what is liked counts, not how strongly. The session layer stays out: a cohort is no mood.
/// </summary>
public static class TastePoint
{
    private const double Nothing = 1e-6;

    /// <summary>Genres, then content, of unit length together; empty while too little is known or nothing is liked or disliked.</summary>
    public static float[] Of(TasteProfile taste, CohortRules rules, TasteRules tasteRules)
    {
        if (taste.Mass < rules.LeastViews) return [];
        var point = new float[taste.Genres + taste.Vector.Length];
        for (var genre = 0; genre < taste.Genres; genre++) point[genre] = (float)taste.LastingAffinity(genre, tasteRules);
        if (!Scale(point.AsSpan(0, taste.Genres), 1)) return [];
        var content = point.AsSpan(taste.Genres);
        taste.Vector.AsSpan().CopyTo(content);
        if (!Scale(content, rules.ContentShare)) content.Clear();
        Normalise(point);
        return point;
    }

    /// <summary>Brings a vector to unit length; false, and nothing is changed, when it has no direction.</summary>
    public static bool Normalise(Span<float> vector) => Scale(vector, 1);

    /// <summary>The cosine of two unit vectors.</summary>
    public static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        // A plain loop: sums of vector registers differ between machines, and a fit must come out equal on all of them.
        var sum = 0f;
        for (var i = 0; i < left.Length && i < right.Length; i++) sum += left[i] * right[i];
        return sum;
    }

    private static bool Scale(Span<float> vector, double length)
    {
        var norm = Math.Sqrt(Dot(vector, vector));
        if (norm < Nothing) return false;
        for (var i = 0; i < vector.Length; i++) vector[i] = (float)(vector[i] * length / norm);
        return true;
    }
}
