namespace Groundswell.Media.Fingerprints;

/// <summary>The part of a video inside its uniform borders (letterbox, pillarbox), in pixels.</summary>
internal readonly record struct PictureArea(int Left, int Top, int Width, int Height)
{
    /// <summary>Largest share of a side that borders may take together; beyond it the "border" is the picture.</summary>
    private const float LargestBorder = 0.8f;

    /// <summary>Largest deviation of luma along a border line: coding noise, not detail.</summary>
    private const float Uniform = 0.02f;

    /// <summary>
    /// Finds the borders that every frame shares: from both edges inwards as far as both have lines of one luma, since bars
    /// are added on both sides alike, while a pale wall on one side is picture. A video that is nothing but border comes
    /// back whole.
    /// </summary>
    public static PictureArea Find(IReadOnlyList<float[]> lumas, int width, int height)
    {
        bool IsBorderRow(int y) => lumas.All(luma => Deviation(luma, y * width, 1, width) < Uniform);
        bool IsBorderColumn(int x) => lumas.All(luma => Deviation(luma, x, width, height) < Uniform);
        var (top, rows) = Inside(height, IsBorderRow);
        var (left, columns) = Inside(width, IsBorderColumn);
        return new PictureArea(left, top, columns, rows);
    }

    /// <summary>A border is cut one line further in, since scaling blends its last line with the picture.</summary>
    private static (int Start, int Length) Inside(int length, Func<int, bool> isBorder)
    {
        var border = 0;
        while (2 * border < LargestBorder * length && isBorder(border) && isBorder(length - 1 - border)) border++;
        if (border == 0 || 2 * border >= LargestBorder * length) return (0, length);
        border++;
        return (border, length - 2 * border);
    }

    private static double Deviation(float[] luma, int start, int step, int count)
    {
        double sum = 0, squares = 0;
        for (var i = 0; i < count; i++)
        {
            var value = luma[start + i * step];
            sum += value;
            squares += value * value;
        }
        var mean = sum / count;
        return Math.Sqrt(Math.Max(0, squares / count - mean * mean));
    }
}
