using Groundswell.Core.Challenges;
using Groundswell.Core.Ledger;
using Groundswell.Core.Tests.Fixtures;
using Groundswell.Core.Trends;
using Groundswell.Core.Videos;

namespace Groundswell.Core.Tests.Challenges;

public class ChallengeTests
{
    private static readonly ChallengeRules Rules = new();
    private static readonly ChallengeOpened Opened = new(Given.Now.AddDays(-1), new ChallengeId(1), "sea", Given.Terms, "operator");

    public static TheoryData<string?, string, ChallengeTerms> Wishes => new()
    {
        { null, "rivers", Given.Terms with { Hashtags = ["river"] } },
        { null, "24-h", Given.Terms with { Hashtags = ["river"], Description = "", Sound = "Evening Surf" } },
        { "slug", "Rivers", Given.Terms },
        { "slug", "-rivers", Given.Terms },
        { "slug", "r", Given.Terms },
        { "slug", "sea", Given.Terms with { Hashtags = ["river"] } },
        { "title", "rivers", Given.Terms with { Title = " " } },
        { "title", "rivers", Given.Terms with { Title = new string('x', ChallengeDesk.LongestTitle + 1) } },
        { "description", "rivers", Given.Terms with { Description = new string('x', ChallengeDesk.LongestDescription + 1) } },
        { "sound", "rivers", Given.Terms with { Sound = new string('x', ChallengeDesk.LongestSound + 1) } },
        { "hashtags", "rivers", Given.Terms with { Hashtags = [] } },
        { "hashtags", "rivers", Given.Terms with { Hashtags = ["a", "b", "c", "d"] } },
        { "hashtags", "rivers", Given.Terms with { Hashtags = ["ocean"] } },
        { "closes", "rivers", Given.Terms with { Closes = Given.Now } },
        { "closes", "rivers", Given.Terms with { Opens = Given.Now.AddDays(8) } },
        { "closes", "rivers", Given.Terms with { Closes = Given.Now.AddDays(90) } },
    };

    [Theory]
    [MemberData(nameof(Wishes))]
    public void ToOpen_NamesTheFieldThatIsNotRight(string? field, string slug, ChallengeTerms terms) =>
        ChallengeDesk.ToOpen(slug, terms, [Challenge.From(Opened)], Rules, Given.Now)?.Field.ShouldBe(field);

    [Fact]
    public void ToOpen_NoMoreThanMayRun() =>
        ChallengeDesk.ToOpen("rivers", Given.Terms with { Hashtags = ["river"] }, [Challenge.From(Opened)], Rules with { MostRunning = 1 }, Given.Now)?.Field.ShouldBe("slug");

    [Fact]
    public void ToEdit_AClosedChallengeStaysAsItWas()
    {
        var challenge = Challenge.From(Opened);
        ChallengeDesk.ToEdit(challenge, Given.Terms with { Title = "Another" }, [challenge], Rules, Given.Now).ShouldBeNull("its own hashtags are its own");

        var closed = challenge.Fold(new ChallengeClosed(Given.Now, challenge.Id, "operator"));
        closed.Status(Given.Now).ShouldBe(ChallengeStatus.Closed);
        ChallengeDesk.ToEdit(closed, Given.Terms, [closed], Rules, Given.Now)?.Field.ShouldBe("closes");
    }

    [Theory]
    [InlineData("sea", 0, true)]
    [InlineData("ocean", 0, true)]
    [InlineData("forest", 0, false)]
    [InlineData("sea", -25, false)]
    [InlineData("sea", 24 * 7, false)]
    public void Takes_AVideoThatUsesAHashtagWhileItRuns(string tag, int hours, bool takes) => Challenge.From(Opened).Takes(Video(tag, hours)).ShouldBe(takes);

    [Fact]
    public void Takes_NothingUploadedAfterItWasClosedEarly()
    {
        var board = new[] { (LedgerEntry)Opened, new ChallengeClosed(Given.Now.AddHours(1), Opened.Challenge, "operator") }.Aggregate(ChallengeBoard.Empty, (all, entry) => all.Fold(entry));

        board.Of(Video("sea", 0)).ShouldNotBeNull();
        board.Of(Video("sea", 2)).ShouldBeNull();
        board.Find("sea")!.Steps.Select(step => (step.What, step.By)).ShouldBe([("opened", "operator"), ("closed", "operator")]);
    }

    [Fact]
    public void TopicsOf_AreTheVideosOwnAndItsChallenges()
    {
        var board = ChallengeBoard.Empty.Fold(Opened).Fold(Opened with { Challenge = new ChallengeId(2), Slug = "blue", Terms = Given.Terms with { Hashtags = ["sea"] } });

        board.TopicsOf(Video("sea", 0)).ShouldBe([Topic.Hashtag("sea"), Topic.Sound("Surf"), Topic.Challenge("sea"), Topic.Challenge("blue")]);
        board.TopicsOf(Video("forest", 0)).ShouldBe([Topic.Hashtag("forest"), Topic.Sound("Surf")]);
    }

    [Fact]
    public void Json_GivesBackTheBoard()
    {
        var board = ChallengeBoard.Empty.Fold(Opened).Fold(new ChallengeEdited(Given.Now, Opened.Challenge, Given.Terms with { Title = "More sea" }, "operator"));
        Given.Json(Given.Through(board)).ShouldBe(Given.Json(board));
        board.Find(Opened.Challenge)!.Terms.Title.ShouldBe("More sea");
    }

    private static VideoState Video(string tag, int hours) =>
        VideoState.From(1, Given.Uploaded(at: Given.Now.AddHours(hours)) with { Hashtags = [tag], Sound = "Surf" });
}
