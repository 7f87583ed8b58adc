using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Lab.TasteTime;
using Groundswell.Lab.TestBatches;

namespace Groundswell.Lab.Tests.TasteTime;

public class ClosedLoopTests
{
    private const int People = 40, Videos = 30, Rounds = 10;

    /// <summary>One video in six is finished by everybody, the others by nobody.</summary>
    private static readonly ImmutableArray<WatchRow> Watched =
        [.. from user in Enumerable.Range(0, People) from video in Enumerable.Range(0, Videos) select new WatchRow(user, video, video % 6 == 0 ? 1 : 0.1)];

    [Fact]
    public void EverybodyIsShownOneKnownVideoARound_NeverTwice_TheSameFromTheSameSeed()
    {
        var choices = Run();
        choices.Count.ShouldBe(2 * Rounds * People);
        choices.Select(choice => (choice.Seed, choice.Round, choice.User)).ShouldBeUnique();
        choices.Select(choice => (choice.Seed, choice.User, choice.Video)).ShouldBeUnique();
        Run().ShouldBe(choices);
    }

    [Fact]
    public void WhatOneFindsOut_TheOthersAreShownNext()
    {
        var early = Run().Where(choice => choice.Round <= 5).ToArray();
        early.Average(choice => choice.Video % 6 == 0 ? 1.0 : 0).ShouldBeGreaterThan(0.7, "drawn at random it is one in six");
    }

    [Fact]
    public void MoreRoundsThanVideos_AreRefused() =>
        Should.Throw<ArgumentException>(() => ClosedLoop.Run(Watched, Videos + 1, 1, new Rules().Points, null, CancellationToken.None)).Message.ShouldContain("fewer than 31 rounds");

    private static List<Choice> Run() => ClosedLoop.Run(Watched, Rounds, 2, new Rules().Points, null, CancellationToken.None);
}
