using CsCheck;
using Groundswell.Ranking.Learning;

namespace Groundswell.Ranking.Tests.Learning;

public class KeyedRowsTests
{
    [Fact]
    public void Rows_NeverOutgrowTheirBound_AndWhatWasMetLongestAgoMakesRoom()
    {
        var rows = new KeyedRows(capacity: 4, width: 1);
        for (ulong key = 1; key <= 4; key++) rows[rows.Claim(key, minute: (int)key, out _)][0] = key;
        rows.Touch(rows.Find(1), 10);
        rows.Claim(5, 11, out var isNew);
        isNew.ShouldBeTrue();
        rows.Find(2).ShouldBe(-1);
        ((ulong[])[1, 3, 4, 5]).ShouldAllBe(key => rows.Find(key) >= 0);
        rows[rows.Find(5)][0].ShouldBe(0, "a row is handed on empty");
    }

    [Fact]
    public void AKey_KeepsItsRow_WhileThereIsRoom() => Gen.ULong[1, ulong.MaxValue].HashSet[1, 64].Sample(keys =>
    {
        var rows = new KeyedRows(capacity: 4096, width: 2);
        foreach (var key in keys) rows[rows.Claim(key, 0, out _)][1] = key % 1000;
        foreach (var key in keys) rows[rows.Find(key)][1].ShouldBe(key % 1000);
    });
}
