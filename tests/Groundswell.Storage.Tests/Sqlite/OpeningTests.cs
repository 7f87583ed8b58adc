using Groundswell.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Groundswell.Storage.Tests.Sqlite;

public sealed class OpeningTests : IAsyncDisposable
{
    private readonly SqliteBackend _backend = new();

    public ValueTask DisposeAsync() => _backend.DisposeAsync();

    [Fact]
    public async Task TwoStores_CannotHaveOneDirectory()
    {
        await using (await _backend.OpenAsync())
            (await Should.ThrowAsync<StoreUnavailableException>(() => _backend.OpenAsync())).Message.ShouldContain("open already");
        await using var after = await _backend.OpenAsync();
    }

    [Fact]
    public async Task ANewerSchema_IsRefused()
    {
        await using (await _backend.OpenAsync())
        {
        }
        await _backend.RunSqlAsync("INSERT INTO schema_version VALUES (999, 0)");
        (await Should.ThrowAsync<StoreUnavailableException>(() => _backend.OpenAsync())).Message.ShouldContain("schema 999");
        await _backend.RunSqlAsync("DELETE FROM schema_version WHERE version = 999");
        await using var after = await _backend.OpenAsync();
    }

    [Fact]
    public async Task AFileThatIsNoDatabase_IsRefusedWithASentence()
    {
        await File.WriteAllTextAsync(_backend.File, string.Concat(Enumerable.Repeat("not a database ", 1_000)), TestContext.Current.CancellationToken);
        (await Should.ThrowAsync<StoreUnavailableException>(() => _backend.OpenAsync())).Message.ShouldContain("not a SQLite database");
    }

    [Fact]
    public async Task ADamagedFile_IsReportedWhenItIsRead()
    {
        await using (var store = await _backend.OpenAsync())
            await store.Ledger.AppendAsync([.. Enumerable.Range(0, 500).Select(i => Facts.Signal($"{i}"))], TestContext.Current.CancellationToken);
        await using (var file = new FileStream(_backend.File, FileMode.Open))
        {
            file.Position = 4096 * 20;
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, 4096 * 60).ToArray(), TestContext.Current.CancellationToken);
        }
        await using var damaged = await _backend.OpenAsync();
        Should.Throw<StoreUnavailableException>(() => damaged.Ledger.Read(0, 1_000)).Message.ShouldContain("damaged");
    }

    [Fact]
    public void Migrations_AreNumberedWithoutGaps() =>
        Migrations.Shipped.Select(step => step.Version).ShouldBe(Enumerable.Range(1, Migrations.Shipped.Count));

    [Fact]
    public void Migrations_ApplyOnlyWhatIsMissing()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        (int, string)[] first = [(1, "CREATE TABLE one (x); CREATE TABLE ledger (position)")];
        (int, string)[] both = [.. first, (2, "ALTER TABLE one ADD COLUMN y")];
        Migrations.Apply(connection, first, TimeProvider.System, NullLogger.Instance).ShouldBe([1]);
        Migrations.Apply(connection, both, TimeProvider.System, NullLogger.Instance).ShouldBe([2]);
        Migrations.Apply(connection, both, TimeProvider.System, NullLogger.Instance).ShouldBeEmpty();
    }

    [Fact]
    public void AFailingMigration_LeavesTheSchemaAsItWas()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        Should.Throw<SqliteException>(() => Migrations.Apply(connection, [(1, "CREATE TABLE one (x); CREATE TABLE one (x)")], TimeProvider.System, NullLogger.Instance));
        Migrations.Apply(connection, [(1, "CREATE TABLE one (x)")], TimeProvider.System, NullLogger.Instance).ShouldBe([1]);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(100, 101)]
    public async Task OptionsOutsideTheirRange_AreRefused(int capacity, int mostPerCommit) =>
        await Should.ThrowAsync<ArgumentOutOfRangeException>(
            () => _backend.OpenAsync(new StoreOptions { QueueCapacity = capacity, MostPerCommit = mostPerCommit }));
}
