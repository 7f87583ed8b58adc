using System.Collections.Concurrent;
using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Core.Experiments;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Media.Analysis;

namespace Groundswell.Cluster;

/// <summary>
/// Rules of one version, the experiments that vary them, and whatever judges by them. They may change while the engine runs:
/// whoever decides something takes this once and decides all of it by the same rules.
/// </summary>
public sealed class RulesInForce(Rules rules, ImmutableArray<Experiment> experiments, Chance chance)
{
    private readonly ArmRules _ofViewers = new(rules, [.. experiments.Where(experiment => experiment.Plan.Unit == ExperimentUnit.Viewer)], chance);
    private readonly ArmRules _ofVideos = new(rules, [.. experiments.Where(experiment => experiment.Plan.Unit == ExperimentUnit.Video)], chance);
    private readonly ConcurrentDictionary<Rules, VideoJudge> _judges = new(ReferenceEqualityComparer.Instance);

    public Rules Rules { get; } = rules;
    public string Version { get; } = rules.Version;

    /// <summary>Those that have not ended.</summary>
    public ImmutableArray<Experiment> Experiments { get; } = experiments;
    public SignalJudge Signals { get; } = new(rules);
    public BlockedTerms BlockedTerms { get; } = new(rules.Review.BlockedTerms);

    /// <summary>The rules that a viewer's pages are made by.</summary>
    public UnitRules Of(ViewerId viewer, DateTimeOffset now) => _ofViewers.Of(viewer.Value, now);

    /// <summary>The rules that a video is judged by: experiments take in what is uploaded while they run.</summary>
    public UnitRules Of(VideoState video, DateTimeOffset now) => _ofVideos.Of(video.Id.Value, now, video.UploadedAt);

    /// <summary>Judges by some arm's rules, and signs with the version that they are over.</summary>
    public VideoJudge JudgeBy(Rules arm) => _judges.GetOrAdd(arm, static (arm, own) => new VideoJudge(arm, own.Chance, own.Version), (Chance: chance, Version));

    public VideoJudge JudgeOf(VideoState video, DateTimeOffset now) => JudgeBy(Of(video, now).Rules);
}
