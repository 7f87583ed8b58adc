using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Groundswell.Core.Ledger;

namespace Groundswell.Bench;

/// <param name="Index">What was built, and of how many lists a search read.</param>
/// <param name="RecallAt500">With the fewest lists that reach the recall asked for; below it only if Faiss never does.</param>
/// <param name="BuildS">Training and adding, on one thread.</param>
/// <param name="BytesPerVideo">All that the index holds, what is free for more included.</param>
public sealed record FaissFigures(
    string Index, [property: JsonPropertyName("recall_at_500")] double RecallAt500, double Qps, double BuildS, double AddPerS, double BytesPerVideo);

/// <param name="Truth">Of each query the truly nearest, all alike many.</param>
internal sealed record RetrievalTask(float[] Rows, float[] Queries, int[] Truth, int Width);

/// <summary>
/// Faiss as a program of its own, built by the machine's compiler from the source that this assembly carries: nothing here
/// depends on it, and a machine without it measures the rest.
/// </summary>
internal static class FaissPeer
{
    /// <returns>Null where it cannot be built, which <paramref name="progress"/> is told.</returns>
    public static async Task<FaissFigures?> RunAsync(RetrievalTask task, string kind, double recall, IProgress<string> progress, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("groundswell-faiss-").FullName;
        Process peer;
        try
        {
            progress.Report("building Faiss's part");
            if (await BuildAsync(folder, cancellation) is { } problem)
            {
                progress.Report($"Faiss is left out, for {problem}: apt-get install libfaiss-dev libopenblas-dev g++");
                return null;
            }
            peer = Start(Path.Combine(folder, "peer"), $"IVF{Lists(task)},{kind}", recall.ToString(CultureInfo.InvariantCulture));
        }
        finally
        {
            // A program that runs does not need its file.
            Directory.Delete(folder, recursive: true);
        }
        using (peer)
        {
            await using var killing = cancellation.Register(() => peer.Kill());
            progress.Report("the same with Faiss, which trains long where the BLAS is not OpenBLAS");
            var (answer, errors) = (peer.StandardOutput.ReadToEndAsync(CancellationToken.None), peer.StandardError.ReadToEndAsync(CancellationToken.None));
            try
            {
                Write(task, peer.StandardInput.BaseStream);
            }
            catch (IOException)
            {
                // It has ended: its exit code says so below.
            }
            // The input stays open: it ends when this process does, and the peer with it.
            await peer.WaitForExitAsync(CancellationToken.None);
            cancellation.ThrowIfCancellationRequested();
            if (peer.ExitCode != 0) throw new InvalidOperationException($"Faiss's part failed: {await errors}");
            return JsonSerializer.Deserialize<FaissFigures>(await answer, GroundswellJson.Options);
        }
    }

    /// <summary>4·√n, which Faiss's guide recommends, as far as there are the 40 rows for each that it trains on.</summary>
    private static int Lists(RetrievalTask task)
    {
        var rows = task.Rows.Length / task.Width;
        return Math.Max(1, Math.Min((int)(4 * Math.Sqrt(rows)), rows / 40));
    }

    /// <returns>What keeps it from being built; null when it is.</returns>
    private static async Task<string?> BuildAsync(string folder, CancellationToken cancellation)
    {
        var source = Path.Combine(folder, "peer.cpp");
        await using (var to = File.Create(source))
        await using (var from = typeof(FaissPeer).Assembly.GetManifestResourceStream("faiss.cpp") ?? throw new InvalidOperationException("The source of Faiss's part is missing."))
            await from.CopyToAsync(to, cancellation);
        try
        {
            using var compiler = Start("g++", "-O3", "-fopenmp", "-o", Path.Combine(folder, "peer"), source, "-lfaiss", "-llapack", "-lblas");
            await using var killing = cancellation.Register(() => compiler.Kill(entireProcessTree: true));
            var (said, errors) = (compiler.StandardOutput.ReadToEndAsync(CancellationToken.None), compiler.StandardError.ReadToEndAsync(CancellationToken.None));
            await Task.WhenAll(said, errors, compiler.WaitForExitAsync(CancellationToken.None));
            cancellation.ThrowIfCancellationRequested();
            if (compiler.ExitCode == 0) return null;
            return (await errors).Split('\n').FirstOrDefault(line => line.Contains("error:") || line.Contains("cannot find")) is { } line
                ? $"g++ says \"{line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..]}\""
                : $"g++ ended with {compiler.ExitCode}";
        }
        catch (Win32Exception)
        {
            return "there is no g++";
        }
    }

    private static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        // The threads of OpenBLAS are not those that the program itself limits.
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }

    private static void Write(RetrievalTask task, Stream to)
    {
        var (rows, queries) = (task.Rows.Length / task.Width, task.Queries.Length / task.Width);
        to.Write(MemoryMarshal.AsBytes<int>([rows, queries, task.Truth.Length / queries, task.Width]));
        WriteFloats(task.Rows, to);
        WriteFloats(task.Queries, to);
        to.Write(MemoryMarshal.AsBytes<int>(task.Truth));
        to.Flush();
    }

    /// <summary>In parts: a span holds no more than two gigabytes, which are six million rows of the usual width.</summary>
    private static void WriteFloats(float[] floats, Stream to)
    {
        for (var from = 0; from < floats.Length; from += 1 << 20)
            to.Write(MemoryMarshal.AsBytes(floats.AsSpan(from, Math.Min(1 << 20, floats.Length - from))));
    }
}
