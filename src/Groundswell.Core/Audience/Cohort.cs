using Groundswell.Core.Genres;
using Groundswell.Core.Taste;

namespace Groundswell.Core.Audience;

/// <summary>How settled a viewer is; half of what a <see cref="Cohort"/> is made of.</summary>
public enum Activity { New, Regular }

/// <summary>
/// A stratum of the audience: the leading genre of a viewer's lasting taste, and whether they are new or regular.
/// Panels of a test batch are drawn across cohorts, and evidence is kept per cohort.
/// </summary>
/// <param name="Number">Twice (leading genre + 1, or 0 while undecided), plus the activity.</param>
public readonly record struct Cohort(int Number)
{
    public static Cohort Of(int? leadingGenre, Activity activity) => new((((leadingGenre + 1) ?? 0) * 2) + (int)activity);

    public static Cohort Of(TasteProfile taste, int sessions, CohortRules rules, TasteRules tasteRules) =>
        Of(taste.LeadingGenre(rules.LeadingAffinity, tasteRules), sessions > rules.NewSessions ? Activity.Regular : Activity.New);

    public int? LeadingGenre => Number < 2 ? null : (Number / 2) - 1;
    public Activity Activity => (Activity)(Number & 1);

    public string Title(Taxonomy taxonomy) =>
        $"{(LeadingGenre is { } genre && genre < taxonomy.Count ? taxonomy[genre].Title : "Undecided")} · {(Activity == Activity.New ? "new" : "regular")}";
}

/// <param name="LeadingAffinity">A genre leads a taste from this affinity on (−1 to 1): one completed view with nothing against it reaches 0.36.</param>
/// <param name="NewSessions">A viewer is new up to this many sessions.</param>
public sealed record CohortRules(double LeadingAffinity = 0.2, int NewSessions = 3);
