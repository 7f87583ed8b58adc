namespace Groundswell.Core.Viewers;

/// <summary>The age that a viewer says they have, as far as anything depends on it.</summary>
public enum AgeClass { Teen, Adult }

/// <summary>What holds for viewers who say that they are under 18. It can be made stricter at will; made weaker, the server warns of it and those viewers are told.</summary>
/// <param name="Profiled">Whether their feed is personalised before they switch that on themselves: it is not, as DESIGN fixes it.</param>
/// <param name="PauseAfter">A pause is offered after every so long a stretch of one session: 60 minutes, as DESIGN fixes it.</param>
public sealed record TeenRules(bool Profiled, TimeSpan PauseAfter)
{
    public static TeenRules Default { get; } = new(false, TimeSpan.FromMinutes(60));

    public bool AreWeakened => Profiled || PauseAfter > Default.PauseAfter;

    /// <summary>How long until the next pause is to be offered.</summary>
    /// <param name="session">How long the session has lasted; below zero where a device's clock is ahead, and then it has just begun.</param>
    public TimeSpan PauseIn(TimeSpan session) => PauseAfter - TimeSpan.FromTicks(Math.Max(0, session.Ticks) % PauseAfter.Ticks);
}
