namespace Groundswell.Ranking.Learning;

/// <summary>Gathers what is saved into parts: each fits a row of a store, and is no large object to the collector.</summary>
internal sealed class PartWriter
{
    /// <summary>With what is written at once, 36 kB of rows, it stays below the 85 kB where large objects begin.</summary>
    private const int PartBytes = 1 << 15;

    private readonly byte[] _begins;

    /// <param name="begins">How each part begins.</param>
    public PartWriter(params byte[] begins)
    {
        _begins = begins;
        To.Write(begins);
    }

    public BinaryWriter To { get; } = new(new MemoryStream());

    public bool IsFull => To.BaseStream.Length >= PartBytes;

    public bool IsEmpty => To.BaseStream.Length == _begins.Length;

    /// <summary>What was gathered; the next part begins.</summary>
    public byte[] Cut()
    {
        var part = ((MemoryStream)To.BaseStream).ToArray();
        To.BaseStream.SetLength(_begins.Length);
        return part;
    }
}
