namespace Groundswell.Core.Signals;

/// <summary>Why a signal was kept but counts nothing.</summary>
public enum Disqualification
{
    /// <summary>No slot this engine served stands behind it.</summary>
    NotServed,

    /// <summary>The slot was served to another viewer, or for another video.</summary>
    ForeignSlot,

    /// <summary>The creator watched their own video.</summary>
    OwnView,

    /// <summary>More play time reported than has passed since the slot was served.</summary>
    ImpossibleSpeed,

    /// <summary>The page was not visible.</summary>
    Background,

    /// <summary>Many devices of one network on one video within a short time.</summary>
    Burst,

    /// <summary>It arrived later than the engine still counts.</summary>
    TooLate,

    /// <summary>Re-watching or acting again beyond what one view can earn.</summary>
    Redundant,
}

public static class DisqualificationText
{
    public static string For(Disqualification reason) => reason switch
    {
        Disqualification.NotServed => "It does not answer a slot that this engine served.",
        Disqualification.ForeignSlot => "The slot was served to another viewer or for another video.",
        Disqualification.OwnView => "A creator's views of their own video earn nothing.",
        Disqualification.ImpossibleSpeed => "It reports more play time than has passed since the video was served.",
        Disqualification.Background => "The page was not visible.",
        Disqualification.Burst => "Too many devices of one network reacted to this video at once.",
        Disqualification.TooLate => "It arrived too late to count.",
        Disqualification.Redundant => "One view earns each action once; more of the same earns nothing.",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };
}
