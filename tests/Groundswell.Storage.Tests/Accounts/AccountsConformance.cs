using Microsoft.Extensions.Time.Testing;

namespace Groundswell.Storage.Tests.Accounts;

public abstract class AccountsConformance : Conformance
{
    private IAccounts Accounts => Store.Accounts;

    [Fact]
    public async Task AnAccount_IsFoundByNameInAnyCaseAndById()
    {
        var now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        await ReopenAsync(time: new FakeTimeProvider(now));
        var created = (await Accounts.CreateAsync(7, "Åsa", "hash", ["operator", "reviewer"], Cancel)).ShouldNotBeNull();
        created.CreatedAt.ShouldBe(now);
        await ReopenAsync();
        foreach (var found in new[] { Accounts.Find("åSA"), Accounts.Find(7) })
        {
            found.ShouldNotBeNull();
            (found.Id, found.Name, found.PasswordHash, found.CreatedAt).ShouldBe((7L, "Åsa", "hash", now));
            found.Roles.ShouldBe(["operator", "reviewer"]);
        }
        Accounts.Find("Asa").ShouldBeNull();
        Accounts.Find(8).ShouldBeNull();
    }

    [Fact]
    public async Task AName_IsGivenOnceWhateverItsCase()
    {
        (await Accounts.CreateAsync(1, "ada", "hash", [], Cancel)).ShouldNotBeNull();
        (await Accounts.CreateAsync(2, "ADA", "hash", [], Cancel)).ShouldBeNull();
        await Should.ThrowAsync<ArgumentException>(() => Accounts.CreateAsync(1, "bob", "hash", [], Cancel));
        Accounts.All().Select(account => account.Id).ShouldBe([1]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\0")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public Task AName_HasSomeCharactersAndNotTooMany(string name) =>
        Should.ThrowAsync<ArgumentException>(() => Accounts.CreateAsync(1, name, "hash", [], Cancel));

    [Fact]
    public async Task WhoAsksForWhatIsNoText_FindsNobody()
    {
        await Accounts.CreateAsync(1, "ada", "hash", [], Cancel);
        Accounts.Find("ada\0").ShouldBeNull();
        Accounts.Find("ada\uD83C").ShouldBeNull();
        await Should.ThrowAsync<ArgumentException>(() => Accounts.CreateAsync(2, "ada\uD83C", "hash", [], Cancel));
    }

    [Fact]
    public async Task APassword_IsReplacedAndNeverPrinted()
    {
        await Accounts.CreateAsync(1, "ada", "old", [], Cancel);
        (await Accounts.SetPasswordAsync(1, "new", Cancel)).ShouldBeTrue();
        (await Accounts.SetPasswordAsync(2, "new", Cancel)).ShouldBeFalse();
        var account = Accounts.Find(1).ShouldNotBeNull();
        account.PasswordHash.ShouldBe("new");
        $"{account}".ShouldBe("ada (1)");
    }
}
