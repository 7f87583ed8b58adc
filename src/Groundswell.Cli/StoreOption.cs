using System.CommandLine;
using Groundswell.Storage;

namespace Groundswell.Cli;

/// <summary><c>--store</c>, the same for every command that opens one.</summary>
internal static class StoreOption
{
    public static Option<string?> Create() => new("--store")
    {
        Description = $"Where the ledger is kept: {Stores.Embedded} (in the data folder, the default) or postgres://user@host/database."
            + $" The environment variable {Stores.Variable} says the same where an address has a password in it.",
    };
}
