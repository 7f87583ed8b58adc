using CsCheck;
using Groundswell.Core.Chances;
using Groundswell.Core.Tests.Fixtures;
using Groundswell.Core.Trends;

namespace Groundswell.Core.Tests.Trends;

public class TrendTests
{
    private static readonly TrendRules Rules = new();
    private static readonly Topic Tag = Topic.Hashtag("tag");

    [Fact]
    public void Rising_OneAccountsFloodMakesNoTrend() => Gen.Select(Gen.ULong, Gen.Int[1, 2_000], Gen.Int[1, 72]).Sample((seed, views, hours) =>
    {
        var chance = new Chance(seed);
        var board = Usual(chance);
        var before = board.Of(Tag, 0)!.Hours.Between(0, int.MaxValue);
        for (var view = 0; view < views; view++)
            board.Watched([Tag], 0, Given.Viewer(999_999), new CreatorId(view), Given.Now.AddHours(-hours * chance.For(view).Unit()));

        board.Of(Tag, 0)!.Hours.Between(0, int.MaxValue).ShouldBeLessThanOrEqualTo(before + (hours / 24) + 1, $"seed {seed}: once a day at most");
        Verdict(board).Rising.ShouldBeFalse($"seed {seed}");
    }, iter: 50);

    [Fact]
    public void Rising_OneCreatorsFansMakeNoTrend() => Gen.Select(Gen.ULong, Gen.Int[1, 1_500], Gen.Int[0, 3]).Sample((seed, fans, others) =>
    {
        var board = Usual(new Chance(seed));
        Burst(board, fans, creators: 1);
        for (var other = 0; other < others; other++) board.Watched([Tag], 0, Given.Viewer(700_000 + other), new CreatorId(8_000 + other), Given.Now);

        Verdict(board).Rising.ShouldBeFalse($"seed {seed}: {fans} fans of one creator, and {others} viewers of others");
    }, iter: 50);

    [Fact]
    public void Rising_ABurstOfManyViewersOfThreeCreatorsIsATrend() => Gen.Select(Gen.ULong, Gen.Int[120, 1_500], Gen.Int[3, 40]).Sample((seed, viewers, creators) =>
    {
        var board = Usual(new Chance(seed));
        Burst(board, viewers, creators);

        var verdict = Verdict(board);
        verdict.Rising.ShouldBeTrue($"seed {seed}: {verdict}");
        verdict.Lift.ShouldBeInRange(1.0001, Rules.Cap);
        verdict.Chance.ShouldBeLessThanOrEqualTo(Rules.FalseAlarmRate);
    }, iter: 50);

    [Fact]
    public void Rising_GoesAgainWhenTheAudienceDoes()
    {
        var board = Usual(new Chance(1));
        Burst(board, 600, 10);
        Verdict(board).Rising.ShouldBeTrue();

        Verdict(board, Given.Now.AddHours(7)).Rising.ShouldBeFalse();
        Verdict(board, Given.Now.AddDays(30)).Rising.ShouldBeFalse();
    }

    [Fact]
    public void Rising_AnEveningOnWhichEverybodyWatchesMoreIsNoBurst()
    {
        var board = new TrendBoard();
        var viewer = 0;
        for (var hour = -170; hour <= 0; hour++)
        {
            var busy = hour > -6 ? 10 : 1;
            for (var view = 0; view < 20 * busy; view++) Watch(board, Topic.Hashtag($"other{view % 4}"), hour, ++viewer);
            for (var view = 0; view < 5 * busy; view++) Watch(board, Tag, hour, ++viewer);
        }

        var verdict = Verdict(board);
        board.Of(Tag, 0)!.Hours.At(TrendBoard.HourOf(Given.Now)).ShouldBe(50, "ten times its usual five");
        verdict.Rising.ShouldBeFalse(verdict.ToString());
    }

    [Fact]
    public void Rising_SoundsAndChallengesAsHashtags()
    {
        var board = Usual(new Chance(2));
        foreach (var topic in (Topic[])[Topic.Sound("Evening  Surf"), Topic.Challenge("ten-seconds")])
        {
            for (var i = 0; i < 300; i++) board.Watched([topic], 0, Given.Viewer(500_000 + i), new CreatorId(i % 7), Given.Now.AddMinutes(-i));
            new TrendReading(board, Given.Now, Rules).Rising().ShouldContain(one => one.Topic == topic);
        }
        Topic.Sound("evening surf").ShouldBe(Topic.Sound(" Evening  Surf "));
    }

    [Fact]
    public void Rising_InARegionIsNotYetRisingEverywhere()
    {
        var board = Usual(new Chance(3), region: 4);
        for (var i = 0; i < 40; i++) board.Watched([Tag], 4, Given.Viewer(500_000 + i), new CreatorId(i % 8), Given.Now.AddMinutes(-i));

        new TrendReading(board, Given.Now, Rules).Rising().Select(one => one.Region).ShouldContain(4);
        board.Of(Tag, Regions.Everywhere)!.Hours.Between(0, int.MaxValue).ShouldBe(board.Of(Tag, 4)!.Hours.Between(0, int.MaxValue), "everywhere counts everybody");
        board.Of(Tag, 5).ShouldBeNull();
    }

    [Fact]
    public void Watched_SayingAgainWhereOneIsCountsNoSecondTime()
    {
        var board = new TrendBoard();
        for (var time = 0; time < 50; time++)
        {
            board.Watched([Tag], 4, Given.Viewer(1), new CreatorId(time), Given.Now.AddMinutes(time));
            board.ForgetRegionOf(Given.Viewer(1));
        }

        board.Of(Tag, 4)!.Hours.Between(0, int.MaxValue).ShouldBe(1);
        board.Of(Tag, 4)!.ViewersRemembered.ShouldBe(0, "no region knows them any more");
        board.Of(Tag, Regions.Everywhere)!.ViewersRemembered.ShouldBe(1);
    }

    [Fact]
    public void Rising_SwitchedOffNothingIs()
    {
        var board = Usual(new Chance(4));
        Burst(board, 600, 10);

        new TrendReading(board, Given.Now, Rules with { Enabled = false }).Rising().ShouldBeEmpty();
        Verdict(board, Given.Now, Rules with { Enabled = false }).Lift.ShouldBe(1);
    }

    [Fact]
    public void Watched_CountsAgainOnlyMoreThanADayLater()
    {
        var trend = new TrendBoard();
        foreach (var hour in (int[])[-60, -50, -36, -35, -11, -60, 0]) trend.Watched([Tag], 0, Given.Viewer(1), Given.Creator, Given.Now.AddHours(hour));

        trend.Of(Tag, 0)!.Hours.Between(0, int.MaxValue).ShouldBe(3, "60, 35 and no hours ago: more than a day lies between any two");
    }

    [Fact]
    public void Watched_OfAHugeTopicIsSampledAndStaysNearTheTruth() => Gen.Select(Gen.ULong, Gen.Int[5_000, 60_000]).Sample((seed, viewers) =>
    {
        var board = new TrendBoard();
        for (var i = 0; i < viewers; i++) board.Watched([Tag], 0, new ViewerId((long)(new Chance(seed).For(i).Bits() >> 1)), new CreatorId(i % 9), Given.Now.AddMinutes(i * 300.0 / viewers));

        var trend = board.Of(Tag, 0)!;
        trend.ViewersRemembered.ShouldBeLessThanOrEqualTo(Trend.MostViewers);
        ((double)trend.Hours.Between(0, int.MaxValue)).ShouldBe(viewers, 0.15 * viewers, $"seed {seed}");
    }, iter: 20);

    [Fact]
    public void Board_ForgetsIdleTopicsAndKeepsABound()
    {
        var board = new TrendBoard();
        for (var i = 0; i < TrendBoard.MostTrends + 500; i++) board.Watched([Topic.Hashtag($"t{i}")], 0, Given.Viewer(i), Given.Creator, Given.Now.AddSeconds(i));
        board.Unordered.Count.ShouldBeLessThanOrEqualTo(TrendBoard.MostTrends);
        board.Of(Topic.Hashtag($"t{TrendBoard.MostTrends + 499}"), 0).ShouldNotBeNull();

        board.Watched([Tag], 0, Given.Viewer(1), Given.Creator, Given.Now.AddHours(Trend.HoursKept + 10));
        board.Trends.ShouldHaveSingleItem().Topic.ShouldBe(Tag);
    }

    [Fact]
    public void Json_AndTheRestEqualAFullFold() => Gen.Select(Gen.ULong, Gen.Int[0, 3_000]).Sample((seed, split) =>
    {
        var (whole, begun) = (new TrendBoard(), new TrendBoard());
        for (var i = 0; i < split; i++) Random(begun, seed, i);
        var restored = Given.Through(begun);
        for (var i = split; i < 3_000; i++) Random(restored, seed, i);
        for (var i = 0; i < 3_000; i++) Random(whole, seed, i);

        Given.Json(restored).ShouldBe(Given.Json(whole), $"seed {seed}");
    }, iter: 20);

    /// <summary>A week in which the audience watches other topics, and this one a little.</summary>
    private static TrendBoard Usual(Chance chance, int region = 0)
    {
        var board = new TrendBoard();
        var viewer = 0;
        for (var hour = -170; hour <= 0; hour++)
        {
            for (var view = 0; view < 40; view++) Watch(board, Topic.Hashtag($"other{chance.For(++viewer).Below(30)}"), hour, viewer, region);
            if (hour % 6 == 0 && hour < -6) Watch(board, Tag, hour, ++viewer, region);
        }
        return board;
    }

    private static void Watch(TrendBoard board, Topic topic, int hour, int viewer, int region = 0) =>
        board.Watched([topic], region, Given.Viewer(viewer), new CreatorId(viewer % 50), Given.Now.AddHours(hour));

    private static void Burst(TrendBoard board, int viewers, int creators)
    {
        for (var i = 0; i < viewers; i++) board.Watched([Tag], 0, Given.Viewer(500_000 + i), new CreatorId(5_000 + (i % creators)), Given.Now.AddMinutes(-(i % 300)));
    }

    private static void Random(TrendBoard board, ulong seed, int i)
    {
        var chance = new Chance(seed).For(i);
        var at = Given.Now.AddMinutes(i * 5).AddHours(chance.For("late").Hits(0.1) ? -20 : 0);
        board.Watched([Topic.Hashtag($"t{chance.For("t").Below(6)}"), Topic.Sound("S")], chance.For("r").Below(3), Given.Viewer(chance.For("v").Below(90)), new CreatorId(chance.For("c").Below(9)), at);
    }

    private static TrendVerdict Verdict(TrendBoard board, DateTimeOffset? now = null, TrendRules? rules = null) =>
        new TrendReading(board, now ?? Given.Now, rules ?? Rules).Judge(board.Of(Tag, 0)!);
}
