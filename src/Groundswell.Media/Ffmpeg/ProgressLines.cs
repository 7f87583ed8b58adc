using System.Globalization;
using System.Text;

namespace Groundswell.Media.Ffmpeg;

/// <summary>Reads the <c>key=value</c> lines of ffmpeg's <c>-progress pipe:1</c> as they come in.</summary>
/// <param name="onPosition">Told the time reached in the output whenever it moves on; may be null.</param>
internal sealed class ProgressLines(Action<TimeSpan>? onPosition = null)
{
    private readonly StringBuilder _line = new();

    /// <summary>Time reached in the output.</summary>
    public TimeSpan Position { get; private set; }

    public void Read(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            if (b != '\n')
            {
                _line.Append((char)b);
                continue;
            }
            Take(_line.ToString());
            _line.Clear();
        }
    }

    private void Take(string line)
    {
        if (!line.StartsWith("out_time_us=", StringComparison.Ordinal)) return;
        if (!long.TryParse(line.AsSpan("out_time_us=".Length), CultureInfo.InvariantCulture, out var microseconds)) return;
        var position = TimeSpan.FromMicroseconds(microseconds);
        if (position <= Position) return;
        Position = position;
        onPosition?.Invoke(position);
    }
}
