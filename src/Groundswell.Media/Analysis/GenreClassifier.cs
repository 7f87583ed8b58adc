using System.Collections.Frozen;
using System.Collections.Immutable;
using Groundswell.Core.Genres;
using Groundswell.Core.Videos;

namespace Groundswell.Media.Analysis;

/// <summary>
/// Places a video among the genres by its words: every word and hashtag that the taxonomy knows speaks for its genres. Built
/// once for a taxonomy; classifying is pure and safe for concurrent use.
/// </summary>
public sealed class GenreClassifier
{
    /// <summary>Hashtags are chosen to say what a video is about; words only may.</summary>
    private const float WordWeight = 1;
    private const float HashtagWeight = 2;

    /// <summary>A form of a known word ("cooked" for "cook") or a hashtag that begins with one ("#dogsofberlin") is a guess.</summary>
    private const float FormShare = 0.5f;

    /// <summary>Shorter words begin too many others: "car" begins "carpet".</summary>
    private const int ShortestPrefix = 4;

    /// <summary>Endings up to "ing" and "ers".</summary>
    private const int LongestEnding = 3;

    /// <summary>Of all evidence, spread evenly: a word can mislead, so no genre is ruled out.</summary>
    private const float FloorShare = 0.1f;

    private readonly int _genres;
    private readonly FrozenDictionary<string, ImmutableArray<int>> _genresByWord;

    public GenreClassifier(Taxonomy taxonomy)
    {
        _genres = taxonomy.Count;
        _genresByWord = taxonomy.Genres
            .SelectMany((genre, index) => genre.Words.Select(word => (Word: TextFolding.Fold(word), Genre: index)))
            .GroupBy(entry => entry.Word, entry => entry.Genre)
            .ToFrozenDictionary(group => group.Key, group => group.Distinct().ToImmutableArray());
    }

    /// <summary>The genres of a text; <see cref="GenreMix.Unknown"/> where no word is known.</summary>
    public GenreMix Classify(TextFeatures text)
    {
        var evidence = new float[_genres];
        foreach (var word in text.Words) Add(evidence, word, WordWeight, LongestEnding);
        foreach (var hashtag in text.Hashtags) Add(evidence, hashtag, HashtagWeight, longestRest: int.MaxValue);
        var floor = FloorShare / (1 - FloorShare) * evidence.Sum() / _genres;
        for (var i = 0; i < evidence.Length; i++) evidence[i] += floor;
        return GenreMix.FromEvidence(evidence);
    }

    private void Add(float[] evidence, string token, float weight, int longestRest)
    {
        var (genres, share) = Lookup(token, longestRest);
        foreach (var genre in genres) evidence[genre] += weight * share / genres.Length;
    }

    /// <summary>The word itself, else its singular or plural, else the longest known word it begins with.</summary>
    private (ImmutableArray<int> Genres, float Share) Lookup(string token, int longestRest)
    {
        if (_genresByWord.TryGetValue(token, out var genres)) return (genres, 1);
        if (_genresByWord.TryGetValue(token + "s", out genres)) return (genres, 1);
        if (token.EndsWith('s') && _genresByWord.TryGetValue(token[..^1], out genres)) return (genres, 1);
        var shortest = Math.Max(ShortestPrefix, token.Length - Math.Min(longestRest, token.Length));
        for (var length = token.Length - 1; length >= shortest; length--)
            if (_genresByWord.TryGetValue(token[..length], out genres)) return (genres, FormShare);
        return ([], 0);
    }
}
