namespace Groundswell.Core.Signals.Qualification;

/// <summary>A switch for each rule that keeps a signal from counting; all are on, since each closes a way that was tried against it.</summary>
/// <param name="NotServed">A signal without a slot of this server counts nothing.</param>
/// <param name="ForeignSlot">Nor does one with another viewer's or video's slot,</param>
/// <param name="OwnView">one of the video's creator,</param>
/// <param name="TooLate">one that arrives too late,</param>
/// <param name="Replayed">one that happened too long after its slot was served,</param>
/// <param name="Background">one from a page that was not visible,</param>
/// <param name="ImpossibleSpeed">more play than the clock allows,</param>
/// <param name="Overlapping">play beside another video's,</param>
/// <param name="Burst">one of a burst from one network,</param>
/// <param name="FreshDevices">one of too many new devices of a network,</param>
/// <param name="HardlyWatched">and an act on what was hardly watched is held back.</param>
public sealed record QualificationChecks(
    bool NotServed = true,
    bool ForeignSlot = true,
    bool OwnView = true,
    bool TooLate = true,
    bool Replayed = true,
    bool Background = true,
    bool ImpossibleSpeed = true,
    bool Overlapping = true,
    bool Burst = true,
    bool FreshDevices = true,
    bool HardlyWatched = true)
{
    public static QualificationChecks None { get; } = new(false, false, false, false, false, false, false, false, false, false, false);

    /// <summary>Whether a reason is judged at all. What has no switch is no judgement but arithmetic: one view earns each action once.</summary>
    public bool IsOn(Disqualification reason) => reason switch
    {
        Disqualification.NotServed => NotServed,
        Disqualification.ForeignSlot => ForeignSlot,
        Disqualification.OwnView => OwnView,
        Disqualification.TooLate => TooLate,
        Disqualification.Replayed => Replayed,
        Disqualification.Background => Background,
        Disqualification.ImpossibleSpeed => ImpossibleSpeed,
        Disqualification.Overlapping => Overlapping,
        Disqualification.Burst => Burst,
        Disqualification.FreshDevices => FreshDevices,
        Disqualification.HardlyWatched => HardlyWatched,
        _ => true,
    };

    /// <summary>All that are on but one.</summary>
    public QualificationChecks Without(Disqualification reason) => reason switch
    {
        Disqualification.NotServed => this with { NotServed = false },
        Disqualification.ForeignSlot => this with { ForeignSlot = false },
        Disqualification.OwnView => this with { OwnView = false },
        Disqualification.TooLate => this with { TooLate = false },
        Disqualification.Replayed => this with { Replayed = false },
        Disqualification.Background => this with { Background = false },
        Disqualification.ImpossibleSpeed => this with { ImpossibleSpeed = false },
        Disqualification.Overlapping => this with { Overlapping = false },
        Disqualification.Burst => this with { Burst = false },
        Disqualification.FreshDevices => this with { FreshDevices = false },
        Disqualification.HardlyWatched => this with { HardlyWatched = false },
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "It has no switch."),
    };
}
