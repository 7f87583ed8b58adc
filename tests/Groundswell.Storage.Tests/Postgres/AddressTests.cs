using Groundswell.Storage.Postgres;

namespace Groundswell.Storage.Tests.Postgres;

public sealed class AddressTests
{
    [Theory]
    [InlineData("postgres://ada:p%40ss%2Fword@db.example:6432/feed?sslmode=require", "db.example", 6432, "feed", "ada", "p@ss/word")]
    [InlineData("postgresql://ada@db.example/feed", "db.example", 5432, "feed", "ada", null)]
    [InlineData("Host=db.example;Database=feed;Username=ada;Password=x", "db.example", 5432, "feed", "ada", "x")]
    public void AnAddress_IsAUriOrSettings(string text, string host, int port, string database, string user, string? password)
    {
        var address = PostgresAddress.Parse(text);
        var settings = address.Settings();
        (settings.Host, settings.Port, settings.Database, settings.Username, settings.Password).ShouldBe((host, port, database, user, password));
        settings.ApplicationName.ShouldBe("groundswell");
        address.Name.ShouldBe("database 'feed' on db.example");
    }

    [Fact]
    public void ASocket_IsGivenAsTheHost() =>
        PostgresAddress.Parse("postgres:///feed?host=%2Fvar%2Frun%2Fpostgresql").Settings().Host.ShouldBe("/var/run/postgresql");

    [Theory]
    [InlineData("postgres://")]
    [InlineData("postgres://ada:secret@/?colour=red")]
    [InlineData("secret")]
    [InlineData("Host=db.example;Colour=secret")]
    public void WhatIsNoAddress_IsRefusedWithoutRepeatingIt(string text)
    {
        var refused = Should.Throw<StoreUnavailableException>(() => PostgresAddress.Parse(text));
        refused.Message.ShouldContain("not understood");
        refused.Message.ShouldNotContain("secret");
    }
}
