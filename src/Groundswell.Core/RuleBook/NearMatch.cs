namespace Groundswell.Core.RuleBook;

/// <summary>What somebody may have meant by a path that is none.</summary>
internal static class NearMatch
{
    /// <summary>The nearest path, or null where none is near. A name in the wrong group is found too.</summary>
    public static string? Of(string path, IEnumerable<string> known)
    {
        var name = NameOf(path);
        var (best, least) = ((string?)null, Math.Max(2, name.Length / 3) + 1);
        foreach (var candidate in known.Order(StringComparer.Ordinal))
        {
            var moved = GroupOf(candidate) == GroupOf(path) ? 0 : 1;
            var distance = Math.Min(Distance(path, candidate), Distance(name, NameOf(candidate)) + moved);
            if (distance < least) (best, least) = (candidate, distance);
        }
        return best;
    }

    /// <summary>Insertions, deletions, replacements and exchanges of neighbours between two texts (optimal string alignment).</summary>
    internal static int Distance(string one, string other)
    {
        var rows = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= other.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            for (var j = 1; j <= other.Length; j++)
            {
                var replaced = rows[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, replaced);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1]) rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }
        return rows[one.Length, other.Length];
    }

    private static string NameOf(string path) => path[(path.LastIndexOf('.') + 1)..];

    private static string GroupOf(string path) => path.Contains('.', StringComparison.Ordinal) ? path[..path.LastIndexOf('.')] : "";
}
