using Groundswell.Core;
using Groundswell.Core.Ledger;

namespace Groundswell.Cluster.Creators;

/// <summary>The shell of one creator. The allowance lives in memory: a restart grants a new one, which harms nobody.</summary>
public sealed class CreatorGrain(Engine engine) : Grain, ICreatorGrain
{
    /// <summary>Uploads of one creator within a day.</summary>
    public const int UploadsADay = 100;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan BetweenVisits = TimeSpan.FromMinutes(5);
    private readonly Queue<DateTimeOffset> _uploads = new();
    private DateTimeOffset? _noted;

    private CreatorId Id => new(this.GetPrimaryKeyLong());

    public Task Seen(string name)
    {
        var now = engine.Now;
        if (_noted is { } noted && now - noted < BetweenVisits) return Task.CompletedTask;
        _noted = now;
        // Losing a visit in a crash is allowed: it only moves a revival trigger by minutes.
        engine.Ledger.TryAppendLater(new CreatorSeen(now, Id, name));
        return Task.CompletedTask;
    }

    public Task<TimeSpan?> PermitUpload()
    {
        var now = engine.Now;
        while (_uploads.TryPeek(out var oldest) && now - oldest >= Day) _uploads.Dequeue();
        if (_uploads.Count >= UploadsADay) return Task.FromResult<TimeSpan?>(Day - (now - _uploads.Peek()));
        _uploads.Enqueue(now);
        return Task.FromResult<TimeSpan?>(null);
    }
}
