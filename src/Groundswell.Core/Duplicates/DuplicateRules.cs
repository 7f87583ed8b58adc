namespace Groundswell.Core.Duplicates;

public sealed record DuplicateRules(int MaxDistance, double MinMatchedShare, int MinInformativeFrames)
{
    public static DuplicateRules Default { get; } = new(10, 0.75, 3);
}
