using System.Diagnostics;
using Groundswell.Cluster;
using Groundswell.Cluster.Challenges;
using Groundswell.Cluster.Follow;
using Groundswell.Cluster.Uploads;
using Groundswell.Core.Challenges;
using Groundswell.Core.Genres;
using Groundswell.Core.Ledger;
using Groundswell.Demo.Seeds;
using Groundswell.Server;
using Groundswell.Server.Access;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Orleans;
using Xunit;


namespace Groundswell.Web.Tests;

/// <summary>
/// A real server with a seeded catalogue of real, tiny clips, and a real browser. Two genres have many clips, so that a
/// viewer of either can be served on; the others have a few each.
/// </summary>
public sealed class Site : IAsyncLifetime
{
    public const string GenreA = "fractals";
    public const string GenreB = "gaming";
    private const int ManyClips = 30;
    private const int FewClips = 6;
    public const int ClipMs = 1600;

    private readonly string _folder = Directory.CreateTempSubdirectory("groundswell-web-").FullName;
    private GroundswellServer? _server;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Why there is no browser, or null.</summary>
    public string? Missing { get; private set; }

    public GroundswellServer Server => _server ?? throw new InvalidOperationException("The site was not started.");

    public async ValueTask InitializeAsync()
    {
        var chromium = Environment.GetEnvironmentVariable("GROUNDSWELL_CHROMIUM") ?? "/usr/bin/chromium";
        if (!File.Exists(chromium))
        {
            Missing = $"no browser at {chromium}; ./test installs one";
            return;
        }
        _server = await GroundswellServer.StartAsync(
            new ServerOptions(Port: 0, DataFolder: _folder, Demo: false, RateLimits: false), TimeProvider.System, logging => logging.SetMinimumLevel(LogLevel.Error), CancellationToken.None);
        await SeedAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = chromium,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--autoplay-policy=no-user-gesture-required",
            ],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.CloseAsync();
        _playwright?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A fresh browser profile: a device nobody has seen.</summary>
    public async Task<Visit> VisitAsync(int width = 390, int height = 844, bool dark = false, bool bypassCsp = false)
    {
        if (_browser is null) throw new InvalidOperationException(Missing ?? "The site was not started.");
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Server.Address.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            BypassCSP = bypassCsp,
            ReducedMotion = ReducedMotion.Reduce,
        });
        return new Visit(context, await context.NewPageAsync());
    }

    /// <summary>Name and password of one of the first accounts.</summary>
    public FirstAccount Account(string name) => Server.Accounts.Single(account => account.Name == name);

    /// <summary>Opens a challenge, unless it is there, that the seeded clips take part in: it opened before they were uploaded.</summary>
    public async Task OpenChallengeAsync(string slug, string title, string tag)
    {
        var engine = Server.Services.GetRequiredService<Engine>();
        if (engine.Catalogue.Challenges.Find(slug) is not null) return;
        var terms = new ChallengeTerms(title, "What we all want to see.", [tag], null, engine.Now - TimeSpan.FromHours(3), engine.Now + TimeSpan.FromDays(5));
        var answer = await Server.Services.GetRequiredService<IGrainFactory>().GetGrain<IChallengesGrain>(0).Open(slug, terms, "operator");
        if (answer.Objection is { } objection) throw new InvalidOperationException(objection.Sentence);
    }

    public async Task CloseChallengeAsync(string slug)
    {
        var terms = Server.Services.GetRequiredService<Engine>().Catalogue.Challenges.Find(slug)?.Terms ?? throw new InvalidOperationException($"There is no challenge {slug}.");
        await Server.Services.GetRequiredService<IGrainFactory>().GetGrain<IChallengesGrain>(0).Edit(slug, terms, true, "operator");
    }

    public static Task FfmpegAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("ffmpeg") { RedirectStandardError = true };
        foreach (var argument in (string[])["-nostdin", "-loglevel", "error", "-y", .. arguments]) start.ArgumentList.Add(argument);
        return RunAsync(start);
    }

    private static async Task RunAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{start.FileName} failed: {errors}");
    }

    private async Task SeedAsync()
    {
        var engine = Server.Services.GetRequiredService<Engine>();
        var seed = new CatalogueSeed(Taxonomy.Default, 7);
        var genres = Taxonomy.Default.Genres.SelectMany((genre, index) => Enumerable.Repeat(index, genre.Name is GenreA or GenreB ? ManyClips : FewClips)).ToArray();
        LedgerEntry[] entries = [.. genres.SelectMany((genre, number) => seed.Video(Spread(number, genres.Length), engine.Now - TimeSpan.FromHours(2), open: true, genre, ClipMs))];
        for (var first = 0; first < entries.Length; first += 1000) await engine.Ledger.AppendAsync(entries[first..Math.Min(first + 1000, entries.Length)], CancellationToken.None);
        var clips = await RenderAsync();
        var files = Server.Services.GetRequiredService<MediaFiles>();
        for (var number = 0; number < genres.Length; number++) Place(clips[genres[number] % clips.Length], files.Folder(seed.Id(Spread(number, genres.Length))));
        await Server.Services.GetRequiredService<LedgerFollower>().QuietAsync(CancellationToken.None);
    }

    /// <summary>Spreads neighbours of one genre over many creators (a creator has eight consecutive numbers).</summary>
    private static int Spread(int number, int count) => number * 37 % count;

    private async Task<string[]> RenderAsync()
    {
        var folders = new List<string>();
        foreach (var colour in (string[])["0x1d4e63", "0xe4572e", "0x76b041", "0x9d4edd"])
        {
            var folder = Directory.CreateDirectory(Path.Combine(_folder, "clips", colour)).FullName;
            var seconds = (ClipMs / 1000.0).ToString(System.Globalization.CultureInfo.InvariantCulture);
            await FfmpegAsync(
                "-f", "lavfi", "-i", $"color=c={colour}:s=180x320:r=24:d={seconds}", "-f", "lavfi", "-i", $"sine=f=330:d={seconds}", "-c:v", "libx264", "-preset", "ultrafast",
                "-pix_fmt", "yuv420p", "-c:a", "aac", "-movflags", "+faststart", Path.Combine(folder, "video.mp4"));
            await FfmpegAsync("-i", Path.Combine(folder, "video.mp4"), "-frames:v", "1", Path.Combine(folder, "poster.jpg"));
            await FfmpegAsync("-i", Path.Combine(folder, "poster.jpg"), "-vf", "scale=90:160,tile=1x1", Path.Combine(folder, "strip.jpg"));
            folders.Add(folder);
        }
        return [.. folders];
    }

    private static void Place(string clip, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(clip)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
    }
}

/// <summary>One browser profile with one page, and what went wrong in it.</summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    public Visit(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type == "error") Errors.Add(message.Text);
        };
        page.PageError += (_, error) => Errors.Add(error);
    }

    public IPage Page { get; }

    /// <summary>Errors of the page's console: scripts that threw, files that were missing, rules that the page broke.</summary>
    public List<string> Errors { get; } = [];

    public ILocator Current => Page.Locator("article.clip.current[data-video-id]");

    public ILocator Switch(string name) => Page.GetByRole(AriaRole.Switch, new PageGetByRoleOptions { Name = name });

    /// <summary>Opens the feed and in it the sheet "Your taste".</summary>
    public async Task OpenTasteAsync()
    {
        await Page.GotoAsync("/");
        await Current.WaitForAsync();
        await Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Your taste" }).First.ClickAsync();
        await Switch("Share my region").WaitForAsync();
    }

    public async Task SignInAsync(FirstAccount account)
    {
        await Page.GotoAsync("/signin");
        await Page.GetByLabel("Name").First.FillAsync(account.Name);
        await Page.GetByLabel("Password").First.FillAsync(account.Password);
        await Page.Keyboard.PressAsync("Enter");
        await Page.Locator("[data-account-name]", new PageLocatorOptions { HasText = account.Name }).First
            .WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
    }

    public ValueTask DisposeAsync() => new(_context.CloseAsync());
}
