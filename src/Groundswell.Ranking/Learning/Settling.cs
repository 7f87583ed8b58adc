namespace Groundswell.Ranking.Learning;

/// <summary>
/// When what was learned of a viewer counts. Whoever has just watched to the end does not watch the next video to the end
/// because of it: within a sitting, a viewer's level is mostly the luck of what came first, and values that follow it say less
/// of which video is better. So plays of a sitting count in part until the viewer has rested.
/// </summary>
/// <param name="Minutes">Rest after which everything counts; 0 for at once.</param>
/// <param name="Sitting">Share that counts until then.</param>
internal readonly record struct Settling(int Minutes, float Sitting)
{
    public bool AtOnce => Minutes == 0;

    public bool IsOver(int restedMinutes) => restedMinutes >= Minutes;

    /// <summary>What part counts of what waits.</summary>
    public float Share(int restedMinutes) => IsOver(restedMinutes) ? 1 : Sitting;
}
