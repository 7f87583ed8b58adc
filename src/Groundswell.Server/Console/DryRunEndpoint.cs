using System.Text.Json;
using System.Threading.Channels;
using Groundswell.Cluster;
using Groundswell.Cluster.Follow;
using Groundswell.Cluster.RuleBook;
using Groundswell.Core.RuleBook;
using Groundswell.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Groundswell.Server.Console;

/// <param name="Rules">A document of what differs from the rules as shipped.</param>
/// <param name="From">Verdicts from then on are compared; a day before <paramref name="To"/> when left out.</param>
/// <param name="To">… up to then; now when left out.</param>
public sealed record DryRunBody(JsonElement? Rules, DateTimeOffset? From, DateTimeOffset? To);

/// <summary>
/// One line of an answer in NDJSON: how far it has come, and at the end the report. Closing the connection stops the work.
/// </summary>
/// <param name="Progress">Share that is done, in [0, 1].</param>
public sealed record DryRunLine(double? Progress, DryRunReport? Report);

/// <summary>Whose turn it is: a dry run holds two catalogues and one core, so there is one at a time.</summary>
internal sealed class DryRunTurn : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private readonly SemaphoreSlim _free = new(1, 1);

    /// <summary>Waits for one that was just stopped, and no longer.</summary>
    public Task<bool> TryTakeAsync(CancellationToken cancellation) => _free.WaitAsync(Patience, cancellation);

    public void GiveBack() => _free.Release();

    public void Dispose() => _free.Dispose();
}

/// <summary><c>POST /v1/console/rules/dry-run</c>: what the verdicts would have been with other rules.</summary>
internal static class DryRunEndpoint
{
    private const string Lines = "application/x-ndjson";

    public static void MapDryRun(this IEndpointRouteBuilder console) => console.MapPost("/rules/dry-run", Run).Reads<DryRunBody>("application/json")
        .Produces<DryRunReport>().Produces<DryRunLine>(StatusCodes.Status200OK, Lines)
        .WithName("console_dry_run").WithSummary("What the verdicts would have been with other rules")
        .WithDescription($"Judges what the ledger holds again and changes nothing. With Accept: {Lines} it answers in lines that tell how far it has come, the last of which holds the report. One at a time.")
        .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(RulesBody.MostBytes));

    private static async Task<IResult> Run(HttpContext context, Engine engine, DryRunTurn turn, IOptions<JsonOptions> json)
    {
        var (body, refusal) = await RulesBody.ReadAsync(context.Request, context.RequestAborted);
        if (refusal is not null) return refusal;
        var (request, problem) = Read(body, engine.Now, json.Value.SerializerOptions);
        if (request is null) return problem ?? Problem.Invalid(("rules", "It must be a document of rules."));
        if (!await turn.TryTakeAsync(context.RequestAborted)) return Problem.Of(StatusCodes.Status409Conflict, "A dry run is under way", "There is one at a time: wait for it, or stop it, and try again.");
        try
        {
            var wantsLines = context.Request.Headers.Accept.Any(accept => accept?.Contains(Lines, StringComparison.OrdinalIgnoreCase) == true);
            if (!wantsLines) return TypedResults.Ok(await Work(engine, request, null, context.RequestAborted));
            await Tell(context, engine, request, json.Value.SerializerOptions);
            return TypedResults.Empty;
        }
        finally
        {
            turn.GiveBack();
        }
    }

    private static (DryRunRequest? Request, IResult? Problem) Read(ReadOnlyMemory<byte> body, DateTimeOffset now, JsonSerializerOptions json)
    {
        DryRunBody? asked;
        try
        {
            asked = JsonSerializer.Deserialize<DryRunBody>(body.Span, json);
        }
        catch (JsonException wrong)
        {
            return (null, Problem.Of(StatusCodes.Status400BadRequest, "The request cannot be read", $"The JSON is not as expected at {wrong.Path?.TrimStart('$', '.')}, line {wrong.LineNumber + 1}; see /reference."));
        }
        if (asked?.Rules is not { } document) return (null, null);
        var reading = RulesDocument.Read(document);
        if (reading.Rules is not { } rules) return (null, RulesBody.Refused(reading, "rules."));
        var to = asked.To ?? now;
        var from = asked.From ?? (to > DateTimeOffset.MinValue.AddDays(1) ? to.AddDays(-1) : DateTimeOffset.MinValue);
        return from < to ? (new DryRunRequest(rules, from, to), null) : (null, Problem.Invalid(("from", "It must be before to.")));
    }

    /// <summary>On a thread of its own reading: no grain and no follower waits for it.</summary>
    private static Task<DryRunReport> Work(Engine engine, DryRunRequest request, IProgress<LedgerProgress>? progress, CancellationToken cancellation) =>
        Task.Run(() => DryRun.Run(request, LedgerReading.Of(engine.Store), engine.Taxonomy.Count, progress, cancellation), cancellation);

    private static async Task Tell(HttpContext context, Engine engine, DryRunRequest request, JsonSerializerOptions json)
    {
        var cancellation = context.RequestAborted;
        var shares = Channel.CreateBounded<double>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        var work = Told(engine, request, shares.Writer, cancellation);
        context.Response.ContentType = Lines;
        try
        {
            await foreach (var share in shares.Reader.ReadAllAsync(cancellation)) await Line(new DryRunLine(Math.Round(share, 3), null));
        }
        finally
        {
            // Whoever stops it gives the turn back only when the work has stopped.
            await ((Task)work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await Line(new DryRunLine(1, await work));

        async Task Line(DryRunLine line)
        {
            await JsonSerializer.SerializeAsync(context.Response.Body, line, json, cancellation);
            await context.Response.Body.WriteAsync("\n"u8.ToArray(), cancellation);
            await context.Response.Body.FlushAsync(cancellation);
        }
    }

    private static async Task<DryRunReport> Told(Engine engine, DryRunRequest request, ChannelWriter<double> shares, CancellationToken cancellation)
    {
        try
        {
            return await Work(engine, request, new Shares(shares), cancellation);
        }
        finally
        {
            shares.Complete();
        }
    }

    private sealed class Shares(ChannelWriter<double> shares) : IProgress<LedgerProgress>
    {
        public void Report(LedgerProgress value) => shares.TryWrite(value.Total == 0 ? 1 : (double)value.Done / value.Total);
    }
}
