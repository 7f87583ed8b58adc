using System.Collections.Immutable;
using System.Text.Json;
using Groundswell.Storage.GroupCommit;

namespace Groundswell.Storage.Sql;

internal sealed class StoredAccounts<TSession>(GroupWriter<TSession> writer, IReaders readers, TimeProvider time) : IAccounts
    where TSession : WriteSession<TSession>
{
    private const string Columns = "SELECT id, name, password_hash, roles, created_at FROM accounts";

    public async Task<Account?> CreateAsync(long id, string name, string passwordHash, ImmutableArray<string> roles, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > Account.LongestName)
            throw new ArgumentException($"An account's name has 1 to {Account.LongestName} characters.", nameof(name));
        var createdAt = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        var account = new Account(id, name, passwordHash, roles, createdAt);
        if (await writer.WriteAsync(new Work<TSession, bool>(1, session => Insert(session, account)), cancellation)) return account;
        return Find(id) is null ? null : throw new ArgumentException($"There is an account {id} already.", nameof(id));
    }

    public Account? Find(string name) => readers.Read($"{Columns} WHERE name_key = ?1", Row, Account.Key(name)).FirstOrDefault();

    public Account? Find(long id) => readers.Read($"{Columns} WHERE id = ?1", Row, id).FirstOrDefault();

    public IReadOnlyList<Account> All() => readers.Read($"{Columns} ORDER BY name_key", Row);

    public Task<bool> SetPasswordAsync(long id, string passwordHash, CancellationToken cancellation) =>
        writer.WriteAsync(
            new Work<TSession, bool>(1, session => session.Run("UPDATE accounts SET password_hash = ?1 WHERE id = ?2", passwordHash, id) == 1),
            cancellation);

    private static bool Insert(TSession session, Account account) => session.Run(
        """
        INSERT INTO accounts (id, name, name_key, password_hash, roles, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT DO NOTHING
        """,
        account.Id, account.Name, Account.Key(account.Name), account.PasswordHash,
        JsonSerializer.Serialize(account.Roles), account.CreatedAt.ToUnixTimeMilliseconds()) == 1;

    private static Account Row(IRow row) => new(
        row.Int64(0), row.Text(1), row.Text(2), JsonSerializer.Deserialize<ImmutableArray<string>>(row.Blob(3)),
        DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(4)));
}
