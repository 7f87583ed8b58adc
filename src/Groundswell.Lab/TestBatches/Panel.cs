using Groundswell.Core.Audience;
using Groundswell.Core.Chances;

namespace Groundswell.Lab.TestBatches;

/// <summary>One upload on test: its known viewers in an order drawn by chance, each asked once at most.</summary>
public sealed class Panel
{
    private readonly double[] _points;

    public Panel(Upload upload, Chance chance)
    {
        Upload = upload;
        _points = [.. upload.Points];
        var keys = Array.ConvertAll(_points, _ => 0ul);
        for (var viewer = 0; viewer < keys.Length; viewer++) keys[viewer] = chance.For(upload.Video).For(viewer).Bits();
        Array.Sort(keys, _points);
    }

    public Upload Upload { get; }

    public EvidenceTotals Seen { get; private set; }

    /// <summary>Viewers whom it may be shown to in all.</summary>
    public int Audience => _points.Length;

    public bool IsExhausted => Seen.Impressions == _points.Length;

    /// <summary>Shows it to the next viewers, as far as there are any.</summary>
    public void Ask(int viewers)
    {
        for (var left = Math.Min(viewers, _points.Length - Seen.Impressions); left > 0; left--)
        {
            var points = _points[Seen.Impressions];
            Seen += new EvidenceTotals(1, 1, points, points * points, points * points * points);
        }
    }
}
