using Groundswell.Core.Audience;
using Groundswell.Core.Chances;
using Groundswell.Core.Ledger;

namespace Groundswell.Core.Tests.Fixtures;

/// <summary>Synthetic tastes: some kinds of viewer, each with genres of their own, and viewers who differ from their kind by chance.</summary>
internal sealed class Tastes(ulong seed, int kinds, int genres = 12)
{
    private readonly Chance _chance = new(seed);

    public int Genres => genres;

    /// <summary>A viewer's taste and the kind that they are of.</summary>
    /// <param name="drift">How far the kind has moved on from what it was, 0 to about 1.</param>
    public (float[] Taste, int Kind) Of(int viewer, double drift = 0, double spread = 0.35)
    {
        var kind = _chance.For("kind").For(viewer).Below(kinds);
        var taste = new float[genres];
        for (var genre = 0; genre < genres; genre++)
        {
            var centre = _chance.For("centre").For(kind).For(genre).Normal();
            var moved = _chance.For("moved").For(kind).For(genre).Normal();
            taste[genre] = (float)(centre + (drift * moved) + (spread * _chance.For("own").For(viewer).For(genre).Normal()));
        }
        TastePoint.Normalise(taste).ShouldBeTrue();
        return (taste, kind);
    }

    public float[][] Some(int from, int count, double drift = 0) => [.. Enumerable.Range(from, count).Select(viewer => Of(viewer, drift).Taste)];

    public CohortsDrawn Draw(CohortsDrawn? last, float[][] tastes, int weekly, ulong draw = 1) => CohortDraw.Draw(
        last, new DrawnFrom(tastes, weekly, genres), CohortRules.Default, "rules-test", new Chance(seed).For((long)draw),
        Given.Now.AddDays(last?.Version ?? 0));
}
