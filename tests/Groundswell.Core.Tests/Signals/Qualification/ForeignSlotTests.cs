using Groundswell.Core.Signals;
using Groundswell.Core.Tests.Fixtures;

namespace Groundswell.Core.Tests.Signals.Qualification;

public class ForeignSlotTests
{
    [Theory]
    [InlineData(9, 0, true)]
    [InlineData(0, 9, true)]
    [InlineData(0, 0, false)]
    public void Catches_ASlotOfAnotherViewerOrVideo(int otherViewer, int otherVideo, bool caught)
    {
        var watching = new Watching();
        var signal = watching.Full();
        var slot = signal.Slot! with { Viewer = Given.Viewer(otherViewer), Video = new VideoId(Given.Clip.Value + otherVideo) };

        watching.Send(signal with { Slot = slot }).Disqualified.ShouldBe(caught ? Disqualification.ForeignSlot : null);
    }
}
