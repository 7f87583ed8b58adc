using Npgsql;

namespace Groundswell.Storage.Postgres;

/// <summary>Where a database is and who asks: <c>postgres://user:password@host:port/database?sslmode=require</c>, or Npgsql's <c>Host=…;Database=…</c>.</summary>
internal sealed class PostgresAddress
{
    private readonly string _settings;

    private PostgresAddress(NpgsqlConnectionStringBuilder settings) => (_settings, Name) = (settings.ConnectionString, NameOf(settings));

    /// <summary>For people; without the password.</summary>
    public string Name { get; }

    /// <exception cref="StoreUnavailableException">It is neither of the two forms.</exception>
    public static PostgresAddress Parse(string text)
    {
        try
        {
            var settings = IsUri(text) ? FromUri(new Uri(text)) : new NpgsqlConnectionStringBuilder(text);
            return settings.Host is null ? throw new FormatException("There is no host in it.") : new PostgresAddress(settings);
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException)
        {
            // The text is not repeated: there may be a password in it.
            throw new StoreUnavailableException(
                "The store's address is not understood: write postgres://user@host/database, or Host=…;Database=…;Username=….", malformed);
        }
    }

    private static bool IsUri(string text) =>
        text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    /// <summary>A copy to change.</summary>
    public NpgsqlConnectionStringBuilder Settings()
    {
        var settings = new NpgsqlConnectionStringBuilder(_settings);
        settings.ApplicationName ??= "groundswell"; // so that whoever is refused the store reads who has it
        return settings;
    }

    private static NpgsqlConnectionStringBuilder FromUri(Uri uri)
    {
        var settings = new NpgsqlConnectionStringBuilder();
        if (uri.Host.Length > 0) settings.Host = uri.Host;
        if (uri.Port > 0) settings.Port = uri.Port;
        if (uri.AbsolutePath.Length > 1) settings.Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]);
        var person = uri.UserInfo.Split(':', 2);
        if (person[0].Length > 0) settings.Username = Uri.UnescapeDataString(person[0]);
        if (person.Length == 2) settings.Password = Uri.UnescapeDataString(person[1]);
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            settings[Uri.UnescapeDataString(parts[0])] = parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : "";
        }
        return settings;
    }

    private static string NameOf(NpgsqlConnectionStringBuilder settings) => $"database '{settings.Database ?? settings.Username}' on {settings.Host}";
}
