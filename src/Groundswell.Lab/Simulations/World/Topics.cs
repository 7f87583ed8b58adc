using Groundswell.Core.Chances;

namespace Groundswell.Lab.Simulations.World;

/// <summary>Topics of the day: one begins every few hours, is on everybody's mind at once, and is forgotten within days.</summary>
internal static class Topics
{
    private static readonly TimeSpan Between = TimeSpan.FromHours(8);
    private static readonly TimeSpan Fades = TimeSpan.FromHours(30);

    /// <summary>Appeal that a topic adds at its height. A judgement: half of what taste does.</summary>
    private const double Lift = 0.2;

    /// <summary>Share of uploads that take up a topic of the day.</summary>
    private const double Followers = 0.3;

    private const int Recent = 4;

    /// <summary>The topic that an upload takes up; null for none. The newer, the likelier.</summary>
    public static int? Drawn(DateTimeOffset at, Chance chance)
    {
        if (!chance.For(1).Hits(Followers)) return null;
        var newest = (int)((at - Start.Of) / Between);
        var back = (int)chance.For(2).Exponential(1.2);
        return newest - Math.Min(Math.Min(back, Recent), newest);
    }

    public static double Appeal(int? topic, DateTimeOffset now) =>
        topic is { } number ? Lift * Math.Exp(-Math.Max(0, (now - Start.Of - (number * Between)) / Fades)) : 0;

    public static string Tag(int topic) => $"topic{topic}";
}
