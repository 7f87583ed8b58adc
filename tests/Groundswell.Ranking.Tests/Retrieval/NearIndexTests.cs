using System.Numerics.Tensors;
using CsCheck;
using Groundswell.Core.Chances;
using Groundswell.Ranking.Retrieval;

namespace Groundswell.Ranking.Tests.Retrieval;

public class NearIndexTests
{
    private const int Width = 40;

    private static readonly float[] Reach = [.. Enumerable.Repeat(1f, Width)];

    [Fact]
    public void Search_FindsWhatAnExactSearchFinds_NearlyAlways() => Gen.ULong.Sample(
        seed =>
        {
            var (index, items) = (new NearIndex(Reach), Items(new Chance(seed), 20_000));
            foreach (var item in items) index.Add(item, item.Row);
            index.Clusters.ShouldBeGreaterThan(15);

            var found = new List<Found>();
            var recall = 0.0;
            for (var query = 0; query < 20; query++)
            {
                var asked = Row(new Chance(seed).For("query").For(query));
                index.Search(asked, 100, null, found);
                var exact = items.OrderByDescending(item => TensorPrimitives.Dot<float>(item.Row, asked)).Take(100).ToHashSet();
                recall += found.Count(one => exact.Contains((Item)one.Item)) / 100.0 / 20;
            }
            recall.ShouldBeGreaterThan(0.95);
        },
        iter: 3, threads: 1);

    /// <summary>A catalogue whose videos come and go: clusters that most have left must not end a search.</summary>
    [Fact]
    public void Search_StillFinds_AfterMostHaveLeft()
    {
        var (index, items) = (new NearIndex(Reach), Items(new Chance(5), 20_000));
        foreach (var item in items) index.Add(item, item.Row);
        foreach (var item in items[..17_000]) index.Remove(item);
        var (found, recall) = (new List<Found>(), 0.0);
        for (var query = 0; query < 20; query++)
        {
            var asked = Row(new Chance(6).For(query));
            index.Search(asked, 100, null, found);
            var exact = items[17_000..].OrderByDescending(item => TensorPrimitives.Dot<float>(item.Row, asked)).Take(100).ToHashSet();
            recall += found.Count(one => exact.Contains((Item)one.Item)) / 100.0 / 20;
        }
        recall.ShouldBeGreaterThan(0.95);
    }

    /// <summary>Few different rows, so that clusters split among equals too.</summary>
    [Fact]
    public void Index_HoldsWhatWasPutInAndNotTakenOut() => Gen.Select(Gen.ULong, Gen.Int[1, 6000], Gen.Int[1, 50], Gen.Double[0, 1]).Sample(
        (seed, count, kinds, stays) =>
        {
            var (index, chance) = (new NearIndex(Reach), new Chance(seed));
            var items = Enumerable.Range(0, count).Select(number => new Item(Row(chance.For(number % kinds)))).ToArray();
            var left = new HashSet<Placed>();
            foreach (var (number, item) in items.Index())
            {
                index.Add(item, item.Row);
                left.Add(item);
                if (chance.For("gone").For(number).Hits(stays)) continue;
                var gone = items[chance.For("which").For(number).Below(number + 1)];
                index.Remove(gone).ShouldBe(left.Remove(gone));
            }

            var found = new List<Found>();
            index.Search(items[0].Row, count, null, found);
            found.Select(one => one.Item).ShouldBe(left, ignoreOrder: true);
            index.Count.ShouldBe(left.Count);
        },
        iter: 40);

    [Fact]
    public void Search_BringsTheNearestFirst_AndOnlyWhatMayBeTaken()
    {
        var (index, items) = (new NearIndex(Reach), Items(new Chance(3), 3_000));
        foreach (var item in items) index.Add(item, item.Row);
        var asked = Row(new Chance(4));
        var found = new List<Found>();

        index.Search(asked, 50, item => items.AsSpan(0, 1_000).Contains((Item)item), found);

        found.Count.ShouldBe(50);
        found.ShouldAllBe(one => items.Take(1_000).Contains(one.Item));
        var products = found.Select(one => TensorPrimitives.Dot<float>(((Item)one.Item).Row, asked)).ToArray();
        for (var i = 1; i < products.Length; i++) products[i].ShouldBeLessThanOrEqualTo(products[i - 1] + 0.02f, "but for what rounding to a byte loses");
    }

    [Fact]
    public void Touch_MovesOneUpWhereItLies()
    {
        var index = new NearIndex(Reach);
        var items = Enumerable.Range(0, 10).Select(_ => new Item(new float[Width])).ToArray();
        foreach (var item in items) index.Add(item, item.Row);
        var (asked, found) = (new float[Width], new List<Found>());
        asked[^1] = 1;

        index.Touch(items[7], Width - 1, 0.5f);
        index.Search(asked, 3, null, found);

        found[0].Item.ShouldBe(items[7]);
    }

    [Fact]
    public void Add_RefusesWhatLiesInAnIndexAlready_AndWhatIsNoNumber()
    {
        var (index, item) = (new NearIndex(Reach), new Item(Row(new Chance(1))));
        index.Add(item, item.Row);
        Should.Throw<InvalidOperationException>(() => index.Add(item, item.Row));
        item.Row[3] = float.NaN;
        Should.Throw<InvalidOperationException>(() => index.Add(new Item(item.Row), item.Row));
        new NearIndex(Reach).Remove(item).ShouldBeFalse("it lies in another index");
    }

    /// <summary>While one writes, many read: no search breaks, none finds anything twice, and none misses what was there all along.</summary>
    [Fact]
    public async Task Search_BesideTheWriter_FindsEachOnce()
    {
        var (index, items) = (new NearIndex(Reach), Items(new Chance(9), 12_000));
        foreach (var item in items[..2_000]) index.Add(item, item.Row);
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(reader => Task.Run(() =>
        {
            var (searches, found) = (0, new List<Found>());
            while (!done.IsCancellationRequested || searches == 0)
            {
                index.Search(items[searches % 2_000].Row, 20_000, null, found);
                found.Distinct().Count().ShouldBe(found.Count);
                found.Count.ShouldBeGreaterThanOrEqualTo(2_000);
                searches++;
            }
        })).ToArray();

        foreach (var item in items[2_000..]) index.Add(item, item.Row);
        foreach (var item in items[2_000..]) index.Remove(item);
        await done.CancelAsync();
        await Task.WhenAll(readers);
        index.Count.ShouldBe(2_000);
    }

    private static Item[] Items(Chance chance, int count) => [.. Enumerable.Range(0, count).Select(number => new Item(Row(chance.For(number))))];

    /// <summary>About one of thirty middles.</summary>
    private static float[] Row(Chance chance)
    {
        var row = new float[Width];
        var middle = new Chance(77).For(chance.For("middle").Below(30));
        for (var i = 0; i < Width; i++) row[i] = (float)((0.2 * middle.For(i).Normal()) + (0.1 * chance.For(i).Normal()));
        return row;
    }

    private sealed class Item(float[] row) : Placed
    {
        public float[] Row => row;
    }
}
