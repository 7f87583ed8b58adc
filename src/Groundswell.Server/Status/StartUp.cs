using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Groundswell.Server.Status;

/// <summary>After the server listens: lets the demo live, if it is wanted, and says when real viewers may come.</summary>
internal sealed partial class StartUp(
    ServerOptions options, StartProgress start, DemoLife demo, IServer server, IHostApplicationLifetime lifetime, ILogger<StartUp> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Started(lifetime, stoppingToken);
        if (!options.Demo)
        {
            start.Live();
            return;
        }
        try
        {
            var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.First() ?? throw new InvalidOperationException("The server listens nowhere.");
            await demo.RunAsync(new Uri(address), options, start, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping the server stops the demo.
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException or InvalidOperationException)
        {
            LogDemoEnded(log, fault);
            demo.Abandon();
            start.Live();
        }
    }

    private static Task Started(IHostApplicationLifetime lifetime, CancellationToken stopping)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lifetime.ApplicationStarted.Register(started.SetResult);
        return started.Task.WaitAsync(stopping);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The demo has ended early; the server goes on without it.")]
    private static partial void LogDemoEnded(ILogger logger, Exception fault);
}
