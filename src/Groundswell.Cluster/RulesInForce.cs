using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Core.Signals;
using Groundswell.Core.Videos;
using Groundswell.Media.Analysis;

namespace Groundswell.Cluster;

/// <summary>
/// Rules of one version and whatever judges by them. Rules may change while the engine runs: whoever decides something takes
/// this once and decides all of it by the same rules.
/// </summary>
public sealed class RulesInForce(Rules rules, Chance chance)
{
    public Rules Rules { get; } = rules;
    public string Version { get; } = rules.Version;
    public VideoJudge Judge { get; } = new(rules, chance);
    public SignalJudge Signals { get; } = new(rules);
    public BlockedTerms BlockedTerms { get; } = new(rules.Review.BlockedTerms);
}
