using Groundswell.Cluster.Follow;

namespace Groundswell.Cli;

/// <summary>One line that is written over again while work goes on.</summary>
internal sealed class ProgressLine(string what = "") : IProgress<LedgerProgress>, IProgress<(int Done, int Of)>, IDisposable
{
    private readonly Lock _gate = new();
    private bool _written;

    public void Report(LedgerProgress value) => Write(value.Stage, value.Done, value.Total);

    public void Report((int Done, int Of) value) => Write(what, value.Done, value.Of);

    private void Write(string stage, long done, long of)
    {
        lock (_gate)
        {
            System.Console.Error.Write($"\r{stage}: {done:N0} of {of:N0}".PadRight(72));
            _written = true;
        }
    }

    public void Dispose()
    {
        if (_written) System.Console.Error.WriteLine();
    }
}
