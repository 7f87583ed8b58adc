using Groundswell.Core;

namespace Groundswell.Storage.Sqlite;

internal sealed class SqliteComments(Readers readers) : IComments
{
    public IReadOnlyList<StoredComment> Newest(VideoId video, int most) => readers.Read(
        "SELECT position, viewer, text, at FROM comments WHERE video = ?1 ORDER BY position DESC LIMIT ?2",
        row => new StoredComment(
            row.Int64(0), new ViewerId(row.Int64(1)), row.Text(2), DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(3))),
        video.Value, most);
}
