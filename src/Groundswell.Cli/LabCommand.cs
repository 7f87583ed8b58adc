using System.CommandLine;

namespace Groundswell.Cli;

/// <summary><c>groundswell lab</c>: the engine tried out, away from any server.</summary>
internal static class LabCommand
{
    public static Command Create() =>
        new("lab", "Try the engine out, away from any server.") { SimulateCommand.Create(), CalibrateCommand.Create(), RankingLogCommand.Create(), ClosedLoopCommand.Create(), TestEconomyCommand.Create(), AblationsCommand.Create(), OffPolicyCommand.Create() };
}
