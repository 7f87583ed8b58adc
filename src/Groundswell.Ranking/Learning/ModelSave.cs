namespace Groundswell.Ranking.Learning;

/// <summary>A model as it was at one moment, in parts that are made as they are read. Until they are, its writer keeps what it changes.</summary>
public sealed class ModelSave
{
    private readonly byte[] _first;
    private readonly KeyedRows[] _tables;
    private readonly RowsSave[] _saves;

    internal ModelSave(byte[] first, KeyedRows[] tables) => (_first, _tables, _saves) = (first, tables, [.. tables.Select((table, number) => table.BeginSave((byte)number))]);

    /// <summary>First what is small, then the rows that are in use, some kilobytes a part. On any thread, once: when reading ends, also before the last part, so does the save.</summary>
    public IEnumerable<byte[]> Parts()
    {
        try
        {
            yield return _first;
            foreach (var save in _saves)
                foreach (var part in save.Parts()) yield return part;
        }
        finally
        {
            foreach (var table in _tables) table.EndSave();
        }
    }
}
