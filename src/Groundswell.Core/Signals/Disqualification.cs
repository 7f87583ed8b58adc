namespace Groundswell.Core.Signals;

/// <summary>Why a signal was kept but counts nothing. Each has its rule, in a file of that name in the folder Qualification.</summary>
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

    /// <summary>A slot token used long after its page was served.</summary>
    Replayed,

    /// <summary>The viewer was watching another video in the same seconds.</summary>
    Overlapping,

    /// <summary>One of many newly made devices of one network.</summary>
    FreshDevices,

    /// <summary>An act on a view that is hardly watched: held back until it is.</summary>
    HardlyWatched,

    /// <summary>A comment that was taken back before it arrived.</summary>
    TakenBack,
}
