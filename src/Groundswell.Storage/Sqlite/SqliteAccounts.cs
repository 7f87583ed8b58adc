using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Groundswell.Storage.Sqlite;

internal sealed class SqliteAccounts(SqliteWriter writer, Readers readers, TimeProvider time) : IAccounts
{
    private const string Columns = "SELECT id, name, password_hash, roles, created_at FROM accounts";

    public async Task<Account?> CreateAsync(long id, string name, string passwordHash, ImmutableArray<string> roles, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > Account.LongestName)
            throw new ArgumentException($"An account's name has 1 to {Account.LongestName} characters.", nameof(name));
        var createdAt = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
        var account = new Account(id, name, passwordHash, roles, createdAt);
        return await writer.WriteAsync(new Work<bool>(1, session => Insert(session, account)), cancellation) ? account : null;
    }

    public Account? Find(string name) => readers.Read($"{Columns} WHERE name_key = ?1", Row, Account.Key(name)).FirstOrDefault();

    public Account? Find(long id) => readers.Read($"{Columns} WHERE id = ?1", Row, id).FirstOrDefault();

    public IReadOnlyList<Account> All() => readers.Read($"{Columns} ORDER BY name_key", Row);

    public Task<bool> SetPasswordAsync(long id, string passwordHash, CancellationToken cancellation) =>
        writer.WriteAsync(
            new Work<bool>(1, session => session.Statements.Prepared("UPDATE accounts SET password_hash = ?2 WHERE id = ?1").Run(id, passwordHash) == 1),
            cancellation);

    private static bool Insert(WriteSession session, Account account)
    {
        try
        {
            return session.Statements.Prepared(
                """
                INSERT INTO accounts (id, name, name_key, password_hash, roles, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                ON CONFLICT (name_key) DO NOTHING
                """).Run(
                    account.Id, account.Name, Account.Key(account.Name), account.PasswordHash,
                    JsonSerializer.Serialize(account.Roles), account.CreatedAt.ToUnixTimeMilliseconds()) == 1;
        }
        catch (SqliteException failure) when (failure.SqliteExtendedErrorCode == SqliteFailure.PrimaryKeyConstraint)
        {
            throw new ArgumentException($"There is an account {account.Id} already.", failure);
        }
    }

    private static Account Row(Statement row) => new(
        row.Int64(0), row.Text(1), row.Text(2), JsonSerializer.Deserialize<ImmutableArray<string>>(row.Blob(3)),
        DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(4)));
}
