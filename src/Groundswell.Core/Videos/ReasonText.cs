using System.Globalization;

namespace Groundswell.Core.Videos;

/// <summary>Every reason as a sentence for the creator, with the numbers that decided.</summary>
public static class ReasonText
{
    /// <param name="niche">Among whom it goes on after that step, in words; null where among everybody, or nobody.</param>
    public static string For(Reason reason, string? niche = null) => reason.Code switch
    {
        ReasonCode.Received => "The upload arrived whole and is being prepared.",
        ReasonCode.MediaReady => $"The clip was converted for streaming and analysed ({N(reason, "seconds")} s, {N(reason, "width", "0")} × {N(reason, "height", "0")}).",
        ReasonCode.MediaRefused => $"The file cannot be shown: {Note(reason)}",
        ReasonCode.MachinePassed => "The machine review found nothing that a person must look at.",
        ReasonCode.MachineUnsure => $"The machine review was unsure, so a person will decide: {Note(reason)}",
        ReasonCode.MachineRejected => $"The machine review rejected it: {Note(reason)} You can appeal to a person.",
        ReasonCode.PersonApproved => WithNote("A reviewer approved it.", reason),
        ReasonCode.PersonRejected => WithNote("A reviewer rejected it.", reason),
        ReasonCode.Appealed => WithNote("You appealed; a reviewer will look at it.", reason),
        ReasonCode.NoDuplicate => "It is no duplicate of an earlier video; its test batch begins.",
        ReasonCode.DuplicateFound =>
            $"It shows the same pictures as an earlier video ({Percent(reason, "matched")} of its frames match), so it is held. You can appeal.",
        ReasonCode.GateCleared =>
            $"Its test audience liked it: {Score(reason)}, and the chance that it is better than its peers ({Points(reason, "gate")}) is {Percent(reason, "probability")}. It widens.",
        ReasonCode.GateMissed =>
            $"Its test audience passed it by: {Score(reason)}, and the chance that it beats its peers ({Points(reason, "gate")}) is only {Percent(reason, "probability")}. It is paused.",
        ReasonCode.BatchEndedAbove => $"The longest test left it open, with {Score(reason)} just above its peers ({Points(reason, "gate")}). It widens.",
        ReasonCode.BatchEndedBelow => $"The longest test left it open, with {Score(reason)} not above its peers ({Points(reason, "gate")}). It is paused.",
        ReasonCode.NicheSought =>
            $"It stops for most viewers: {Score(reason)} against a gate of {Points(reason, "gate")}. Its test goes on among {niche ?? "those who liked it best"}.",
        ReasonCode.NicheFound =>
            $"It stops for most viewers and goes on among {niche ?? "those who want it"}: {Score(reason)} there, and the chance that it is better than its peers ({Points(reason, "gate")}) is {Percent(reason, "probability")}.",
        ReasonCode.NicheMissed =>
            $"Those who had liked it best did not want it clearly enough: {Score(reason)} among them, and the chance that it beats its peers ({Points(reason, "gate")}) is {Percent(reason, "probability")}. It is paused.",
        ReasonCode.NicheGone => "The viewers it went on among are no longer a group: tastes were grouped anew. It is paused.",
        ReasonCode.WaveCleared when niche is not null =>
            $"The wave among {niche} held up: {Score(reason)} against a gate of {Points(reason, "gate")}. It goes on to more of them.",
        ReasonCode.WaveCleared => $"The wave held up: {Score(reason)} against a gate of {Points(reason, "gate")}. It goes on to a wider audience.",
        ReasonCode.WaveMissed => $"The wider audience did not take to it: {Score(reason)} against a gate of {Points(reason, "gate")}. It is paused.",
        ReasonCode.CooledDown => $"After {N(reason, "days", "0")} days and {N(reason, "views", "0")} views it has cooled down; it stays in your profile and for followers.",
        ReasonCode.CreatorQuiet or ReasonCode.CreatorLeavingEarly or ReasonCode.TrendRising => $"{Trigger(reason.Code, reason)}, so it gets another test audience.",
        ReasonCode.RevivalHeldOut when reason.Trigger is { } trigger =>
            $"{Trigger(trigger, reason)}, so it was due for another test, but your videos are for now in the comparison group that tells whether such tests help.",
        ReasonCode.RevivalHeldOut => "It was due for another test but is in the comparison group that tells whether such tests help.",
        ReasonCode.Reported => $"Viewers reported it ({N(reason, "reports", "0")}); a reviewer will look at it.",
        ReasonCode.DeletedByCreator => "You deleted it.",
        ReasonCode.DeletedByOperator => WithNote("The operator removed it.", reason),
        ReasonCode.Boosted => WithNote($"The operator promotes it in up to {N(reason, "slots", "0")} places, for {N(reason, "hours", "0")} hours. Those views are no part of its score.", reason),
        ReasonCode.BoostEnded => WithNote($"The operator ended the promotion after {N(reason, "served", "0")} places.", reason),
        ReasonCode.ForAdultsOnly => WithNote("A reviewer marked it as for adults only: viewers who do not say that they are 18 or older are not shown it.", reason),
        ReasonCode.ForEveryAge => WithNote("A reviewer marked it as for every age.", reason),
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason.Code, null),
    };

    private static string Trigger(ReasonCode trigger, Reason reason) => trigger switch
    {
        ReasonCode.CreatorQuiet => "You have been quiet for longer than usual",
        ReasonCode.CreatorLeavingEarly => "Your last visit was shorter than usual",
        _ => $"What it is about is rising{(reason.Note is { } topic ? $" ({topic})" : "")}",
    };

    private static string Score(Reason reason) => $"{Points(reason, "score")} points a view over {N(reason, "views", "0")} views";

    private static string Points(Reason reason, string name) => N(reason, name, "0.00");

    private static string N(Reason reason, string name, string format = "0.0") =>
        reason.Numbers.TryGetValue(name, out var value) ? value.ToString(format, CultureInfo.InvariantCulture) : "?";

    private static string Percent(Reason reason, string name) =>
        reason.Numbers.TryGetValue(name, out var value) ? value.ToString("0 %", CultureInfo.InvariantCulture) : "?";

    private static string Note(Reason reason) => reason.Note ?? "no detail was recorded.";

    private static string WithNote(string sentence, Reason reason) => reason.Note is { Length: > 0 } note ? $"{sentence} “{note}”" : sentence;
}
