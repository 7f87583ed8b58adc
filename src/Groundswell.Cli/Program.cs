using System.CommandLine;
using Groundswell.Cli;

var root = new RootCommand("Groundswell decides what a short-video viewer sees next, and which uploads reach an audience.")
{
    ServeCommand.Create(),
    LedgerCommand.Create(),
    RulesCommand.Create(),
    ExportCommand.Create(),
    ImportCommand.Create(),
    BackupCommand.Create(),
    RestoreCommand.Create(),
    LabCommand.Create(),
    BenchCommand.Create(),
};
using var signals = new StopSignals();
try
{
    // Without the library's own handling of signals: it would end the process in the middle of a clean-up that takes longer than its bound.
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false }, signals.Token);
}
catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
{
    return Lines.Stop();
}
