using System.Diagnostics;

namespace Groundswell.Bench;

/// <summary>
/// A real PostgreSQL server of its own in a temporary folder, reached by a socket in that folder. It knows nothing of
/// the rest, so that a test project can link this one file.
/// </summary>
/// <remarks>
/// A shell stands between: it stops the server and removes the folder when its standard input ends, and that happens
/// however this process ends.
/// </remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Watch =
        """
        trap '' INT TERM
        bin=$1 folder=$2
        if [ ! -d "$folder/data" ]; then
            "$bin/initdb" -D "$folder/data" -A trust -U groundswell -E UTF8 --locale=C --no-sync >"$folder/log" 2>&1 </dev/null || { cat "$folder/log" >&2; exit 1; }
        fi
        tries=0 server=none
        until "$bin/pg_isready" -q -h "$folder"; do
            # After a kill the processes of the old server may still be going away, and the new one ends.
            if ! kill -0 "$server" 2>/dev/null; then
                "$bin/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= -c max_connections=200 >>"$folder/log" 2>&1 </dev/null &
                server=$!
            fi
            tries=$((tries + 1))
            [ $tries -lt 600 ] || { cat "$folder/log" >&2; exit 1; }
            sleep 0.05
        done
        echo "$server"
        read -r word
        kill -QUIT "$server" 2>/dev/null # at once
        wait "$server"
        [ "$word" = keep ] || rm -rf "$folder"
        """;

    private readonly string _bin;
    private readonly string _folder;
    private Process _shell;
    private int _server;

    private PostgresServer(string bin, string folder, Process shell, int server) => (_bin, _folder, _shell, _server) = (bin, folder, shell, server);

    /// <summary>Why no server can be started here; null when one can.</summary>
    public static string? Missing =>
        FindPrograms() is not null ? null : "no PostgreSQL server is installed here: install the package postgresql.";

    /// <summary>The address of one schema, which a test makes for itself.</summary>
    public string Address(string schema) => $"Host={_folder};Username=groundswell;Database=postgres;Search Path={schema}";

    public static async Task<PostgresServer> StartAsync()
    {
        var bin = FindPrograms() ?? throw new InvalidOperationException(Missing);
        var folder = Directory.CreateTempSubdirectory("groundswell-postgres-").FullName;
        if (Environment.IsPrivilegedProcess) await RunAsync("chown", "postgres", folder);
        var (shell, server) = await StartShellAsync(bin, folder);
        return new PostgresServer(bin, folder, shell, server);
    }

    /// <summary>kill -9 of the server: its other processes notice and end.</summary>
    public async Task KillAsync()
    {
        using (var server = Process.GetProcessById(_server)) server.Kill();
        await _shell.StandardInput.WriteLineAsync("keep");
        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }

    /// <summary>Starts the killed server again on the same data.</summary>
    public async Task RestartAsync() => (_shell, _server) = await StartShellAsync(_bin, _folder);

    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }

    private static async Task<(Process Shell, int Server)> StartShellAsync(string bin, string folder)
    {
        string[] shell = ["sh", "-c", Watch, "sh", bin, folder];
        // The server refuses to run as root.
        if (Environment.IsPrivilegedProcess) shell = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", .. shell];
        var start = new ProcessStartInfo(shell[0], shell[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{shell[0]} did not start.");
        if (int.TryParse(await process.StandardOutput.ReadLineAsync(), out var server)) return (process, server);
        throw new InvalidOperationException($"The PostgreSQL server did not start: {await process.StandardError.ReadToEndAsync()}");
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} failed.");
    }

    /// <summary>Debian keeps the server's programs off the path.</summary>
    private static string? FindPrograms()
    {
        const string debian = "/usr/lib/postgresql";
        IEnumerable<string> folders = Directory.Exists(debian)
            ? Directory.GetDirectories(debian).OrderByDescending(version => int.TryParse(Path.GetFileName(version), out var number) ? number : 0).Select(version => Path.Combine(version, "bin"))
            : [];
        return folders.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }
}
