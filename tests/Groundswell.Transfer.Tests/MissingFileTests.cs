using Groundswell.Cluster.Tests;

namespace Groundswell.Transfer.Tests;

/// <summary>The real program is given paths that are not there: one sentence, the next step, and 1.</summary>
public class MissingFileTests
{
    [Theory]
    [InlineData("there is no file", "name one that is there.", "rules", "check", "/nowhere/rules.json")]
    [InlineData("there is no file", "name one that is there.", "lab", "simulate", "--json", "--rules", "/rules.json")]
    [InlineData("there is no file", "name one that is there.", "lab", "t3", "--data", "/clips.csv")]
    [InlineData("path '/nowhere/", "Make the folder first, or name another.", "rules", "docs", "/nowhere/rules.md")]
    [InlineData("'/etc' is denied.", "Name another path, or let this user use it.", "rules", "docs", "/etc")]
    public async Task TheNextStepIsSaid(string what, string next, params string[] command)
    {
        var (code, said) = await ServerProcess.RunToEndAsync(command, TestContext.Current.CancellationToken);
        code.ShouldBe(1, said);
        said.Trim().ShouldStartWith("groundswell: ");
        said.ShouldContain(what, Case.Insensitive);
        said.Trim().ShouldEndWith(next);
        said.Trim().ShouldNotContain('\n');
    }
}
