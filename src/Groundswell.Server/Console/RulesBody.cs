using Groundswell.Core.RuleBook;
using Groundswell.Server.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Groundswell.Server.Console;

/// <summary>A document of rules that comes as a body: read as it is, so that it is judged like a file.</summary>
internal static class RulesBody
{
    /// <summary>All rules with their names are some 4 kB; long block lists are what takes room.</summary>
    public const int MostBytes = 1 << 18;

    public static async Task<(ReadOnlyMemory<byte> Body, ProblemHttpResult? Refusal)> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        if (!request.HasJsonContentType()) return (default, Problem.Of(StatusCodes.Status415UnsupportedMediaType, "This address takes JSON", "Send the document as application/json."));
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellation);
        return (body.ToArray(), null);
    }

    /// <summary>422 with every problem by the path of its rule.</summary>
    /// <param name="prefix">What stands before the paths in the body.</param>
    public static ProblemHttpResult Refused(RulesReading reading, string prefix) =>
        Problem.Invalid([.. reading.Problems.Select(problem => (problem.Path.Length == 0 ? "rules" : prefix + problem.Path, problem.Message))]);
}
