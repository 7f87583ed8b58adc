using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;

namespace Groundswell.Core.Genres;

/// <summary>One genre: a stable name, a title for people, and the words and hashtags that speak for it.</summary>
public sealed record Genre(string Name, string Title, ImmutableArray<string> Words);

/// <summary>
/// The genres an installation knows, in a fixed order: a genre is its index, and every <see cref="GenreMix"/> and taste
/// profile is an array over these indices. Append new genres at the end; never reorder a taxonomy that has data.
/// </summary>
public sealed class Taxonomy
{
    private readonly FrozenDictionary<string, int> _indexByName;

    public Taxonomy(IEnumerable<Genre> genres)
    {
        Genres = [.. genres];
        if (Genres.Length == 0) throw new ArgumentException("A taxonomy needs at least one genre.", nameof(genres));
        _indexByName = Genres.Select((genre, index) => (genre.Name, index)).ToFrozenDictionary(pair => pair.Name, pair => pair.index);
    }

    public ImmutableArray<Genre> Genres { get; }
    public int Count => Genres.Length;
    public Genre this[int index] => Genres[index];

    public int? IndexOf(string name) => _indexByName.TryGetValue(name, out var index) ? index : null;

    /// <summary>The shipped taxonomy (<c>taxonomy.json</c>).</summary>
    public static Taxonomy Default { get; } = Load(
        typeof(Taxonomy).Assembly.GetManifestResourceStream("taxonomy.json")
        ?? throw new InvalidOperationException("taxonomy.json is not embedded in Groundswell.Core."));

    public static Taxonomy Load(Stream json)
    {
        using var document = JsonDocument.Parse(json);
        return new Taxonomy(document.RootElement.GetProperty("genres").EnumerateArray().Select(genre => new Genre(
            genre.GetProperty("name").GetString() ?? throw new JsonException("a genre needs a name"),
            genre.GetProperty("title").GetString() ?? throw new JsonException("a genre needs a title"),
            [.. genre.GetProperty("words").EnumerateArray().Select(word => word.GetString() ?? "")])));
    }
}
