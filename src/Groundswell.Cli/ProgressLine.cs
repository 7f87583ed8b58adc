using Groundswell.Cluster.Follow;

namespace Groundswell.Cli;

/// <summary>One line that is written over again while work goes on.</summary>
internal sealed class ProgressLine : IProgress<LedgerProgress>, IDisposable
{
    private readonly Lock _gate = new();
    private bool _written;

    public void Report(LedgerProgress value)
    {
        lock (_gate)
        {
            System.Console.Error.Write($"\r{value.Stage}: {value.Done:N0} of {value.Total:N0}".PadRight(72));
            _written = true;
        }
    }

    public void Dispose()
    {
        if (_written) System.Console.Error.WriteLine();
    }
}
