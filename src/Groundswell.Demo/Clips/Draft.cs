using System.Collections.Immutable;

namespace Groundswell.Demo.Clips;

/// <summary>
/// A clip before it has a creator: what a genre's file lists. Hashtags are written in the caption.
/// </summary>
internal sealed record Draft(string Name, double Seconds, string Caption, string SoundTitle, string Picture, string Sound)
{
    public ImmutableArray<Still> Stills { get; init; } = [];

    public ImmutableArray<string> Hashtags =>
        [.. Caption.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word[0] == '#').Select(word => word[1..].TrimEnd('.', ',', '!', '?'))];

    public Scene Scene => new(Picture, Sound, Stills);
}
