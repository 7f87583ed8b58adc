using System.Text.Json.Serialization;

namespace Groundswell.Core.Audience;

/// <summary>
/// What views say of how much groups of like taste differ about one video: the analysis of variance with groups of unequal
/// size (Searle, Casella and McCulloch, Variance Components, 1992, 3.6), kept as two sums, so that videos add up. Each video
/// is held against its own noise, since the noise of a view grows with its points.
/// </summary>
/// <param name="Excess">Mean square between groups less that within, by the degrees of freedom within: points².</param>
/// <param name="Weight">Views of a group of the usual size, by the same.</param>
public readonly record struct TasteSpread(double Excess, double Weight)
{
    /// <summary>Variance between groups, their noise taken off: points². 0 where they differ no more than chance would have it.</summary>
    [JsonIgnore] public double Variance => Weight <= 0 ? 0 : Math.Max(0, Excess / Weight);

    /// <param name="groups">One video's views, group by group; those of too few views to tell noise from difference say nothing.</param>
    public static TasteSpread Of(IEnumerable<EvidenceTotals> groups)
    {
        var (count, all, squaredSizes, ofMeans) = (0, default(EvidenceTotals), 0.0, 0.0);
        foreach (var group in groups)
        {
            if (group.Views <= 0) continue;
            count++;
            all += group;
            squaredSizes += (double)group.Views * group.Views;
            ofMeans += group.Points * group.MeanPoints;
        }
        if (count < 2 || all.Views <= count) return default;
        var between = (ofMeans - (all.Points * all.MeanPoints)) / (count - 1);
        var usualSize = (all.Views - (squaredSizes / all.Views)) / (count - 1);
        var within = all.SquaredPoints - ofMeans;
        var freedom = all.Views - count;
        return new TasteSpread((freedom * between) - within, freedom * usualSize);
    }

    public static TasteSpread operator +(TasteSpread left, TasteSpread right) => new(left.Excess + right.Excess, left.Weight + right.Weight);
}
