using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Groundswell.Lab.Tables;

/// <summary>
/// Comma-separated values by named columns: a first line of names, fields in quotes where they hold a comma, .gz read as it is.
/// </summary>
internal sealed class Table : IDisposable
{
    private readonly StreamReader _lines;
    private readonly string _path;
    private readonly int[] _places;
    private readonly string[] _columns;
    private readonly List<string> _fields = [];
    private int _number = 1;

    /// <exception cref="InvalidDataException">A column is missing; the message names it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public Table(string path, params string[] columns)
    {
        (_path, _columns) = (path, columns);
        Stream file = File.OpenRead(path);
        if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) file = new GZipStream(file, CompressionMode.Decompress);
        _lines = new StreamReader(file);
        Split(_lines.ReadLine() ?? "");
        _places = [.. columns.Select(column => _fields.IndexOf(column))];
        if (Array.IndexOf(_places, -1) is >= 0 and var missing)
        {
            _lines.Dispose();
            throw new InvalidDataException($"{path} has no column '{columns[missing]}'.");
        }
    }

    /// <summary>Goes to the next row; false at the end.</summary>
    public bool Next()
    {
        if (_lines.ReadLine() is not { } line) return false;
        _number++;
        Split(line);
        return true;
    }

    /// <summary>The field of a column, by its place among those asked for.</summary>
    public string Text(int column) => _places[column] < _fields.Count
        ? _fields[_places[column]]
        : throw new InvalidDataException($"{_path}, line {_number} ends before '{_columns[column]}'.");

    public long Whole(int column) => Whole(Text(column), column);

    /// <summary>Whole numbers with spaces between them; none in an empty field.</summary>
    public long[] Wholes(int column) => [.. Text(column).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => Whole(one, column))];

    /// <summary>A number that may be written with a fraction; null where the field is empty.</summary>
    public double? Number(int column) =>
        Text(column).Length == 0 ? null
        : double.TryParse(Text(column), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value
        : throw new InvalidDataException($"{_path}, line {_number}: '{_columns[column]}' is no number.");

    public bool Flag(int column) => Whole(column) != 0;

    /// <summary>That a field of this row does not hold what it should.</summary>
    /// <param name="what">What it is instead, after "which is".</param>
    public InvalidDataException Wrong(int column, string what) => new($"{_path}, line {_number}: '{_columns[column]}' holds '{Text(column)}', which is {what}.");

    public void Dispose() => _lines.Dispose();

    private long Whole(string text, int column) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
        ? value
        : throw new InvalidDataException($"{_path}, line {_number}: '{_columns[column]}' holds '{text}', which is no whole number.");

    private void Split(string line)
    {
        _fields.Clear();
        if (!line.Contains('"'))
        {
            _fields.AddRange(line.Split(','));
            return;
        }
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            var next = line[i];
            if (next == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"') field.Append(line[i++]);
            else if (next == '"') quoted = !quoted;
            else if (next == ',' && !quoted) Take();
            else field.Append(next);
        }
        if (quoted) throw new InvalidDataException($"{_path}, line {_number}: a quote is not closed.");
        Take();

        void Take()
        {
            _fields.Add(field.ToString());
            field.Clear();
        }
    }
}
