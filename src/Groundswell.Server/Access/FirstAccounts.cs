using System.Security.Cryptography;
using System.Text;
using Groundswell.Storage;

namespace Groundswell.Server.Access;

/// <summary>A name, its roles and the password it was given at the first start.</summary>
public sealed record FirstAccount(string Name, string Password, string Roles);

/// <summary>
/// The accounts of the first start: an operator, a reviewer and a creator, each with a random password. The passwords lie in
/// <c>keys/first-accounts.txt</c>, for the owner of the data folder only; delete that file once you have changed them.
/// </summary>
internal static class FirstAccounts
{
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";
    private const int PasswordLength = 12;

    public static async Task<IReadOnlyList<FirstAccount>> EnsureAsync(IStore store, Passwords passwords, string keysFolder, CancellationToken cancellation)
    {
        var file = Path.Combine(keysFolder, "first-accounts.txt");
        if (!File.Exists(file))
        {
            if (store.Accounts.All().Count > 0) return [];
            // The file first: were the server killed between the two, accounts without a known password would lock everybody out.
            Keys.WritePrivately(file, Encoding.UTF8.GetBytes(string.Concat(New().Select(account => $"{account.Name}\t{account.Password}\t{account.Roles}\n"))));
        }
        var accounts = Read(file);
        foreach (var account in accounts)
            if (store.Accounts.Find(account.Name) is null) await passwords.CreateAsync(account.Name, account.Password, [.. account.Roles.Split(", ")], cancellation);
        return accounts;
    }

    private static IEnumerable<FirstAccount> New() =>
        from account in new[] { (Name: "operator", Roles: Roles.All), (Name: "reviewer", Roles: [Roles.Reviewer]), (Name: "creator", Roles: [Roles.Creator]) }
        select new FirstAccount(account.Name, RandomNumberGenerator.GetString(Letters, PasswordLength), string.Join(", ", account.Roles));

    private static IReadOnlyList<FirstAccount> Read(string file) =>
        [.. File.ReadAllLines(file).Select(line => line.Split('\t')).Where(parts => parts.Length == 3).Select(parts => new FirstAccount(parts[0], parts[1], parts[2]))];
}
