using Groundswell.Core.Review;
using Groundswell.Core.Tests.Fixtures;
using Groundswell.Core.Videos;

namespace Groundswell.Core.Tests.Review;

public class MachineReviewTests
{
    private static readonly ContentAnalysis Plain = Given.Analysis(0);
    private static readonly AudioFeatures Silent = Plain.Audio! with { SilenceShare = 1, LoudnessLufs = -70 };

    private static readonly Dictionary<string, (ContentAnalysis Analysis, ReviewOutcome Outcome, FlagCode[] Flags)> Table = new()
    {
        ["nothing"] = (Plain, ReviewOutcome.Pass, []),
        ["three flashes"] = (Seen(visual => visual with { FlashesPerSecond = 3 }), ReviewOutcome.Pass, []),
        ["more flashes"] = (Seen(visual => visual with { FlashesPerSecond = 3.5f }), ReviewOutcome.Unsure, [FlagCode.Flashing]),
        ["a storm of flashes is still a person's to judge"] = (Seen(visual => visual with { FlashesPerSecond = 30 }), ReviewOutcome.Unsure, [FlagCode.Flashing]),
        ["nearly black with sound"] = (Seen(visual => visual with { BlackShare = 0.95f }), ReviewOutcome.Unsure, [FlagCode.NearlyBlack]),
        ["black and silent"] = (Seen(visual => visual with { BlackShare = 0.95f }) with { Audio = Silent }, ReviewOutcome.Reject, [FlagCode.NearlyBlack]),
        ["black without a sound track"] = (Seen(visual => visual with { BlackShare = 0.95f }) with { Audio = null }, ReviewOutcome.Reject, [FlagCode.NearlyBlack]),
        ["half black"] = (Seen(visual => visual with { BlackShare = 0.5f }), ReviewOutcome.Pass, []),
        ["a still with sound"] = (Seen(visual => visual with { FrozenShare = 1 }), ReviewOutcome.Pass, []),
        ["a silent still"] = (Seen(visual => visual with { FrozenShare = 1 }) with { Audio = Silent }, ReviewOutcome.Unsure, [FlagCode.Frozen]),
        ["too loud"] = (Plain with { Audio = Plain.Audio! with { LoudnessLufs = -4.9f } }, ReviewOutcome.Unsure, [FlagCode.TooLoud]),
        ["as loud as may be"] = (Plain with { Audio = Plain.Audio! with { LoudnessLufs = -5 } }, ReviewOutcome.Pass, []),
        ["a blocked term"] = (Plain with { Text = new TextFeatures(["scam"], [], ["scam"]) }, ReviewOutcome.Unsure, [FlagCode.BlockedTerm]),
        ["two at once"] = (Seen(visual => visual with { FlashesPerSecond = 9 }) with { Text = new TextFeatures([], [], ["scam"]) }, ReviewOutcome.Unsure, [FlagCode.Flashing, FlagCode.BlockedTerm]),
    };

    public static TheoryData<string> Cases => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Judge_FlagsWhatItMeasuresAndRejectsOnlyWhatIsCertain(string what)
    {
        var (analysis, outcome, flags) = Table[what];

        var verdict = MachineReview.Judge(analysis, ReviewRules.Default);

        verdict.Outcome.ShouldBe(outcome);
        verdict.Flags.Select(flag => flag.Code).ShouldBe(flags);
        verdict.Flags.ShouldAllBe(flag => flag.Confidence > 0 && flag.Confidence <= 1 && flag.Measured.Count > 0 && verdict.Note.Contains(flag.Text));
    }

    private static ContentAnalysis Seen(Func<VisualFeatures, VisualFeatures> change) => Plain with { Visual = change(Plain.Visual) };
}
