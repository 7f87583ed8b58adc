namespace Groundswell.Lab.Simulations.World;

/// <summary>When every simulated world begins: a Monday, midnight.</summary>
internal static class Start
{
    public static DateTimeOffset Of { get; } = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
}
