using Groundswell.Lab.Tables;

namespace Groundswell.Lab.Tests.Tables;

public sealed class TableTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    [Fact]
    public void Columns_AreFoundByName_AndQuotesHoldCommas()
    {
        using var table = Of("b,a,c", "1,\"x, \"\"y\"\"\",2.5", ",z,");
        table.Next().ShouldBeTrue();
        (table.Text(0), table.Whole(1), table.Number(2)).ShouldBe(("x, \"y\"", 1, 2.5));
        table.Next().ShouldBeTrue();
        table.Number(2).ShouldBeNull();
        table.Next().ShouldBeFalse();
    }

    [Fact]
    public void WhatIsNoSuchTable_IsRefusedWithItsLine()
    {
        Should.Throw<InvalidDataException>(() => Of("a,b", "1,2")).Message.ShouldContain("no column 'c'");
        using var table = Of("a,b,c", "1,2", "1,x,2", "1,\"2,3");
        table.Next();
        Should.Throw<InvalidDataException>(() => table.Number(2)).Message.ShouldContain("line 2 ends before 'c'");
        table.Next();
        table.Wholes(0).ShouldBe([1]);
        Should.Throw<InvalidDataException>(() => table.Wholes(1)).Message.ShouldContain("'x'");
        Should.Throw<InvalidDataException>(() => table.Whole(1)).Message.ShouldContain("line 3: 'b' holds 'x', which is no whole number");
        Should.Throw<InvalidDataException>(() => table.Next()).Message.ShouldContain("line 4: a quote is not closed");
    }

    public void Dispose() => File.Delete(_path);

    private Table Of(params string[] lines)
    {
        File.WriteAllLines(_path, lines);
        return new Table(_path, "a", "b", "c");
    }
}
