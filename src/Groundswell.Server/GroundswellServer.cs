using System.Text.Json.Serialization;
using Groundswell.Cluster;
using Groundswell.Cluster.Follow;
using Groundswell.Cluster.Retention;
using Groundswell.Cluster.RuleBook;
using Groundswell.Cluster.Uploads;
using Groundswell.Core;
using Groundswell.Core.Chances;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Core.Signals;
using Groundswell.Media;
using Groundswell.Media.Analysis;
using Groundswell.Media.Ffmpeg;
using Groundswell.Server.Access;
using Groundswell.Server.Boosts;
using Groundswell.Server.Challenges;
using Groundswell.Server.Console;
using Groundswell.Server.Experiments;
using Groundswell.Server.Feed;
using Groundswell.Server.Http;
using Groundswell.Server.Review;
using Groundswell.Server.Status;
using Groundswell.Server.Taste;
using Groundswell.Server.Videos;
using Groundswell.Storage;
using Groundswell.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;
using Scalar.AspNetCore;

namespace Groundswell.Server;

/// <summary>
/// One running server. This file is the table of contents: what a server is made of, in the order in which it matters.
/// </summary>
public sealed class GroundswellServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly IStore _store;

    private GroundswellServer(WebApplication app, IStore store, Uri address, IReadOnlyList<FirstAccount> accounts) =>
        (_app, _store, Address, Accounts) = (app, store, address, accounts);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>The accounts of the first start, while their file is there.</summary>
    public IReadOnlyList<FirstAccount> Accounts { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Opens the store, starts the silo and listens. The demo, if wanted, goes on in the background.</summary>
    /// <exception cref="RulesRefusedException">The rules' file says something that is no rule, or out of range.</exception>
    /// <exception cref="StoreUnavailableException">The store is in use, damaged, or cannot be reached or written.</exception>
    public static async Task<GroundswellServer> StartAsync(ServerOptions options, TimeProvider time, Action<ILoggingBuilder> logging, CancellationToken cancellation)
    {
        var folder = Path.GetFullPath(options.DataFolder);
        Directory.CreateDirectory(folder);
        var file = RulesFile.Chosen(options.RulesFile, folder);
        options = options with { Rules = options.Rules ?? file.Rules(), RulesFile = file.Path };
        var store = await Stores.OpenAsync(options.Store, Path.Combine(folder, "store"), time, new StoreOptions());
        try
        {
            var app = Build(options, folder, store, time, logging);
            // Before anybody can ask: whoever finds the server ready can sign in.
            var accounts = await FirstAccounts.EnsureAsync(store, app.Services.GetRequiredService<Passwords>(), Keys.Folder(folder), cancellation);
            await app.StartAsync(cancellation);
            return new GroundswellServer(app, store, AddressOf(app), accounts);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    public Task WaitForShutdownAsync(CancellationToken cancellation) => ((IHost)_app).WaitForShutdownAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _store.DisposeAsync();
    }

    private static WebApplication Build(ServerOptions options, string folder, IStore store, TimeProvider time, Action<ILoggingBuilder> logging)
    {
        // Nothing is configured by files that may change, and watching the folder for them would look at every write of the store's.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production", Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        builder.Logging.ClearProviders();
        logging(builder.Logging);
        builder.WebHost.UseKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls($"http://{options.Host}:{options.Port}");
        builder.UseOrleans(silo => silo.UseGroundswell(options.SiloPort == 0 ? FreePort.Next() : options.SiloPort, FreePort.Next()));
        AddEngine(builder.Services, options, folder, store, time);
        AddAccess(builder.Services, options, folder);
        AddApi(builder.Services);
        var app = builder.Build();
        UseEverything(app);
        MapEverything(app, options);
        return app;
    }

    private static void AddEngine(IServiceCollection services, ServerOptions options, string folder, IStore store, TimeProvider time)
    {
        var rules = options.Rules ?? new Rules();
        var rulesFile = options.RulesFile ?? Path.Combine(folder, RulesFile.Name);
        var keys = Keys.Folder(folder);
        var seed = BitConverter.ToUInt64(Keys.LoadOrMake(keys, "chance"));
        var limits = new MediaLimits().Checked();
        services.AddSingleton(options).AddSingleton(time).AddSingleton(store).AddSingleton(limits);
        services.AddSingleton(new EngineClock(time)).AddSingleton(IdSource.Unguessable());
        services.AddSingleton(provider => new Engine(rules, Taxonomy.Default, store, provider.GetRequiredService<EngineClock>(), new Chance(seed), provider.GetRequiredService<IdSource>(), before: new Rules(), learns: Ranking.Learning.ModelSize.For(options.ModelSize)));
        services.AddSingleton(new SlotSigner(Keys.LoadOrMake(keys, "slot")));
        services.AddSingleton(provider => new BurstMeter(() => provider.GetRequiredService<Engine>().Rules.Qualification));
        services.AddSingleton(provider => new RulesEnactment(provider.GetRequiredService<Engine>(), provider.GetRequiredService<LedgerFollower>(), new RulesFile(rulesFile)));
        services.AddSingleton(new MediaFiles(folder));
        services.AddSingleton(FfmpegTool.Find(limits, time));
        services.AddSingleton(provider => new MediaPipeline(
            provider.GetRequiredService<FfmpegTool>(), limits, new ContentAnalyser(Taxonomy.Default, () => provider.GetRequiredService<Engine>().InForce.BlockedTerms)));
        services.AddGroundswellWork(options.Snapshots ?? SnapshotPace.Default, options.Retention ?? RetentionRules.Default);
        services.AddSingleton<StartProgress>().AddSingleton<ConsoleOverview>().AddSingleton<DryRunTurn>();
        services.AddSingleton<DemoLife>().AddHostedService<StartUp>().AddHostedService<StoreRecovery>();
        services.AddSingleton(new EventAdmission((long)options.EventBacklogMb << 20));
    }

    private static void AddAccess(IServiceCollection services, ServerOptions options, string folder)
    {
        services.AddDataProtection().SetApplicationName("groundswell").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(Keys.Folder(folder), "protection")));
        services.AddSingleton<Tokens>().AddSingleton<Callers>().AddSingleton<Passwords>();
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.HeaderName = "X-CSRF-Token";
            antiforgery.Cookie.Name = "gs_csrf";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
        });
        services.AddAuthentication("either")
            .AddPolicyScheme("either", null, either => either.ForwardDefaultSelector = context =>
                Bearer.TokenOf(context.Request) is null ? CookieAuthenticationDefaults.AuthenticationScheme : Bearer.SchemeName)
            .AddCookie(cookie =>
            {
                cookie.Cookie.Name = "gs_session";
                cookie.Cookie.SameSite = SameSiteMode.Strict;
                cookie.ExpireTimeSpan = TimeSpan.FromDays(14);
                cookie.Events.OnRedirectToLogin = context => Refuse(context.HttpContext, StatusCodes.Status401Unauthorized);
                cookie.Events.OnRedirectToAccessDenied = context => Refuse(context.HttpContext, StatusCodes.Status403Forbidden);
            })
            .AddScheme<AuthenticationSchemeOptions, Bearer>(Bearer.SchemeName, null);
        var authorization = services.AddAuthorizationBuilder();
        foreach (var role in Roles.All) authorization.AddPolicy(role, policy => policy.RequireRole(role));
        services.AddRateLimits(options.RateLimits);
    }

    private static Task Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static void AddApi(IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            GroundswellJson.Apply(json.SerializerOptions);
            // Over HTTP a field that has no value says so; in the ledger it would only take room.
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.Never;
        });
        services.AddProblemDetails().AddExceptionHandler<ProblemEdge>();
        // Else only a development server would say which field of a body is wrong.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddOpenApi("v1", ApiDocument.Describe);
        services.AddRouting();
        services.AddGroundswellPages();
    }

    private static void UseEverything(WebApplication app)
    {
        app.UseForwardedHeaders(Forwarded);
        app.UseExceptionHandler();
        app.UseSecurityHeaders();
        app.UseStatusCodePages(StatusProblems.Write);
        app.UsePlainBodies();
        app.UseAuthentication();
        app.UseDevices();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAntiforgery();
        app.UseStartGate(app.Services.GetRequiredService<StartProgress>());
        app.UseEventAdmission("/v1/events", EventEndpoints.MostBytes, app.Services.GetRequiredService<EventAdmission>());
    }

    /// <summary>A proxy on this machine says whom it speaks for; anybody else's word for it is not taken.</summary>
    private static ForwardedHeadersOptions Forwarded => new() { ForwardedHeaders = Microsoft.AspNetCore.HttpOverrides.ForwardedHeaders.XForwardedFor };

    private static void MapEverything(WebApplication app, ServerOptions options)
    {
        var api = app.MapGroup("/v1").AddEndpointFilter<CsrfFilter>();
        api.MapSession();
        api.MapFeed();
        api.MapEvents();
        api.MapUpload(app.Services.GetRequiredService<MediaLimits>());
        api.MapVideos();
        api.MapJourney();
        api.MapStudio();
        api.MapReview();
        api.MapTaste();
        api.MapRegion();
        api.MapInterests();
        api.MapAge();
        api.MapConsole();
        api.MapChallenges();
        api.MapChallengeDesk();
        api.MapBoosts();
        api.MapExperiments();
        app.MapMedia();
        app.MapStatus(options);
        app.MapOpenApi("/openapi/{documentName}.json");
        app.MapScalarApiReference("/reference", reference => reference.WithTitle("Groundswell API"));
        app.MapGroundswellPages();
    }

    private static Uri AddressOf(WebApplication app) =>
        new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? throw new InvalidOperationException("The server listens nowhere."));
}
