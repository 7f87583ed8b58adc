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
        if (store.Accounts.All().Count > 0) return File.Exists(file) ? Read(file) : [];
        var accounts = new List<FirstAccount>();
        foreach (var (name, roles) in new[] { ("operator", Roles.All), ("reviewer", [Roles.Reviewer]), ("creator", [Roles.Creator]) })
        {
            var password = RandomNumberGenerator.GetString(Letters, PasswordLength);
            await passwords.CreateAsync(name, password, [.. roles], cancellation);
            accounts.Add(new FirstAccount(name, password, string.Join(", ", roles)));
        }
        Keys.WritePrivately(file, Encoding.UTF8.GetBytes(string.Concat(accounts.Select(account => $"{account.Name}\t{account.Password}\t{account.Roles}\n"))));
        return accounts;
    }

    private static IReadOnlyList<FirstAccount> Read(string file) =>
        [.. File.ReadAllLines(file).Select(line => line.Split('\t')).Where(parts => parts.Length == 3).Select(parts => new FirstAccount(parts[0], parts[1], parts[2]))];
}
