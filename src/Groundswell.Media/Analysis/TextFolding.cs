using System.Globalization;
using System.Text;

namespace Groundswell.Media.Analysis;

/// <summary>
/// Brings spellings that read alike to one form: lower case, full-width and mathematical letters as plain ones, curly
/// apostrophes straight, invisible format characters gone. Needs no culture data, so that every machine folds alike; composed
/// and decomposed accents stay different.
/// </summary>
public static class TextFolding
{
    /// <summary>The folded text. Broken surrogates become U+FFFD.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format) continue;
            folded.Append(Rune.ToLowerInvariant(Plain(rune)));
        }
        return folded.ToString();
    }

    /// <summary>The plain letter behind a styled one; the blocks and their order are those of the Unicode code charts.</summary>
    private static Rune Plain(Rune rune) => rune.Value switch
    {
        '’' => new Rune('\''),
        >= 0xFF01 and <= 0xFF5E => new Rune(rune.Value - 0xFF01 + '!'),
        >= 0x24B6 and <= 0x24CF => new Rune(rune.Value - 0x24B6 + 'a'),
        >= 0x24D0 and <= 0x24E9 => new Rune(rune.Value - 0x24D0 + 'a'),
        // Thirteen alphabets of 26 capitals and 26 small letters each.
        >= 0x1D400 and <= 0x1D6A3 => new Rune((rune.Value - 0x1D400) % 26 + 'a'),
        // Five sets of ten digits.
        >= 0x1D7CE and <= 0x1D7FF => new Rune((rune.Value - 0x1D7CE) % 10 + '0'),
        _ => rune,
    };
}
