using CsCheck;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests;

public class IdTests
{
    [Fact]
    public void Parse_GivesBackWhatWasFormatted() => Gen.Long.Sample(value =>
    {
        IdText.Parse<VideoId>(new VideoId(value).ToString()).ShouldBe(new VideoId(value));
        Given.Through(new ViewerId(value)).ShouldBe(new ViewerId(value));
        Given.Through(new Dictionary<CreatorId, int> { [new(value)] = 1 }).Keys.ShouldBe([new CreatorId(value)]);
    });

    [Fact]
    public void Format_KeepsTheOrderOfIds() => Gen.Select(Gen.Long[0, long.MaxValue], Gen.Long[0, long.MaxValue]).Sample((left, right) =>
        Math.Sign(string.CompareOrdinal(new VideoId(left).ToString(), new VideoId(right).ToString())).ShouldBe(left.CompareTo(right)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("v_")]
    [InlineData("u_0000000000001")]
    [InlineData("v_000000000000")]
    [InlineData("v_00000000000001")]
    [InlineData("v_000000000000A")]
    [InlineData("v_000000000000l")]
    [InlineData("v_g000000000000")]
    [InlineData("v_zzzzzzzzzzzzz")]
    [InlineData("V_0000000000001")]
    public void TryParse_RefusesBadText(string? text)
    {
        VideoId.TryParse(text, null, out var id).ShouldBeFalse();
        id.ShouldBe(default);
    }

    [Fact]
    public void TryParse_NeverThrows() => Gen.String.Sample(text => { VideoId.TryParse("v_" + text, null, out _); });
}
