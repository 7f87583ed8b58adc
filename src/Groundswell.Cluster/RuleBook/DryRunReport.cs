using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Core.RuleBook;
using Groundswell.Core.Videos;

namespace Groundswell.Cluster.RuleBook;

/// <summary>Rules to try on what has happened.</summary>
/// <param name="From">Verdicts from then on are compared …</param>
/// <param name="To">… up to then.</param>
public sealed record DryRunRequest(Rules Rules, DateTimeOffset From, DateTimeOffset To);

/// <summary>How a trial went with the rules that were in force, or would have gone with the others.</summary>
/// <param name="Widens">It goes on to a wider audience; else it pauses.</param>
/// <param name="Impressions">Shown in the trial until then.</param>
/// <param name="Score">Points per view.</param>
/// <param name="Probability">P(score &gt; gate).</param>
public sealed record DryRunVerdict(
    DateTimeOffset At, bool Widens, VideoStage To, ReasonCode Reason, int Impressions, int Views, double Score, double Gate, double Probability);

/// <summary>What other rules would have changed about one trial.</summary>
public enum DryRunOutcome { Same, Earlier, Later, WidensInstead, PausesInstead, NoVerdictYet, NewVerdict }

/// <summary>One trial of one video: its test batch, a revival or a wave.</summary>
/// <param name="Trial">test_batch, revival or wave, with its number: <c>wave 2</c>.</param>
/// <param name="Real">What happened; null where the trial went on, or never was.</param>
/// <param name="Tried">What the tried rules say; null for no verdict yet.</param>
/// <param name="SavedImpressions">How many impressions earlier the same verdict comes; below 0, later; null for another verdict.</param>
public sealed record DryRunTrial(VideoId Video, string Caption, string Trial, DryRunVerdict? Real, DryRunVerdict? Tried, DryRunOutcome Outcome, int? SavedImpressions);

/// <param name="Trials">Trials with a verdict on either side.</param>
/// <param name="SavedImpressions">Of those with the same decision: the sum of what was earlier, less what was later.</param>
/// <param name="TestImpressions">Impressions of all these test batches until their verdict, or until the end without one.</param>
/// <param name="TriedTestImpressions">The same with the tried rules.</param>
public sealed record DryRunTotals(
    int Trials, int Same, int Earlier, int Later, int WidensInstead, int PausesInstead, int NoVerdictYet, int NewVerdicts,
    long SavedImpressions, long TestImpressions, long TriedTestImpressions)
{
    /// <summary>Trials that end alike, whenever they do.</summary>
    public int Agreements => Same + Earlier + Later;
}

/// <summary>What became of a dry run.</summary>
/// <param name="Version">The rules in force at the end of the time looked at.</param>
/// <param name="Tried">The rules that were tried.</param>
/// <param name="Changes">How they differ.</param>
/// <param name="Entries">Ledger entries that were folded.</param>
/// <param name="NotReproduced">Real verdicts that their own rules do not give when they are judged again: see <paramref name="Limits"/>.</param>
/// <param name="Limits">What this cannot know, a sentence each.</param>
public sealed record DryRunReport(
    string Version, string Tried, DateTimeOffset From, DateTimeOffset To, ImmutableArray<RuleChange> Changes, long Entries,
    DryRunTotals Totals, int NotReproduced, ImmutableArray<DryRunTrial> Trials, ImmutableArray<string> Limits);
