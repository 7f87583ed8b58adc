using Groundswell.Storage.GroupCommit;

namespace Groundswell.Storage.Postgres;

/// <summary>A call's entries, told to the session before it is applied: it asks for all of a group at once which events are known.</summary>
internal sealed class AppendWork(PreparedEntry[] entries) : Work<PostgresSession, Appended>(entries.Length, session => session.Append(entries))
{
    public IReadOnlyList<PreparedEntry> Entries => entries;
}
