using System.Collections.Immutable;

namespace Groundswell.Core.Videos;

/// <summary>Why a video moved. The sentence for each is in <see cref="ReasonText"/>.</summary>
public enum ReasonCode
{
    Received, MediaReady, MediaRefused,
    MachinePassed, MachineUnsure, MachineRejected,
    PersonApproved, PersonRejected, Appealed,
    NoDuplicate, DuplicateFound,
    GateCleared, GateMissed, BatchEndedAbove, BatchEndedBelow,
    WaveCleared, WaveMissed, CooledDown,
    NicheSought, NicheFound, NicheMissed, NicheGone,
    CreatorQuiet, CreatorLeavingEarly, TrendRising, RevivalHeldOut,
    Reported, DeletedByCreator, DeletedByOperator,
    Boosted, BoostEnded,
    ForAdultsOnly, ForEveryAge,
}

/// <summary>A typed reason with the numbers that decided, and a person's or the machine's own words where there are any.</summary>
public sealed record Reason(ReasonCode Code, ImmutableSortedDictionary<string, double> Numbers, string? Note = null, VideoId? Other = null)
{
    /// <summary>What a withheld revival was due for; null in entries from before that was kept.</summary>
    public ReasonCode? Trigger { get; init; }

    public static Reason Of(ReasonCode code, string? note = null, VideoId? other = null) =>
        new(code, ImmutableSortedDictionary<string, double>.Empty, note, other);

    public static Reason Of(ReasonCode code, params ReadOnlySpan<(string Name, double Value)> numbers)
    {
        var builder = ImmutableSortedDictionary.CreateBuilder<string, double>();
        foreach (var (name, value) in numbers) builder[name] = Math.Round(value, 4);
        return new Reason(code, builder.ToImmutable());
    }
}
