using System.Collections.Immutable;
using Groundswell.Core.Chances;
using Groundswell.Core.Genres;
using Groundswell.Demo.Clips;
using Groundswell.Demo.People;

namespace Groundswell.Demo.Tests.People;

public class WatchingTests
{
    private static readonly Taxonomy Genres = Taxonomy.Default;
    private static readonly ImmutableArray<SyntheticViewer> Crowd = Viewers.Crowd(7, Genres, ClipRecipes.Genres, new DateOnly(2026, 3, 2), 7);

    [Fact]
    public void Crowd_IsThreeHundredWithOneToThreeLovesEach()
    {
        Crowd.Length.ShouldBe(Viewers.DefaultCount);
        Crowd.Select(viewer => viewer.Key).ShouldBeUnique();
        Crowd.ShouldAllBe(viewer => viewer.HiddenTaste.Count(weight => weight >= 0.75) >= 1 && viewer.HiddenTaste.Count(weight => weight >= 0.75) <= 3);
    }

    [Fact]
    public void Decide_IsTheSameForTheSameKey()
    {
        var clip = Clip(0, 9000, 0.6);
        Watching.Decide(Crowd[0], clip, SessionMood.Fresh, new Chance(3)).ShouldBe(Watching.Decide(Crowd[0], clip, SessionMood.Fresh, new Chance(3)));
        Enumerable.Range(0, 20).Select(seed => Watching.Decide(Crowd[0], clip, SessionMood.Fresh, new Chance((ulong)seed)).TotalMs).Distinct().Count().ShouldBeGreaterThan(5);
    }

    [Fact]
    public void Decide_CompletesLovedGenresFarMoreOftenThanDisliked()
    {
        var loved = Rate(viewer => Best(viewer), 9000, decision => decision.Loops > 0);
        var disliked = Rate(viewer => Worst(viewer), 9000, decision => decision.Loops > 0);
        loved.ShouldBeGreaterThan(disliked + 0.4);
        Rate(viewer => Worst(viewer), 9000, decision => decision.PlayedMs < 2000).ShouldBeGreaterThan(0.5);
        Rate(viewer => Best(viewer), 9000, decision => decision.PlayedMs < 2000).ShouldBeLessThan(0.15);
    }

    [Fact]
    public void Decide_CompletesLongClipsLess() =>
        Rate(viewer => Best(viewer), 4000, decision => decision.Loops > 0).ShouldBeGreaterThan(Rate(viewer => Best(viewer), 15000, decision => decision.Loops > 0) + 0.1);

    [Fact]
    public void Decide_LeavesMoreOftenAfterBadClips()
    {
        var calm = Rate(viewer => Worst(viewer), 9000, decision => decision.End != WatchEnd.Swipe);
        var annoyed = Rate(viewer => Worst(viewer), 9000, decision => decision.End != WatchEnd.Swipe, new SessionMood(6, 5, []));
        annoyed.ShouldBeGreaterThan(calm * 1.8);
    }

    [Fact]
    public void Appeal_TiresOfTheSameGenre()
    {
        var clip = Clip(Best(Crowd[0]), 8000, 0.7);
        var tired = new SessionMood(6, 0, [.. Enumerable.Repeat(Best(Crowd[0]), 6)]);
        Watching.Appeal(Crowd[0], clip, tired).ShouldBeLessThan(Watching.Appeal(Crowd[0], clip, SessionMood.Fresh) * 0.7);
    }

    [Fact]
    public void Decide_AlwaysGivesAPossibleView()
    {
        foreach (var viewer in Crowd.Take(60))
            for (var genre = 0; genre < Genres.Count; genre++)
            {
                var decision = Watching.Decide(viewer, Clip(genre, 6000, 0.5), SessionMood.Fresh, new Chance(11));
                decision.PlayedMs.ShouldBeInRange(1, 6000);
                decision.TotalMs.ShouldBeGreaterThanOrEqualTo(decision.PlayedMs);
                (decision.Loops == 0 || decision is { PlayedMs: 6000, TotalMs: >= 6000 }).ShouldBeTrue();
            }
    }

    private static double Rate(Func<SyntheticViewer, int> genre, int durationMs, Func<WatchDecision, bool> counts, SessionMood? mood = null) =>
        Crowd.Average(viewer => Enumerable.Range(0, 10).Count(i =>
            counts(Watching.Decide(viewer, Clip(genre(viewer), durationMs, 0.55, i), mood ?? SessionMood.Fresh, new Chance(5)))) / 10.0);

    private static int Best(SyntheticViewer viewer) => viewer.HiddenTaste.IndexOf(viewer.HiddenTaste.Max());

    private static int Worst(SyntheticViewer viewer) => viewer.HiddenTaste.IndexOf(viewer.HiddenTaste.Min());

    private static ClipFacts Clip(int genre, int durationMs, double quality, int number = 0)
    {
        var evidence = new float[Genres.Count];
        evidence[genre] = 1;
        return new ClipFacts($"clip-{genre}-{number}", GenreMix.FromEvidence(evidence), durationMs, quality);
    }
}
