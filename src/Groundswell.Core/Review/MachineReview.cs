using System.Collections.Immutable;
using Groundswell.Core.Videos;

namespace Groundswell.Core.Review;

/// <summary>What the machine may find.</summary>
public enum FlagCode { Flashing, NearlyBlack, Frozen, TooLoud, BlockedTerm }

/// <param name="Confidence">How sure the machine is that this breaks the rules, in [0, 1].</param>
/// <param name="Measured">What was measured, by name.</param>
public sealed record ReviewFlag(FlagCode Code, double Confidence, string Text, ImmutableSortedDictionary<string, double> Measured);

/// <summary>Bounds of the machine review.</summary>
/// <param name="FlashesPerSecond">More flashes in one second than this are unsafe (WCAG 2.3.1: three).</param>
/// <param name="BlackShare">A video black for longer than this share has nothing to show.</param>
/// <param name="FrozenShare">A silent video frozen for longer than this share is a picture, not a video.</param>
/// <param name="LoudnessLufs">Louder than this hurts (EBU R 128 aims at −23, phones play −14; digital full scale is near 0).</param>
/// <param name="BlockedTerms">Words and hashtags, lower case, that a person must look at.</param>
/// <param name="RejectAt">A flag with this confidence is rejected without a person.</param>
public sealed record ReviewRules(
    double FlashesPerSecond,
    double BlackShare,
    double FrozenShare,
    double LoudnessLufs,
    ImmutableArray<string> BlockedTerms,
    double RejectAt)
{
    public static ReviewRules Default { get; } = new(3, 0.9, 0.95, -5, ["scam", "onlyfans", "getrichquick", "killyourself", "suicide"], 0.99);
}

public enum ReviewOutcome { Pass, Unsure, Reject }

public sealed record ReviewVerdict(ReviewOutcome Outcome, ImmutableArray<ReviewFlag> Flags)
{
    /// <summary>The flags' sentences as one note.</summary>
    public string Note => string.Join(' ', Flags.Select(flag => flag.Text));
}

/// <summary>The machine's review: what it can measure, it flags; what it flags, a person decides, unless it is certain.</summary>
public static class MachineReview
{
    public static ReviewVerdict Judge(ContentAnalysis analysis, ReviewRules rules)
    {
        ImmutableArray<ReviewFlag> flags =
        [
            .. new[]
            {
                Flashing(analysis.Visual, rules), NearlyBlack(analysis, rules), Frozen(analysis, rules), TooLoud(analysis.Audio, rules),
                BlockedTerm(analysis.Text),
            }.OfType<ReviewFlag>(),
        ];
        if (flags.IsEmpty) return new ReviewVerdict(ReviewOutcome.Pass, flags);
        return new ReviewVerdict(flags.Any(flag => flag.Confidence >= rules.RejectAt) ? ReviewOutcome.Reject : ReviewOutcome.Unsure, flags);
    }

    private static ReviewFlag? Flashing(VisualFeatures visual, ReviewRules rules) => visual.FlashesPerSecond <= rules.FlashesPerSecond
        ? null
        : Flag(
            FlagCode.Flashing, Math.Min(0.95, visual.FlashesPerSecond / (2 * rules.FlashesPerSecond)),
            $"It flashes up to {visual.FlashesPerSecond:0.#} times a second; more than {rules.FlashesPerSecond:0.#} can trigger seizures.",
            ("flashes_per_second", visual.FlashesPerSecond), ("bound", rules.FlashesPerSecond));

    private static ReviewFlag? NearlyBlack(ContentAnalysis analysis, ReviewRules rules)
    {
        if (analysis.Visual.BlackShare < rules.BlackShare) return null;
        var silent = IsSilent(analysis.Audio);
        return Flag(
            FlagCode.NearlyBlack, silent ? 1 : 0.6,
            $"The picture is black for {analysis.Visual.BlackShare:0 %} of its length{(silent ? " and there is no sound" : "")}.",
            ("black_share", analysis.Visual.BlackShare), ("bound", rules.BlackShare));
    }

    private static ReviewFlag? Frozen(ContentAnalysis analysis, ReviewRules rules) =>
        analysis.Visual.FrozenShare < rules.FrozenShare || !IsSilent(analysis.Audio)
            ? null
            : Flag(
                FlagCode.Frozen, 0.5, $"The picture stands still for {analysis.Visual.FrozenShare:0 %} of its length and there is no sound.",
                ("frozen_share", analysis.Visual.FrozenShare), ("bound", rules.FrozenShare));

    private static ReviewFlag? TooLoud(AudioFeatures? audio, ReviewRules rules) => audio is null || audio.LoudnessLufs <= rules.LoudnessLufs
        ? null
        : Flag(
            FlagCode.TooLoud, 0.5, $"The sound is at {audio.LoudnessLufs:0.#} LUFS; above {rules.LoudnessLufs:0.#} it hurts.",
            ("loudness_lufs", audio.LoudnessLufs), ("bound", rules.LoudnessLufs));

    private static ReviewFlag? BlockedTerm(TextFeatures text) => text.BlockedTerms.IsDefaultOrEmpty
        ? null
        : Flag(FlagCode.BlockedTerm, 0.7, $"The caption says “{string.Join("”, “", text.BlockedTerms)}”.", ("terms", text.BlockedTerms.Length));

    private static bool IsSilent(AudioFeatures? audio) => audio is null || audio.SilenceShare >= 0.98;

    private static ReviewFlag Flag(FlagCode code, double confidence, string text, params ReadOnlySpan<(string Name, double Value)> measured)
    {
        var numbers = ImmutableSortedDictionary.CreateBuilder<string, double>();
        foreach (var (name, value) in measured) numbers[name] = Math.Round(value, 3);
        return new ReviewFlag(code, confidence, text, numbers.ToImmutable());
    }
}
