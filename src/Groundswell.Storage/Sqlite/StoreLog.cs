using Microsoft.Extensions.Logging;

namespace Groundswell.Storage.Sqlite;

internal static partial class StoreLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Store opened in {Directory}: schema {Schema}, {Head} ledger positions")]
    public static partial void Opened(ILogger log, string directory, int schema, long head);

    [LoggerMessage(Level = LogLevel.Information, Message = "Raising the store's schema to {Schema}: {Entries} ledger entries, some minutes for ten million")]
    public static partial void Migrating(ILogger log, int schema, long entries);

    [LoggerMessage(Level = LogLevel.Information, Message = "Store schema raised to {Schema} in {Elapsed}")]
    public static partial void Migrated(ILogger log, int schema, TimeSpan elapsed);

    [LoggerMessage(Level = LogLevel.Error, Message = "The store cannot write: {Calls} calls failed, the next fail at once until a probe succeeds")]
    public static partial void WriteFailed(ILogger log, Exception why, int calls);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store writes again")]
    public static partial void WritesAgain(ILogger log);
}
