using Groundswell.Cluster.Viewers;
using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Core.Genres;
using Groundswell.Storage;
using Microsoft.Extensions.Logging;

namespace Groundswell.Cluster.Tests.Viewers;

public sealed class StageReportsTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("groundswell-stages-").FullName;
    private SqliteStore? _store;

    public async ValueTask InitializeAsync() => _store = await SqliteStore.OpenAsync(_folder, TimeProvider.System, new StoreOptions());

    public async ValueTask DisposeAsync()
    {
        if (_store is not null) await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void AFaultThatMeetsEveryPage_IsToldOnceAPeriod_WithWhatIsNew()
    {
        var engine = new Engine(new Rules(), Taxonomy.Default, _store!, new EngineClock(TimeProvider.System), new Chance(0), IdSource.Seeded(1));
        var log = new Lines();
        using var reports = new StageReports(engine, log);

        reports.Report();
        for (var page = 0; page < 500; page++) engine.Stages.Failed(this, new InvalidOperationException($"page {page}"));
        reports.Report();
        reports.Report();
        engine.Stages.Failed(this, new InvalidOperationException("again"));
        reports.Report();

        log.Told.ShouldBe([
            "StageReportsTests was late for 0 pages and failed 500 times; pages went on without. (page 499)",
            "StageReportsTests was late for 0 pages and failed 1 times; pages went on without. (again)",
        ]);
    }

    private sealed class Lines : ILogger<StageReports>
    {
        public List<string> Told { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Told.Add($"{formatter(state, exception)} ({exception?.Message})");
    }
}
