using System.Text;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Storage.GroupCommit;

namespace Groundswell.Storage.Sql;

/// <summary>Writes what must change together with an entry. Used by the writer only.</summary>
internal sealed class EntryEffects<TSession>(WriteSession<TSession> session) where TSession : WriteSession<TSession>
{
    private readonly VideoTable<TSession> _videos = new(session);

    /// <exception cref="StaleMoveException">A video is not where the entry says.</exception>
    public void Write(LedgerEntry entry, long position)
    {
        switch (entry)
        {
            case VideoUploaded uploaded:
                _videos.Add(uploaded, position);
                break;
            case VideoMoved moved:
                _videos.Move(moved, position);
                break;
            case SignalRecorded { Type: SignalType.Comment, Disqualified: null, Change: not null, Text: { Length: > 0 } text } signal:
                session.Run(
                    "INSERT INTO comments (position, video, viewer, text, at) VALUES (?1, ?2, ?3, ?4, ?5)",
                    position, signal.Video.Value, signal.Viewer.Value, Readable(text), signal.At.ToUnixTimeMilliseconds());
                break;
            case SignalRecorded { TakenBack: { } comments } signal:
                // A comment stands at its signal's position.
                foreach (var comment in comments)
                {
                    session.Run(
                        "DELETE FROM comments WHERE position = (SELECT position FROM ledger WHERE viewer = ?1 AND event_key = ?2)",
                        signal.Viewer.Value, EventKey.Of(signal.Viewer, comment));
                }
                break;
        }
    }

    /// <summary>What a device may send and no database must take: half a character, and the character zero, become U+FFFD.</summary>
    private static string Readable(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');
}
