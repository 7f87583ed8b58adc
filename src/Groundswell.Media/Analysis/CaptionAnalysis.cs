using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Groundswell.Core.Videos;

namespace Groundswell.Media.Analysis;

/// <summary>What came with an upload.</summary>
/// <param name="Text">The caption; hashtags may stand in it as <c>#word</c>.</param>
/// <param name="Hashtags">Hashtags given apart, with or without '#'.</param>
public sealed record CaptionInput(string Text, ImmutableArray<string> Hashtags)
{
    public static CaptionInput Of(string text) => new(text, []);
}

/// <summary>
/// The words an installation does not want to see: single words or phrases, compared as <see cref="TextFolding"/> folds
/// them.
/// </summary>
public sealed class BlockedTerms
{
    private readonly FrozenSet<string> _terms;
    private readonly int _longest;

    public BlockedTerms(IEnumerable<string> terms)
    {
        _terms = terms
            .Select(term => string.Join(' ', CaptionAnalysis.Tokens(term).Select(token => token.Text)))
            .Where(term => term.Length > 0)
            .ToFrozenSet();
        _longest = _terms.Count == 0 ? 0 : _terms.Max(term => term.Count(c => c == ' ') + 1);
    }

    public static BlockedTerms None { get; } = new([]);

    /// <summary>The terms found in a text, in order of appearance, each once.</summary>
    public ImmutableArray<string> Find(IReadOnlyList<Token> tokens)
    {
        var found = new List<string>();
        for (var start = 0; start < tokens.Count; start++)
        {
            for (var length = 1; length <= Math.Min(_longest, tokens.Count - start); length++)
            {
                var phrase = string.Join(' ', tokens.Skip(start).Take(length).Select(token => token.Text));
                if (_terms.Contains(phrase)) found.Add(phrase);
            }
        }
        return [.. found.Distinct()];
    }
}

/// <summary>One word or hashtag of a text, folded, without '#'.</summary>
public readonly record struct Token(string Text, bool IsHashtag);

/// <summary>Reads captions in any script. Pure.</summary>
public static class CaptionAnalysis
{
    /// <summary>Most of a caption that is read, in UTF-16 units; what people write is well below.</summary>
    public const int LongestText = 10_000;

    public static TextFeatures Analyse(CaptionInput caption, BlockedTerms blocked)
    {
        var tokens = Tokens(caption.Text)
            .Concat(caption.Hashtags.SelectMany(hashtag => Tokens("#" + hashtag.TrimStart('#'))))
            .ToList();
        return new TextFeatures(
            [.. tokens.Where(token => !token.IsHashtag).Select(token => token.Text).Distinct()],
            [.. tokens.Where(token => token.IsHashtag).Select(token => token.Text).Distinct()],
            blocked.Find(tokens));
    }

    /// <summary>
    /// Words and hashtags in order. A word is a run of letters, marks, digits and '_', with apostrophes inside; a hashtag is a
    /// word behind '#'. Scripts without spaces come out as one word a run.
    /// </summary>
    public static IEnumerable<Token> Tokens(string text)
    {
        var folded = TextFolding.Fold(text.Length > LongestText ? text[..LongestText] : text);
        for (var at = 0; at < folded.Length;)
        {
            var end = EndOfWord(folded, at);
            if (end > at) yield return new Token(folded[at..end], IsHashtag: at > 0 && folded[at - 1] == '#');
            at = end > at ? end : at + Rune.GetRuneAt(folded, at).Utf16SequenceLength;
        }
    }

    private static int EndOfWord(string text, int start)
    {
        var end = start;
        while (end < text.Length)
        {
            var rune = Rune.GetRuneAt(text, end);
            if (IsWordRune(rune)) end += rune.Utf16SequenceLength;
            else if (rune.Value == '\'' && end > start && end + 1 < text.Length && IsWordRune(Rune.GetRuneAt(text, end + 1))) end++;
            else break;
        }
        return end;
    }

    private static bool IsWordRune(Rune rune) => rune.Value == '_' || Rune.IsLetterOrDigit(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
