using System.Runtime.InteropServices;

namespace Groundswell.Cli;

/// <summary>Ctrl-C and SIGTERM as a cancellation, for a command that stops at its next safe place and says so.</summary>
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
        context.Cancel = true;
        _stopped.Cancel();
    });
}
