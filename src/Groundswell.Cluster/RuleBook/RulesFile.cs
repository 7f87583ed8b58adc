using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Groundswell.Core;
using Groundswell.Core.RuleBook;

namespace Groundswell.Cluster.RuleBook;

/// <summary>A document of rules that cannot be used; the message says everything that is wrong with it, a line each.</summary>
public sealed class RulesRefusedException(string path, RulesReading reading)
    : Exception($"The rules in {path} cannot be used:\n{string.Join('\n', reading.Problems.Select(problem => $"  {problem.Message}"))}");

/// <summary>The file in which an operator keeps their rules. It need not be there: then all rules are as shipped.</summary>
public sealed class RulesFile(string path)
{
    /// <summary>Its name in a data folder.</summary>
    public const string Name = "rules.json";

    /// <summary>The environment variable that names another one.</summary>
    public const string Variable = "GROUNDSWELL_RULES";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public bool Exists => File.Exists(Path);

    /// <summary>The file that is named, by an option or by <see cref="Variable"/>; else the one of a data folder.</summary>
    /// <exception cref="FileNotFoundException">One is named and is not there.</exception>
    public static RulesFile Chosen(string? named, string dataFolder)
    {
        if ((named ?? Environment.GetEnvironmentVariable(Variable)) is not { Length: > 0 } chosen) return new RulesFile(System.IO.Path.Combine(dataFolder, Name));
        var file = new RulesFile(chosen);
        return file.Exists ? file : throw new FileNotFoundException($"There is no rules file {chosen}; a file with {{}} in it is the rules as shipped.", chosen);
    }

    /// <summary>What the file says; the rules as shipped where there is none.</summary>
    /// <exception cref="IOException">It is there and cannot be read.</exception>
    public RulesReading Read() => Exists ? RulesDocument.Read(File.ReadAllBytes(Path)) : new RulesReading(new Rules(), []);

    /// <exception cref="RulesRefusedException">It says something that is no rule, or out of range.</exception>
    /// <exception cref="IOException">It is there and cannot be read.</exception>
    public Rules Rules()
    {
        var reading = Read();
        return reading.Rules ?? throw new RulesRefusedException(Path, reading);
    }

    /// <summary>
    /// Writes what differs from the defaults, and after a crash it holds either the old rules or the new. What named a schema
    /// for an editor stays.
    /// </summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Write(Rules rules)
    {
        var document = RulesDocument.Differences(rules);
        if (Schema() is { } schema) document.Insert(0, RulesDocument.SchemaMember, schema);
        Write(System.Text.Encoding.UTF8.GetBytes(document.ToJsonString(Indented) + "\n"));
    }

    /// <summary>The file's bytes as they are; null where there is none. For <see cref="Restore"/>.</summary>
    internal byte[]? Bytes() => Exists ? File.ReadAllBytes(Path) : null;

    internal void Restore(byte[]? bytes)
    {
        if (bytes is null) File.Delete(Path);
        else Write(bytes);
    }

    private void Write(byte[] bytes)
    {
        var half = Path + ".new";
        using (var stream = new FileStream(half, FileMode.Create, FileAccess.Write))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }
        File.Move(half, Path, overwrite: true);
    }

    private string? Schema()
    {
        if (Bytes() is not { } bytes) return null;
        try
        {
            return (JsonNode.Parse(bytes) as JsonObject)?[RulesDocument.SchemaMember] is JsonValue value && value.TryGetValue<string>(out var schema) ? schema : null;
        }
        catch (JsonException)
        {
            // What stood there is being replaced as a whole.
            return null;
        }
    }
}
