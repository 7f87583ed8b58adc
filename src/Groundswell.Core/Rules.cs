using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Groundswell.Core.Audience;
using Groundswell.Core.Boosts;
using Groundswell.Core.Challenges;
using Groundswell.Core.Creators;
using Groundswell.Core.Duplicates;
using Groundswell.Core.Experiments;
using Groundswell.Core.Feed;
using Groundswell.Core.Ledger;
using Groundswell.Core.Review;
using Groundswell.Core.RuleBook;
using Groundswell.Core.Signals;
using Groundswell.Core.Taste;
using Groundswell.Core.Trends;
using Groundswell.Core.Viewers;

namespace Groundswell.Core;

/// <summary>All that an operator can set about the engine's decisions, each with a default that says where it comes from.</summary>
public sealed record Rules
{
    public PointRules Points { get; init; } = new();
    public QualificationRules Qualification { get; init; } = QualificationRules.Default;
    public TasteRules Taste { get; init; } = TasteRules.Default;
    public TeenRules Teens { get; init; } = TeenRules.Default;
    public CohortRules Cohorts { get; init; } = CohortRules.Default;
    public TestBatchRules TestBatch { get; init; } = new();
    public GateRules Gate { get; init; } = new();
    public PacingRules Pacing { get; init; } = new();
    public WaveRules Waves { get; init; } = WaveRules.Default;
    public RevivalRules Revival { get; init; } = RevivalRules.Default;
    public AuthorityRules Authority { get; init; } = AuthorityRules.Default;
    public TrendRules Trends { get; init; } = new();
    public ChallengeRules Challenges { get; init; } = new();
    public BoostRules Boosts { get; init; } = new();
    public ReviewRules Review { get; init; } = ReviewRules.Default;
    public DuplicateRules Duplicates { get; init; } = new();
    public FeedRules Feed { get; init; } = new();
    public ExperimentRules Experiments { get; init; } = new();

    /// <summary>Names these very rules: <c>rules-</c> and the first eight digits of the SHA-256 of their JSON.</summary>
    [JsonIgnore] public string Version => NameOf(this);

    /// <summary>What is out of range (see <see cref="RuleRanges"/>), one sentence each; empty when the rules may be used.</summary>
    public ImmutableArray<RuleProblem> Validate() => AllRules.Problems(this);

    private static string NameOf(Rules rules) =>
        $"rules-{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(rules, GroundswellJson.Options)))[..8]}";
}
