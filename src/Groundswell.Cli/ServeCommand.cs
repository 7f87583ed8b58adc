using System.CommandLine;
using System.Net.NetworkInformation;
using Groundswell.Cluster.Follow;
using Groundswell.Cluster.Retention;
using Groundswell.Cluster.RuleBook;
using Groundswell.Server;
using Groundswell.Server.Http;
using Groundswell.Server.Status;
using Groundswell.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Groundswell.Cli;

/// <summary><c>groundswell serve</c>: one server on this machine, until Ctrl-C.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var host = new Option<string>("--host") { Description = "Address to listen on.", DefaultValueFactory = _ => "127.0.0.1" };
        var port = new Option<int>("--port") { Description = "HTTP port.", DefaultValueFactory = _ => 8080 };
        var data = new Option<string>("--data") { Description = "Folder where everything is kept.", DefaultValueFactory = _ => "data" };
        var demo = new Option<string>("--demo") { Description = "The living demo: on or off.", DefaultValueFactory = _ => "on" };
        demo.AcceptOnlyFromAmong("on", "off");
        var videos = new Option<string?>("--videos") { Description = "A folder of your own clips that the demo uploads as well." };
        var log = new Option<string>("--log") { Description = "Log lines for people (text) or for machines (json).", DefaultValueFactory = _ => "text" };
        log.AcceptOnlyFromAmong("text", "json");
        var snapshots = new Option<double>("--snapshot-seconds") { Description = "How often memory is saved.", DefaultValueFactory = _ => SnapshotPace.Default.Every.TotalSeconds };
        snapshots.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0.1 and <= 3600)) result.AddError("--snapshot-seconds must be from 0.1 to 3600.");
        });
        var backlog = new Option<int>("--event-backlog-mb") { Description = "Megabytes of events under way at once; more is refused with a 429.", DefaultValueFactory = _ => EventAdmission.DefaultMegabytes };
        backlog.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is not (>= 1 and <= 4096)) result.AddError("--event-backlog-mb must be from 1 to 4096.");
        });
        var kept = RetentionOption.Create("Compact the ledger daily, keeping heartbeats, impressions, play starts and served pages for so many days; without it everything is kept.");
        var rules = new Option<string?>("--rules")
        {
            Description = $"Your rules: a JSON file of what differs from those shipped; without it {RulesFile.Name} in the data folder, if it is there. The environment variable {RulesFile.Variable} says the same.",
        };
        var (store, model) = (StoreOption.Create(), ModelSizeOption.Create());
        var command = new Command("serve", "Start a server.") { host, port, data, demo, videos, log, snapshots, kept, store, backlog, rules, model };
        command.SetAction((parsed, cancellation) => Serve(
            new ServerOptions(
                parsed.GetRequiredValue(host), parsed.GetRequiredValue(port), parsed.GetRequiredValue(data), parsed.GetRequiredValue(demo) == "on", parsed.GetValue(videos),
                Snapshots: new SnapshotPace(TimeSpan.FromSeconds(parsed.GetRequiredValue(snapshots))), Store: Stores.Chosen(parsed.GetValue(store)),
                EventBacklogMb: parsed.GetRequiredValue(backlog), Retention: parsed.GetValue(kept) is { } days ? RetentionRules.DailyAfter(TimeSpan.FromDays(days)) : null,
                RulesFile: parsed.GetValue(rules), ModelSize: parsed.GetRequiredValue(model)),
            parsed.GetRequiredValue(log) == "json", cancellation));
        return command;
    }

    private static async Task<int> Serve(ServerOptions options, bool json, CancellationToken cancellation)
    {
        if (Wrong(options) is { } problem) return Fail(problem);
        try
        {
            await using var server = await GroundswellServer.StartAsync(options, TimeProvider.System, logging => Log(logging, json), cancellation);
            Welcome(server, options);
            await server.WaitForShutdownAsync(cancellation);
            return 0;
        }
        catch (StoreUnavailableException unavailable)
        {
            return Fail(unavailable.Message);
        }
        catch (RulesRefusedException refused)
        {
            return Fail(refused.Message);
        }
        catch (FileNotFoundException missing)
        {
            return Fail(missing.Message);
        }
        catch (IOException taken) when (taken.Message.Contains("address already in use", StringComparison.OrdinalIgnoreCase))
        {
            return Fail(PortTaken(options.Port));
        }
    }

    private static string? Wrong(ServerOptions options)
    {
        if (options.Port is < 0 or > 65535) return $"--port {options.Port} is not a port; choose one from 1 to 65535.";
        if (options.VideosFolder is { } folder && !Directory.Exists(folder)) return $"--videos {folder} is not a folder; name one with your clips in it.";
        if (options.Port != 0 && IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(taken => taken.Port == options.Port)) return PortTaken(options.Port);
        return null;
    }

    private static string PortTaken(int port) => $"Port {port} is in use; stop what uses it, or choose another with --port {port + 1}.";

    private static void Welcome(GroundswellServer server, ServerOptions options)
    {
        var console = System.Console.Out;
        console.WriteLine();
        console.WriteLine($"Groundswell is at {server.Address}   (Ctrl-C stops it; data in {Path.GetFullPath(options.DataFolder)})");
        if (options.Demo && !server.Services.GetRequiredService<StartProgress>().IsLive)
            console.WriteLine("The demo is living through its first two weeks; the page shows how far it has come.");
        if (server.Accounts.Count == 0) return;
        console.WriteLine("Watching needs no account. To log in:");
        foreach (var account in server.Accounts) console.WriteLine($"  {account.Name,-10} {account.Password}   ({account.Roles})");
        console.WriteLine();
    }

    private static void Log(ILoggingBuilder logging, bool json)
    {
        if (json) logging.AddJsonConsole(console => console.UseUtcTimestamp = true);
        else logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
            console.ColorBehavior = LoggerColorBehavior.Default;
        });
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddFilter("Groundswell", LogLevel.Information);
        // A silo of one has nobody to warn about: its notes on garbage collection and slow starts are for clusters.
        logging.AddFilter("Orleans", LogLevel.Error);
        // Keys lie unencrypted at rest in a folder that only their owner can read; the warning says no more than that.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }

    private static int Fail(string problem)
    {
        System.Console.Error.WriteLine($"groundswell: {problem}");
        return 1;
    }
}
