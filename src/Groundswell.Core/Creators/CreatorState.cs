using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Groundswell.Core.Audience;
using Groundswell.Core.Ledger;
using Groundswell.Core.Videos;

namespace Groundswell.Core.Creators;

/// <summary>What the first verdict on one of a creator's videos was.</summary>
public readonly record struct FirstVerdict(VideoId Video, double Score, double Gate, DateTimeOffset At);

/// <summary>How many of a creator's first videos have had a verdict: none, some, or all of them. Who has not all is a novice.</summary>
public enum CreatorRecord { None, Some, Full }

/// <summary>What is known of a creator: their pace, their studio sessions and the verdicts on their first videos.</summary>
/// <param name="Verdicts">Verdicts on the first five videos, in order.</param>
/// <param name="MeanPauseHours">Running mean of the hours between uploads.</param>
/// <param name="MeanSessionMinutes">Running mean of the minutes of closed studio sessions.</param>
/// <param name="LastSessionMinutes">Length of the last closed studio session.</param>
public sealed record CreatorState(
    CreatorId Id,
    string Name,
    int Uploads,
    DateTimeOffset? LastUploadAt,
    double MeanPauseHours,
    ImmutableArray<FirstVerdict> Verdicts,
    int Followers,
    DateTimeOffset? SessionFrom,
    DateTimeOffset? LastSeenAt,
    int Sessions,
    double MeanSessionMinutes,
    double LastSessionMinutes)
{
    /// <summary>Studio visits further apart than this are two sessions.</summary>
    public static readonly TimeSpan SessionGap = TimeSpan.FromMinutes(30);

    /// <summary>Authority comes from so many first videos.</summary>
    public const int FirstVideos = 5;

    public static CreatorState New(CreatorId id, string name) => new(id, name, 0, null, 0, [], 0, null, null, 0, 0, 0);

    public CreatorState Fold(LedgerEntry entry) => entry switch
    {
        VideoUploaded uploaded => Seen(uploaded.At).Upload(uploaded.At) with { Name = uploaded.CreatorName },
        CreatorSeen seen => Seen(seen.At) with { Name = seen.Name },
        VideoMoved { From: VideoStage.Testing } moved => Verdict(moved),
        SignalRecorded { Disqualified: null, Type: Signals.SignalType.Follow } => this with { Followers = Followers + 1 },
        SignalRecorded { Disqualified: null, Type: Signals.SignalType.Unfollow } => this with { Followers = Math.Max(0, Followers - 1) },
        _ => this,
    };

    /// <summary>Longer without an upload than is usual for them.</summary>
    public bool IsQuiet(RevivalRules rules, DateTimeOffset now)
    {
        if (LastUploadAt is not { } last) return false;
        var usual = TimeSpan.FromHours(MeanPauseHours * rules.QuietFactor);
        return now - last > (usual > rules.QuietLeast ? usual : rules.QuietLeast);
    }

    /// <summary>Their last studio session was much shorter than usual for them.</summary>
    public bool LeavesEarly(RevivalRules rules) =>
        Sessions >= rules.EarlyLeastSessions && LastSessionMinutes < rules.EarlyShare * MeanSessionMinutes;

    [JsonIgnore] public CreatorRecord Record => Verdicts.Length switch { 0 => CreatorRecord.None, < FirstVideos => CreatorRecord.Some, _ => CreatorRecord.Full };

    private CreatorState Upload(DateTimeOffset at)
    {
        var pause = LastUploadAt is { } last ? Math.Max(0, (at - last).TotalHours) : 0;
        return this with
        {
            Uploads = Uploads + 1,
            LastUploadAt = at,
            MeanPauseHours = Uploads == 0 ? 0 : MeanPauseHours + ((pause - MeanPauseHours) / Uploads),
        };
    }

    private CreatorState Seen(DateTimeOffset at)
    {
        if (SessionFrom is not { } from || LastSeenAt is not { } last) return this with { SessionFrom = at, LastSeenAt = at };
        if (at - last <= SessionGap) return this with { LastSeenAt = at > last ? at : last };
        var minutes = (last - from).TotalMinutes;
        return this with
        {
            SessionFrom = at,
            LastSeenAt = at,
            Sessions = Sessions + 1,
            MeanSessionMinutes = MeanSessionMinutes + ((minutes - MeanSessionMinutes) / (Sessions + 1)),
            LastSessionMinutes = minutes,
        };
    }

    private CreatorState Verdict(VideoMoved moved)
    {
        if (Verdicts.Length >= FirstVideos || Verdicts.Any(verdict => verdict.Video == moved.Video)) return this;
        return moved.Reason.Numbers.TryGetValue("score", out var score) && moved.Reason.Numbers.TryGetValue("gate", out var gate)
            ? this with { Verdicts = Verdicts.Add(new FirstVerdict(moved.Video, score, gate, moved.At)) }
            : this;
    }
}
