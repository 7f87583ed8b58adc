using Groundswell.Core;
using Groundswell.Core.Audience;
using Groundswell.Core.Creators;
using Groundswell.Core.Ledger;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Tests.Fixtures;

namespace Groundswell.Ranking.Tests.Catalogue;

public class TestQueueTests
{
    private const int Established = 700, Crowd = 400, Slots = 2_000;

    private readonly World _world = new();

    [Fact]
    public void ACrowdOfNewAccounts_FillsTheNovicesShare_AndOthersWaitBehindOneOfIt()
    {
        HaveARecord(Established, videos: 6, CreatorRecord.Full);
        for (var number = 0; number < Crowd; number++) _world.Add(number, VideoStage.Testing, creator: number);
        var late = _world.Add(900, VideoStage.Testing, creator: Established, at: _world.Now);
        _world.Publish();

        (Enumerable.Range(0, Slots).Count(slot => InOrder(slot).Take(2).Contains(late)) / (double)Slots).ShouldBe(1 - _world.Rules.Pacing.NoviceShare, 0.05);
    }

    [Fact]
    public void AFloodByACreatorWithARecord_FillsTheirOwnPlace()
    {
        HaveARecord(Established, videos: 6, CreatorRecord.Full);
        for (var number = 0; number < Crowd; number++) _world.Add(number, VideoStage.Testing, creator: Established);
        var novice = _world.Add(900, VideoStage.Testing, creator: 900, at: _world.Now);
        _world.Publish();

        Enumerable.Range(0, Slots).ShouldAllBe(slot => InOrder(slot).Take(2).Contains(novice));
    }

    [Theory]
    [InlineData(1, CreatorRecord.Some, 0)]
    [InlineData(0, CreatorRecord.None, 1)]
    public void ANoviceOfWhomMoreIsKnown_OrOfAnotherHour_WaitsBehindOneOfSuchACrowd(int videos, CreatorRecord record, int hoursLater)
    {
        for (var number = 0; number < Crowd; number++) _world.Add(number, VideoStage.Testing, creator: number, at: _world.Now.AddHours(-hoursLater));
        HaveARecord(Established, videos, record);
        var late = _world.Add(900, VideoStage.Testing, creator: Established, at: _world.Now);
        _world.Publish();

        Enumerable.Range(0, Slots).ShouldAllBe(slot => InOrder(slot).Take(2).Contains(late));
    }

    [Fact]
    public void WhereNobodyWithARecordWaits_NovicesHaveEverySlot()
    {
        _world.Add(1, VideoStage.Testing);
        _world.Publish();

        ServedFirst().ShouldAllBe(video => video == World.Id(1));
    }

    [Fact]
    public void ATestThatGoesOnInANiche_TakesWhatOthersLeave()
    {
        var video = _world.Add(1, VideoStage.Testing);
        _world.Append(new VideoMoved(
            _world.Now, video, World.Creator(1), VideoStage.Testing, VideoStage.Testing, 0, Reason.Of(ReasonCode.NicheSought, ("score", 3), ("gate", 4)), "rules-test") { Niche = [1] });
        _world.Publish();
        ServedFirst().ShouldAllBe(first => first == video);

        _world.Add(2, VideoStage.Testing, at: _world.Now);
        _world.Publish();
        ServedFirst().ShouldAllBe(first => first == World.Id(2));
    }

    private VideoId[] ServedFirst() => [.. Enumerable.Range(0, Slots).Select(slot => InOrder(slot).First())];

    private IEnumerable<VideoId> InOrder(int slot) => _world.Catalogue.Tests.Queue.InOrder(_world.Chance.For(slot), _world.Rules.Pacing).Select(cell => cell.State.Id);

    private void HaveARecord(int creator, int videos, CreatorRecord record)
    {
        for (var number = 0; number < videos; number++) _world.Add(creator + number, VideoStage.Open, creator: creator, at: _world.Now.AddDays(-20));
        (_world.Catalogue.Creator(World.Creator(creator))?.Record ?? CreatorRecord.None).ShouldBe(record);
    }
}
