using System.Globalization;

namespace Groundswell.Storage;

/// <summary>A store's schema in numbered steps, embedded as <c>0001.sql</c> and so on. They only go forward.</summary>
internal static class SchemaSteps
{
    /// <summary>Every step of a folder of resources in order; its number is its file's name.</summary>
    public static IReadOnlyList<(int Version, string Sql)> In(string folder) =>
    [
        .. typeof(SchemaSteps).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Select(name => (int.Parse(Path.GetFileNameWithoutExtension(name), CultureInfo.InvariantCulture), Text(name)))
            .OrderBy(step => step.Item1),
    ];

    /// <summary>The steps that a store at this version lacks.</summary>
    /// <exception cref="StoreUnavailableException">A newer Groundswell wrote it.</exception>
    public static IReadOnlyList<(int Version, string Sql)> Missing(IReadOnlyList<(int Version, string Sql)> steps, long current)
    {
        var newest = steps[^1].Version;
        return current <= newest
            ? [.. steps.Where(step => step.Version > current)]
            : throw new StoreUnavailableException(
                $"The store has schema {current}, and this program knows schemas up to {newest}: run the newer Groundswell that wrote it.");
    }

    private static string Text(string name)
    {
        using var stream = typeof(SchemaSteps).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
