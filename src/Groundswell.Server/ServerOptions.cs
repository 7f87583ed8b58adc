using Groundswell.Cluster.Follow;
using Groundswell.Cluster.Retention;
using Groundswell.Core;
using Groundswell.Demo.World;
using Groundswell.Server.Http;
using Groundswell.Storage;

namespace Groundswell.Server;

/// <summary>How a server is started.</summary>
/// <param name="Host">Address to listen on.</param>
/// <param name="Port">HTTP port; 0 takes a free one.</param>
/// <param name="DataFolder">Where everything is kept; made when missing.</param>
/// <param name="Demo">Whether the living demo runs.</param>
/// <param name="VideosFolder">A folder of the operator's own clips for the demo to upload, or null.</param>
/// <param name="SiloPort">Port of the silo on the loopback address; 0 takes a free one.</param>
/// <param name="Pace">How much life the demo has; null for the usual.</param>
/// <param name="Snapshots">How often memory is saved; null for the usual.</param>
/// <param name="Store">Where the ledger and all beside it is kept: see <see cref="Stores"/>. Media and keys stay in the data folder.</param>
/// <param name="Rules">The engine's rules; null for those of the file.</param>
/// <param name="EventBacklogMb">Megabytes of events under way at once; beyond it they are refused with a 429. See <see cref="EventAdmission"/>.</param>
/// <param name="Retention">How long entries are kept, and whether they are deleted daily; null for what is shipped, which deletes nothing by itself.</param>
/// <param name="RulesFile">The operator's rules; null for <c>rules.json</c> in the data folder, which need not be there.</param>
/// <param name="ModelSize">For how many viewers, and as many videos, the learned model has room.</param>
/// <param name="RateLimits">Off only for load tests on this machine.</param>
public sealed record ServerOptions(
    string Host = "127.0.0.1",
    int Port = 8080,
    string DataFolder = "data",
    bool Demo = true,
    string? VideosFolder = null,
    int SiloPort = 0,
    bool RateLimits = true,
    DemoPace? Pace = null,
    SnapshotPace? Snapshots = null,
    string Store = Stores.Embedded,
    Rules? Rules = null,
    int EventBacklogMb = EventAdmission.DefaultMegabytes,
    RetentionRules? Retention = null,
    string? RulesFile = null,
    int ModelSize = Ranking.Learning.ModelSize.Usual);
