using Groundswell.Core.Chances;

namespace Groundswell.Core.Tests.Chances;

public class ChanceTests
{
    private static readonly Chance Chance = new(7);

    [Fact]
    public void For_EqualKeysDrawEqually()
    {
        Chance.For("a").For(1).Bits().ShouldBe(new Chance(7).For("a").For(1).Bits());
        new[] { Chance.Bits(), Chance.For("a").Bits(), Chance.For("b").Bits(), Chance.For(1).Bits(), Chance.For(1).For(2).Bits(), Chance.For(2).For(1).Bits(), new Chance(8).Bits() }
            .ShouldBeUnique();
    }

    [Fact]
    public void Unit_DoesNotDependOnTheOrderOfDraws()
    {
        var forwards = Enumerable.Range(0, 1000).Select(i => Chance.For(i).Unit()).ToArray();
        var backwards = Enumerable.Range(0, 1000).Reverse().Select(i => Chance.For(i).Unit()).Reverse();
        forwards.ShouldBe(backwards);
    }

    [Fact]
    public void Unit_IsUniform()
    {
        // χ² over 20 cells of 100 000 draws: 43.8 is exceeded once in a thousand.
        var cells = new int[20];
        for (var i = 0; i < 100_000; i++) cells[(int)(Chance.For("uniform").For(i).Unit() * 20)]++;
        cells.Sum(n => (n - 5_000.0) * (n - 5_000.0) / 5_000).ShouldBeLessThan(43.8);
    }

    [Fact]
    public void Below_ReachesEveryNumberAndNoOther() =>
        Enumerable.Range(0, 1000).Select(i => Chance.For(i).Below(6)).Distinct().Order().ShouldBe([0, 1, 2, 3, 4, 5]);

    [Fact]
    public void Normal_HasMeanZeroAndDeviationOne()
    {
        var draws = Enumerable.Range(0, 50_000).Select(i => Chance.For("normal").For(i).Normal()).ToArray();
        draws.Average().ShouldBe(0, 0.02);
        draws.Average(x => x * x).ShouldBe(1, 0.03);
    }

    [Fact]
    public void Exponential_HasItsMean() => Enumerable.Range(0, 50_000).Average(i => Chance.For("exp").For(i).Exponential(3)).ShouldBe(3, 0.06);

    [Fact]
    public void Next_SeededIdsAreTheSameAndOthersAreNot()
    {
        IdSource seeded = IdSource.Seeded(3), again = IdSource.Seeded(3);
        var ids = Enumerable.Range(0, 1000).Select(_ => seeded.Next<VideoId>()).ToArray();
        ids.ShouldBe(Enumerable.Range(0, 1000).Select(_ => again.Next<VideoId>()));
        ids.ShouldBeUnique();
        ids.ShouldAllBe(id => id.Value >= 0);
        IdSource.Unguessable().Next<VideoId>().ShouldNotBe(IdSource.Unguessable().Next<VideoId>());
    }
}
