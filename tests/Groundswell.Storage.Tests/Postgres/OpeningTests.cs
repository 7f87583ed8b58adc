using Groundswell.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Groundswell.Storage.Tests.Postgres;

public sealed class OpeningTests : IAsyncDisposable
{
    private static readonly StoreOptions Impatient = new() { BusyTimeout = TimeSpan.Zero };

    private readonly PostgresBackend _backend = new();

    public ValueTask DisposeAsync() => _backend.DisposeAsync();

    [Fact]
    public async Task TwoStores_CannotHaveOneDatabase()
    {
        await using (await _backend.OpenAsync())
        {
            var refused = await Should.ThrowAsync<StoreUnavailableException>(() => _backend.OpenAsync(Impatient));
            refused.Message.ShouldContain("open already, by groundswell");
            refused.Message.ShouldContain("only one process may write it");
        }
        await using var after = await _backend.OpenAsync(Impatient);
    }

    [Fact]
    public async Task WhoWaitsForALeavingWriter_GetsTheStore()
    {
        var first = await _backend.OpenAsync();
        var second = _backend.OpenAsync();
        await first.DisposeAsync();
        await using var opened = await second;
    }

    [Fact]
    public async Task TwoSchemasOfOneDatabase_AreTwoStores()
    {
        await using var other = new PostgresBackend();
        await using var first = await _backend.OpenAsync();
        await using var second = await other.OpenAsync(Impatient);
        await first.Ledger.AppendAsync([Facts.Signal("a")], TestContext.Current.CancellationToken);
        second.Ledger.Read(0, 10).ShouldBeEmpty();
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
    public void Migrations_AreNumberedWithoutGaps() =>
        PostgresMigrations.Shipped.Select(step => step.Version).ShouldBe(Enumerable.Range(1, PostgresMigrations.Shipped.Count));

    [Fact]
    public async Task Migrations_ApplyOnlyWhatIsMissingAndWhollyOrNotAtAll()
    {
        await using var connection = new NpgsqlConnection(await _backend.AddressAsync());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        (int, string)[] first = [(1, "CREATE TABLE ledger (position bigint)")];
        (int, string)[] both = [.. first, (2, "ALTER TABLE ledger ADD COLUMN y int")];
        (int, string)[] broken = [.. first, (2, "ALTER TABLE ledger ADD COLUMN y int; ALTER TABLE ledger ADD COLUMN y int")];
        Apply(first).ShouldBe([1]);
        Should.Throw<PostgresException>(() => Apply(broken));
        Apply(both).ShouldBe([2]);
        Apply(both).ShouldBeEmpty();

        IReadOnlyList<int> Apply((int, string)[] steps) => PostgresMigrations.Apply(connection, steps, TimeProvider.System, NullLogger.Instance);
    }

    [Fact]
    public async Task ADatabaseThatIsNotThere_IsNamed() =>
        (await Should.ThrowAsync<StoreUnavailableException>(async () =>
            await PostgresStore.OpenAsync($"{await _backend.AddressAsync()};Database=nowhere", TimeProvider.System, new StoreOptions())))
        .Message.ShouldContain("no such database");

    /// <summary>What the README grants: a role that owns its schema, and is nobody otherwise.</summary>
    [Fact]
    public async Task ARoleThatOwnsItsSchema_IsEnough()
    {
        await _backend.RunSqlAsync(
            """
            CREATE ROLE modest LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
            CREATE SCHEMA modest AUTHORIZATION modest;
            """);
        var address = new NpgsqlConnectionStringBuilder(await _backend.AddressAsync()) { Username = "modest", SearchPath = "modest" };
        await using (var store = await PostgresStore.OpenAsync(address.ConnectionString, TimeProvider.System, new StoreOptions()))
        {
            (await store.Ledger.AppendAsync([Facts.Signal("a"), Facts.Signal("a")], TestContext.Current.CancellationToken)).Positions.ShouldBe([1, null]);
            (await Should.ThrowAsync<StoreUnavailableException>(() => PostgresStore.OpenAsync(address.ConnectionString, TimeProvider.System, Impatient)))
                .Message.ShouldContain("by groundswell");
        }
        await _backend.RunSqlAsync("DROP SCHEMA modest CASCADE; DROP ROLE modest");
    }
}
