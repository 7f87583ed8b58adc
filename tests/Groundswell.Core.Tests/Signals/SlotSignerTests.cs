using CsCheck;
using Groundswell.Core.Audience;
using Groundswell.Core.Signals;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Signals;

public class SlotSignerTests
{
    private static readonly SlotSigner Signer = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    private static readonly Gen<Slot> AnySlot =
        from ids in Gen.Long.Array[4]
        from position in Gen.Int[0, 19]
        from at in Gen.Long[0, 4_000_000_000_000]
        from source in Gen.Enum<SlotSource>()
        from cohort in Gen.Int[0, 99]
        from follows in Gen.Bool
        from propensity in Gen.Float[1e-6f, 1]
        select new Slot(
            new ViewerId(ids[0]), new VideoId(ids[1]), new CreatorId(ids[2]), new RequestId(ids[3]), position,
            DateTimeOffset.FromUnixTimeMilliseconds(at), source, new Cohort(cohort), follows, propensity);

    [Fact]
    public void Verify_GivesBackTheSlotThatWasSigned() => AnySlot.Sample(slot => Signer.Verify(Signer.Sign(slot)).ShouldBe(slot), iter: 500);

    [Fact]
    public void Verify_RefusesATokenWithAnyCharacterChanged() =>
        Gen.Select(AnySlot, Gen.Int[0, 94], Gen.Int[1, 63]).Sample((slot, place, turn) =>
        {
            const string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
            var token = Signer.Sign(slot).ToCharArray();
            token[place] = digits[(digits.IndexOf(token[place], StringComparison.Ordinal) + turn) % 64];
            Signer.Verify(new string(token)).ShouldBeNull();
        }, iter: 2000);

    [Fact]
    public void Verify_RefusesEveryFlippedBit()
    {
        var token = System.Buffers.Text.Base64Url.DecodeFromChars(Signer.Sign(Given.Slot(Given.Viewer(1), Given.Video(), Given.Now, cohort: 5, follows: true)));
        for (var bit = 0; bit < token.Length * 8; bit++)
        {
            var bent = (byte[])token.Clone();
            bent[bit / 8] ^= (byte)(1 << (bit % 8));
            Signer.Verify(System.Buffers.Text.Base64Url.EncodeToString(bent)).ShouldBeNull();
        }
    }

    [Fact]
    public void Verify_RefusesAForeignKey() =>
        AnySlot.Sample(slot => new SlotSigner([.. new byte[32]]).Verify(Signer.Sign(slot)).ShouldBeNull(), iter: 100);

    [Fact]
    public void Verify_AnswersAnyTextWithNullAndNeverThrows() =>
        Gen.OneOf(Gen.String, Gen.String.AlphaNumeric, Gen.String[Gen.Char.AlphaNumeric, 90, 100]).Sample(text => Signer.Verify(text).ShouldBeNull(), iter: 2000);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("=")]
    [InlineData("////")]
    [InlineData("\0\uD800")]
    public void Verify_RefusesWhatIsNoToken(string? text) => Signer.Verify(text).ShouldBeNull();
}
