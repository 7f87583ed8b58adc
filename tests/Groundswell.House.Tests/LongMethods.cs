using System.Text.RegularExpressions;

namespace Groundswell.House.Tests;

internal sealed record MethodLength(string File, int Line, string Name, int Lines);

/// <summary>
/// The methods with a body in braces and their lengths in lines. The compiler enforces the indentation, so a body ends at
/// the first closing brace that stands as far in as its opening one.
/// </summary>
internal static partial class LongMethods
{
    public static IEnumerable<MethodLength> In(string file)
    {
        var lines = Repository.Read(file).Split('\n');
        for (var open = 1; open < lines.Length; open++)
        {
            if (OpeningBrace().Match(lines[open]) is not { Success: true } brace) continue;
            var start = StartOfSignature(lines, open, brace.Groups[1].Value);
            if (Signature().Match(lines[start]) is not { Success: true } signature) continue;
            var close = Array.FindIndex(lines, open, line => line.TrimEnd() == brace.Groups[1].Value + "}");
            if (close > 0) yield return new MethodLength(file, start + 1, signature.Groups[1].Value, close - start + 1);
        }
    }

    // A signature may be broken over several lines: the later ones stand further in.
    private static int StartOfSignature(string[] lines, int open, string indent)
    {
        var start = open - 1;
        while (start > 0 && lines[start].StartsWith(indent + " ", StringComparison.Ordinal)) start--;
        return start;
    }

    [GeneratedRegex(@"^(\s+)\{\s*$")]
    private static partial Regex OpeningBrace();

    [GeneratedRegex(@"^\s+(?:(?:public|private|protected|internal|static|async|override|virtual|sealed|partial|unsafe|readonly)\s+)+(?!class|struct|record|enum|interface)[^=;]*?\b(\w+)(?:<[^(]*>)?\(")]
    private static partial Regex Signature();
}
