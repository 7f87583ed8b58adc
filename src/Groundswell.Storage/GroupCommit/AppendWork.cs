namespace Groundswell.Storage.GroupCommit;

/// <summary>A call's entries. A session may look at them before it applies them: to ask for a whole group at once which are known.</summary>
internal sealed class AppendWork<TSession>(PreparedEntry[] entries) : Work<TSession, Appended>(entries.Length, session => session.Append(entries))
    where TSession : WriteSession<TSession>
{
    public IReadOnlyList<PreparedEntry> Entries => entries;
}
