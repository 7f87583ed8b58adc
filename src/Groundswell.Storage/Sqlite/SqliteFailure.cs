using Microsoft.Data.Sqlite;

namespace Groundswell.Storage.Sqlite;

/// <summary>Tells failures of the store from refusals of a statement (https://www.sqlite.org/rescode.html).</summary>
internal static class SqliteFailure
{
    public const int PrimaryKeyConstraint = 1555;

    /// <summary>The file by which readers find the log could not grow: an I/O error by its code, a full disk by its cause.</summary>
    private const int NoRoomForSharedMemory = 4874;

    /// <summary>The operator's sentence when the store is what failed; null when it was the statement.</summary>
    public static StoreUnavailableException? Explain(SqliteException failure) => Sentence(failure) is { } sentence
        ? new StoreUnavailableException($"{sentence} (SQLite {failure.SqliteExtendedErrorCode}: {failure.Message})", failure)
        : null;

    private static string? Sentence(SqliteException failure) => failure.SqliteErrorCode switch
    {
        _ when failure.SqliteExtendedErrorCode == NoRoomForSharedMemory => "The store's disk is full.",
        3 or 14 or 23 => "The store's file cannot be opened: check that the directory and its files belong to this user.",
        5 or 6 => "Another program holds a lock on the store's file.",
        7 => "There is not enough memory for the store.",
        8 => "The store's file or its disk is read-only.",
        10 => "The store's disk fails to read or write.",
        11 => "The store's file is damaged: restore it from a backup.",
        13 => "The store's disk is full.",
        15 or 17 => "The store's file was changed by another program.",
        26 => "The store's file is not a SQLite database.",
        _ => null,
    };
}
