using System.CommandLine;
using Groundswell.Cli;

var root = new RootCommand("Groundswell decides what a short-video viewer sees next, and which uploads reach an audience.")
{
    ServeCommand.Create(),
    LedgerCommand.Create(),
    BenchCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
