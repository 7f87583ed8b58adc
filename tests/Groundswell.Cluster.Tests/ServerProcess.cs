using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Groundswell.Cluster.Tests;

/// <summary>The real program in a process of its own, which can be killed.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said;

    private ServerProcess(Process process, HttpClient client, ConcurrentQueue<string> said) => (_process, Client, _said) = (process, client, said);

    /// <summary>The faults that the server has logged.</summary>
    public IEnumerable<string> Faults => _said.Where(line => line.Contains("fail:", StringComparison.Ordinal));

    public HttpClient Client { get; }

    public int Id => _process.Id;

    /// <summary>Everything the server has written.</summary>
    public IEnumerable<string> Said => _said;

    public static async Task<ServerProcess> StartAsync(string folder, CancellationToken cancellation, bool ignoringFileLimits = false)
    {
        var port = FreePort();
        var process = Start(folder, port, ignoringFileLimits);
        var said = new ConcurrentQueue<string>();
        process.OutputDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        for (var tries = 0; ; tries++)
        {
            try
            {
                if ((await client.GetAsync("/health/ready", cancellation)).IsSuccessStatusCode) return new ServerProcess(process, client, said);
            }
            catch (HttpRequestException) when (tries < 300 && !process.HasExited)
            {
                // Not listening yet.
            }
            if (process.HasExited) throw new InvalidOperationException($"The server ended with {process.ExitCode}.");
            await Task.Delay(100, cancellation);
        }
    }

    /// <summary>Runs a server that is expected to end by itself.</summary>
    /// <returns>Its exit code and what it wrote to standard error.</returns>
    public static async Task<(int Code, string Said)> RunToEndAsync(string folder, CancellationToken cancellation)
    {
        using var process = Start(folder, FreePort());
        process.BeginOutputReadLine();
        var said = await process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, said);
    }

    /// <summary>A bearer token of one of the first accounts.</summary>
    public async Task<string> TokenAsync(string folder, string name)
    {
        var password = File.ReadAllLines(Path.Combine(folder, "keys", "first-accounts.txt")).Select(line => line.Split('\t')).Single(account => account[0] == name)[1];
        using var answer = await Client.PostAsJsonAsync("/v1/tokens", new { name, password });
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString() ?? "";
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Starts the program with these arguments.</summary>
    public static Process Run(params IReadOnlyList<string> arguments) => Started("dotnet", [Path.Combine(AppContext.BaseDirectory, "groundswell.dll"), .. arguments]);

    /// <summary>Runs the program to its end.</summary>
    /// <returns>Its exit code and all that it wrote.</returns>
    public static async Task<(int Code, string Said)> RunToEndAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        using var process = Run(arguments);
        var said = process.StandardOutput.ReadToEndAsync(cancellation);
        var complained = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, await said + await complained);
    }

    public void Dispose()
    {
        Client.Dispose();
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private static Process Start(string folder, int port, bool ignoringFileLimits = false)
    {
        string[] serve =
        [
            Path.Combine(AppContext.BaseDirectory, "groundswell.dll"), "serve", "--demo", "off", "--data", folder, "--port", $"{port}", "--snapshot-seconds", "0.3",
        ];
        // What a shell ignores its child ignores too: a write beyond a file's limit then fails, instead of ending the process.
        return ignoringFileLimits ? Started("sh", ["-c", "trap '' XFSZ; exec dotnet \"$@\"", "sh", .. serve]) : Started("dotnet", serve);
    }

    private static Process Started(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
