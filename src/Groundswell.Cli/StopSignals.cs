using System.Runtime.InteropServices;

namespace Groundswell.Cli;

/// <summary>Ctrl-C and SIGTERM as a cancellation: a command stops at its next safe place and says so. A second signal ends the process where it stands.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stopped = new();
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals() => _registrations = [Register(PosixSignal.SIGINT), Register(PosixSignal.SIGTERM)];

    public CancellationToken Token => _stopped.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _stopped.Dispose();
    }

    private PosixSignalRegistration Register(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
    {
        // Only ever said, never taken back: a server that is stopping has said so too.
        if (!_stopped.IsCancellationRequested) context.Cancel = true;
        _stopped.Cancel();
    });
}
