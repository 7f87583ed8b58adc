using Groundswell.Bench.Fuzz;

namespace Groundswell.Cluster.Tests;

/// <summary>Hostile requests, 15 seconds of them, or GROUNDSWELL_FUZZ_MINUTES for a long run.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const double MostGrowthMb = 100;

    private static readonly TimeSpan Time = double.TryParse(Environment.GetEnvironmentVariable("GROUNDSWELL_FUZZ_MINUTES"), out var minutes) && minutes > 0
        ? TimeSpan.FromMinutes(minutes)
        : TimeSpan.FromSeconds(15);

    [Fact]
    public async Task WhateverIsSent_IsAnswered_AndTakesNoMemoryForGood()
    {
        var seed = (ulong)TimeProvider.System.GetTimestamp();
        var figures = await FuzzBench.RunAsync(Time, seed, new Progress<string>(), TestContext.Current.CancellationToken);
        output.WriteLine($"seed {seed}: {figures.Requests} requests in {figures.Minutes} min; {string.Join(", ", figures.ByStatus.Select(pair => $"{pair.Key}: {pair.Value}"))}");
        output.WriteLine(string.Join(", ", figures.ByKind.Select(pair => $"{pair.Key}: {pair.Value}")));
        output.WriteLine($"heap {figures.FirstHeapMb} MB, then {figures.LastHeapMb} MB; resident {figures.FirstRssMb} MB, then {figures.LastRssMb} MB");
        figures.Faults.ShouldBeEmpty($"seed {seed}");
        figures.ByStatus.ShouldContainKey("200");
        figures.ByStatus.ShouldContainKey("400");
        (figures.LastHeapMb - figures.FirstHeapMb).ShouldBeLessThan(MostGrowthMb);
    }
}
