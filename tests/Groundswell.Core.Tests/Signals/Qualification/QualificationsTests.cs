using Groundswell.Core.Signals;
using Groundswell.Core.Signals.Qualification;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Signals.Qualification;

public class QualificationsTests
{
    public static TheoryData<Disqualification> Switched => [.. Qualifications.Rules.Select(rule => rule.Reason).Where(reason => !QualificationChecks.None.IsOn(reason))];

    [Fact]
    public void Sentence_SaysEveryReason() =>
        Enum.GetValues<Disqualification>().Select(Qualifications.Sentence).Distinct().Count().ShouldBe(Enum.GetValues<Disqualification>().Length);

    [Fact]
    public void Rules_NameEachReasonOnce() => Qualifications.Rules.Select(rule => rule.Reason).ShouldBeUnique();

    [Fact]
    public void Checks_CoverEveryRuleThatJudges()
    {
        var all = new QualificationChecks();
        foreach (var reason in Enum.GetValues<Disqualification>().Where(reason => !QualificationChecks.None.IsOn(reason)))
        {
            all.IsOn(reason).ShouldBeTrue();
            all.Without(reason).IsOn(reason).ShouldBeFalse();
            Enum.GetValues<Disqualification>().Count(other => all.Without(reason).IsOn(other) != all.IsOn(other)).ShouldBe(1);
        }
        Should.Throw<ArgumentOutOfRangeException>(() => all.Without(Disqualification.Redundant));
    }

    /// <summary>What each rule catches counts once its switch is off.</summary>
    [Theory]
    [MemberData(nameof(Switched))]
    public void Judge_AsksNoRuleThatIsOff(Disqualification reason)
    {
        Sent(reason, new QualificationChecks()).ShouldBe(reason);
        Sent(reason, new QualificationChecks().Without(reason)).ShouldBeNull();
        Sent(reason, QualificationChecks.None).ShouldBeNull();
    }

    private static Disqualification? Sent(Disqualification reason, QualificationChecks checks)
    {
        var watching = new Watching(rules: Given.Rules with { Qualification = QualificationRules.Default with { Checks = checks } });
        if (reason == Disqualification.OwnView) watching.Viewer.Anticipate(new Core.Ledger.DeviceSignedIn(Given.Now, watching.Viewer.Id, Given.Creator), Given.Rules.Taste);
        if (reason == Disqualification.Overlapping) watching.Viewer.Watched.Add(new VideoId(9), watching.At, TimeSpan.FromSeconds(30));
        var signal = watching.Full();
        return watching.Send(reason switch
        {
            Disqualification.NotServed => signal with { Slot = null },
            Disqualification.ForeignSlot => signal with { Slot = signal.Slot! with { Viewer = Given.Viewer(9) } },
            Disqualification.TooLate => signal with { ReceivedAt = signal.EventTime.AddHours(25) },
            Disqualification.Replayed => signal with { Slot = signal.Slot! with { ServedAt = signal.EventTime.AddHours(-25) } },
            Disqualification.Background => signal with { InBackground = true },
            Disqualification.ImpossibleSpeed => signal with { ReceivedAt = signal.Slot!.ServedAt, EventTime = signal.Slot.ServedAt },
            Disqualification.Burst => signal with { InBurst = true },
            Disqualification.FreshDevices => signal with { InFreshCrowd = true },
            _ => signal,
        }).Disqualified;
    }
}
