using CsCheck;
using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Core.Ledger;
using Groundswell.Core.Videos;
using Groundswell.Ranking.Catalogue;

namespace Groundswell.Ranking.Tests.Catalogue;

public class CellListTests
{
    [Fact]
    public void List_IsWhatSortingAllWouldGive_AfterAnyChanges() => Gen.Select(Gen.ULong, Gen.Int[1, 5000], Gen.Int[1, 30]).Sample(
        (seed, count, rounds) =>
        {
            var chance = new Chance(seed);
            var cells = Enumerable.Range(0, count).Select(number => Cell(number, chance.For("at").For(number).Below(200))).ToArray();
            var (list, inside) = (CellList.Empty, new HashSet<VideoCell>());
            for (var round = 0; round < rounds; round++)
            {
                // The first change is a large one, the others are a few.
                var share = round == 0 ? 0.7 : 0.01;
                var moved = cells.Where(cell => chance.For("moved").For(round).For(cell.Id.Value).Hits(share)).ToArray();
                list = list.With([.. moved.Where(inside.Contains)], [.. moved.Where(cell => !inside.Contains(cell))]);
                inside.SymmetricExceptWith(moved);
            }

            var sorted = inside.OrderByDescending(cell => cell.UploadedAt).ThenBy(cell => cell.Id.Value).ToArray();
            list.ShouldBe(sorted);
            list.Count.ShouldBe(sorted.Length);
            for (var place = 0; place < sorted.Length; place += 97) list[place].ShouldBe(sorted[place]);
            cells.ShouldAllBe(cell => list.Contains(cell) == inside.Contains(cell));
        },
        iter: 20);

    [Fact]
    public void With_RefusesToTakeWhatIsNotThere_AndToPutWhatIs()
    {
        var cells = Enumerable.Range(0, 40).Select(number => Cell(number, number)).ToArray();
        var list = CellList.Empty.With([], cells[1..]);
        Should.Throw<InvalidOperationException>(() => list.With([cells[0]], []));
        Should.Throw<InvalidOperationException>(() => list.With([], [cells[5]]));
    }

    [Fact]
    public void Merge_IsTheNewestOfBothFirst() => Gen.Select(Gen.ULong, Gen.Int[0, 300]).Sample((seed, count) =>
    {
        var cells = Enumerable.Range(0, count).Select(number => Cell(number, new Chance(seed).For(number).Below(50))).ToArray();
        var (one, other) = (CellList.Empty.With([], [.. cells.Where(cell => cell.Id.Value % 3 == 0)]), CellList.Empty.With([], [.. cells.Where(cell => cell.Id.Value % 3 != 0)]));
        CellList.Merge(one, other).ShouldBe(CellList.Empty.With([], cells));
    }, iter: 30);

    private static VideoCell Cell(int number, int minute) => new(VideoState.From(1, new VideoUploaded(
        new DateTimeOffset(2026, 1, 1, 0, minute % 60, 0, TimeSpan.Zero).AddHours(minute / 60), new VideoId(number), new CreatorId(1), "creator", "clip", [], null, "clip.mp4", 1)));
}
