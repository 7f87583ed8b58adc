using Microsoft.Extensions.Logging;

namespace Groundswell.Storage;

/// <summary>Which store an operator wants.</summary>
public static class Stores
{
    /// <summary>What names the embedded store.</summary>
    public const string Embedded = "sqlite";

    /// <summary>Where an address with a password belongs: not on a command line, which everybody on the machine can read.</summary>
    public const string Variable = "GROUNDSWELL_STORE";

    /// <summary>What was asked for on the command line, else in the environment, else the embedded store.</summary>
    public static string Chosen(string? asked) => asked ?? Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" => Embedded,
        var address => address,
    };

    /// <param name="store"><see cref="Embedded"/>, or the address of a PostgreSQL database as <see cref="PostgresStore.OpenAsync"/> takes it.</param>
    /// <param name="directory">Where the embedded store is kept.</param>
    /// <exception cref="StoreUnavailableException">It cannot be opened; the message says why.</exception>
    public static async Task<IStore> OpenAsync(string store, string directory, TimeProvider time, StoreOptions options, ILogger? log = null) =>
        store == Embedded
            ? await SqliteStore.OpenAsync(directory, time, options, log)
            : await PostgresStore.OpenAsync(store, time, options, log);
}
