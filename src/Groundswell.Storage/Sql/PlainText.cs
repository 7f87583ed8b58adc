using System.Text;

namespace Groundswell.Storage.Sql;

/// <summary>What people and devices may send and not every database takes: half a character, and the character zero, become U+FFFD.</summary>
internal static class PlainText
{
    public static string Of(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');
}
