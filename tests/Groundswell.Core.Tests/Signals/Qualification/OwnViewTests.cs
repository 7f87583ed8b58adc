using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Signals.Qualification;

public class OwnViewTests
{
    [Fact]
    public void Catches_TheCreatorOnEveryDeviceTheyEverSignedInOn()
    {
        var watching = new Watching();
        watching.Send(SignalType.Impression).Disqualified.ShouldBeNull();
        watching.Viewer.Anticipate(new DeviceSignedIn(Given.Now, watching.Viewer.Id, Given.Creator), Given.Rules.Taste);
        watching.Viewer.Anticipate(new DeviceSignedIn(Given.Now, watching.Viewer.Id, new CreatorId(8)), Given.Rules.Taste);

        watching.Send(watching.Full()).Disqualified.ShouldBe(Disqualification.OwnView);
    }

    [Fact]
    public void Catches_NoOtherCreator()
    {
        var watching = new Watching();
        watching.Viewer.Anticipate(new DeviceSignedIn(Given.Now, watching.Viewer.Id, new CreatorId(8)), Given.Rules.Taste);

        watching.Send(watching.Full()).Disqualified.ShouldBeNull();
    }
}
