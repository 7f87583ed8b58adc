using System.Collections.Immutable;

namespace Groundswell.Storage;

/// <summary>
/// People who sign in. The store keeps a password only as the hash it is given. Safe for concurrent use; the writing
/// calls throw <see cref="StoreUnavailableException"/> when the store cannot write.
/// </summary>
public interface IAccounts
{
    /// <summary>The new account, or null when the name is taken in whatever case.</summary>
    /// <exception cref="ArgumentException">An empty name, one longer than <see cref="Account.LongestName"/>, or a known id.</exception>
    Task<Account?> CreateAsync(long id, string name, string passwordHash, ImmutableArray<string> roles, CancellationToken cancellation);

    /// <summary>Finds by name, whatever its case.</summary>
    Account? Find(string name);

    Account? Find(long id);

    /// <summary>All accounts by name.</summary>
    IReadOnlyList<Account> All();

    /// <summary>False when there is no such account.</summary>
    Task<bool> SetPasswordAsync(long id, string passwordHash, CancellationToken cancellation);
}

/// <param name="Name">As its owner writes it; unique without regard to case.</param>
/// <param name="PasswordHash">Self-describing hash, opaque to the store.</param>
public sealed record Account(long Id, string Name, string PasswordHash, ImmutableArray<string> Roles, DateTimeOffset CreatedAt)
{
    /// <summary>In UTF-16 units.</summary>
    public const int LongestName = 64;

    /// <summary>Without the hash, so that no log line holds it.</summary>
    public override string ToString() => $"{Name} ({Id})";

    /// <summary>What names are compared by.</summary>
    internal static string Key(string name) => name.ToUpperInvariant();
}
