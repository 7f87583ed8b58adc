using System.Diagnostics;

namespace Groundswell.Bench;

/// <summary>A closed loop of clients: each asks again as soon as it is answered.</summary>
internal static class Load
{
    /// <summary>Answered calls a second.</summary>
    /// <exception cref="HttpRequestException">A call was not answered with success: a figure over failures would be none.</exception>
    public static async Task<double> RunAsync(
        int clients, TimeSpan time, Latencies latencies, Func<int, CancellationToken, Task<HttpResponseMessage>> call, CancellationToken cancellation)
    {
        var numbers = -1;
        var calls = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            while (watch.Elapsed < time)
            {
                var began = Stopwatch.GetTimestamp();
                using var answer = await call(Interlocked.Increment(ref numbers), cancellation);
                await answer.Content.LoadIntoBufferAsync(cancellation);
                answer.EnsureSuccessStatusCode();
                latencies.Add(Stopwatch.GetElapsedTime(began));
                Interlocked.Increment(ref calls);
            }
        }, cancellation)));
        return calls / watch.Elapsed.TotalSeconds;
    }
}
