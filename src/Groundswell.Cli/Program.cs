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
// The server has its own way to stop: it finishes what it has promised, however long that takes.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
