namespace Groundswell.Storage.GroupCommit;

/// <summary>
/// What group commit needs of a database: one connection that writes, one transaction at a time, and in it no work fails
/// for another. Belongs to the writer's loop.
/// </summary>
internal interface IWriteSession<TSession> where TSession : IWriteSession<TSession>
{
    /// <summary>The position of the last entry that is in the ledger.</summary>
    long LastWritten { get; }

    /// <summary>Runs all works in one transaction and commits it. Whatever it throws, the whole transaction was undone.</summary>
    /// <returns>For each work the exception that undid it alone, or null: it is durable.</returns>
    Exception?[] Commit(IReadOnlyList<Work<TSession>> group);

    /// <summary>Finds out, after a failure of the store, whether it takes data again; throws while it does not.</summary>
    void Probe();

    /// <summary>The operator's sentence when the store is what failed; null when it was a statement or its work.</summary>
    StoreUnavailableException? Explain(Exception thrown);

    /// <summary>Runs one statement of the open transaction; its parameters are <c>?1</c> to <c>?n</c>.</summary>
    /// <returns>Rows changed.</returns>
    int Run(string sql, params ReadOnlySpan<object?> values);

    /// <summary>The first column of the first row; null when there is none.</summary>
    object? Scalar(string sql, params ReadOnlySpan<object?> values);
}
