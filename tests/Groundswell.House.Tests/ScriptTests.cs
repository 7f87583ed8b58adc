using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Groundswell.House.Tests;

public sealed class ScriptTests : IDisposable
{
    private readonly Sandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Theory, InlineData("run"), InlineData("test"), InlineData(".ci/run"), InlineData("scripts/needs.sh")]
    public void Scripts_AreValidBash(string script)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-n", Repository.FullPath(script)]))!;
        bash.WaitForExit();
        bash.ExitCode.ShouldBe(0);
    }

    [Theory, InlineData("run"), InlineData("test"), InlineData(".ci/run")]
    public void Commands_AreExecutable(string script) =>
        File.GetUnixFileMode(Repository.FullPath(script)).HasFlag(UnixFileMode.UserExecute).ShouldBeTrue();

    [Theory, InlineData("run", "--port"), InlineData("test", "--filter")]
    public void Help_ListsTheOptionsAndDoesNothing(string script, string option)
    {
        var ended = _sandbox.Run(script, "--help");
        ended.ExitCode.ShouldBe(0);
        ended.Output.ShouldContain(option);
        _sandbox.Calls.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("run", "--colour")]
    [InlineData("run", "8080")]
    [InlineData("run", "--port")]
    [InlineData("run", "--port", "none")]
    [InlineData("run", "--port=70000")]
    [InlineData("run", "--demo", "perhaps")]
    [InlineData("run", "--videos", "nowhere")]
    [InlineData("test", "--colour")]
    [InlineData("test", "--filter")]
    [InlineData("test", "NoSuchProject")]
    public void Misuse_IsOneSentenceAndExitCodeTwo(string script, params string[] arguments)
    {
        _sandbox.PutMediaTools();
        _sandbox.PutSdk();
        _sandbox.PutPackageManager();
        var ended = _sandbox.Run(script, arguments);
        ended.ExitCode.ShouldBe(2);
        var line = ended.ErrorLines.ShouldHaveSingleItem();
        line.ShouldStartWith($"./{script}: ");
        line.ShouldEndWith(".");
        _sandbox.Calls.ShouldBeEmpty();
    }

    [Fact]
    public void TakenPort_IsToldBeforeAnythingIsInstalledOrBuilt()
    {
        _sandbox.PutSdk();
        _sandbox.PutPackageManager();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var ended = _sandbox.Run("run", "--port", port.ToString());

        ended.ExitCode.ShouldBe(1);
        ended.ErrorLines.ShouldHaveSingleItem().ShouldContain($"port {port} is taken");
        _sandbox.Calls.ShouldBeEmpty();
    }

    [Fact]
    public void MissingMediaTools_WithoutAPackageManager_AreNamedWithTheNextStep()
    {
        var ended = Start();
        ended.ExitCode.ShouldBe(1);
        ended.ErrorLines.ShouldHaveSingleItem().ShouldContain("ffmpeg is missing and this system has no apt-get: install it");
    }

    [Fact]
    public void MissingMediaTools_AreInstalledAndSaidSo()
    {
        _sandbox.PutPackageManager();
        _sandbox.PutSdk();
        var ended = Start();
        ended.ExitCode.ShouldBe(0, ended.Errors);
        ended.Errors.ShouldContain("installing ffmpeg");
        _sandbox.Calls.ShouldContain(call => call.StartsWith("apt-get install") && call.EndsWith("ffmpeg"));
    }

    [Fact]
    public void MissingSdk_ThatCannotBeHad_IsNamedWithTheNextStep()
    {
        _sandbox.PutMediaTools();
        var ended = Start();
        ended.ExitCode.ShouldBe(1);
        ended.ErrorLines[^1].ShouldContain(".NET SDK 10 is missing and could not be installed: install it from");
    }

    [Fact]
    public void SecondStart_BuildsNothing()
    {
        _sandbox.PutMediaTools();
        _sandbox.PutSdk();
        Start().ExitCode.ShouldBe(0);
        var before = _sandbox.Calls;

        var second = Start();

        second.Output.ShouldStartWith("started serve --port");
        before.Count(call => call.StartsWith("dotnet publish")).ShouldBe(1);
        _sandbox.Calls.ShouldBe(before, "no tool is called when the sources are the same");
    }

    [Theory]
    [InlineData("src/Groundswell.Cli/Program.cs")]
    [InlineData("bench/Groundswell.Bench/Load.cs")]
    public void ChangedSources_AreBuiltAgain(string file)
    {
        _sandbox.PutMediaTools();
        _sandbox.PutSdk();
        Start();
        _sandbox.Write(file, "// second\n");
        Start();
        _sandbox.Calls.Count(call => call.StartsWith("dotnet publish")).ShouldBe(2);
    }

    [Fact]
    public void Options_ReachTheProgramWithWholePaths()
    {
        _sandbox.PutMediaTools();
        _sandbox.PutSdk();
        _sandbox.Write("clips/one.mp4", "");
        var clips = Path.Combine(_sandbox.Root, "clips");
        var ended = Start("--data", "here", "--demo=off", "--host", "127.0.0.1", "--videos", clips);
        ended.Output.ShouldContain($"--data {Path.GetDirectoryName(_sandbox.Root)}/here --demo off --host 127.0.0.1 --videos {clips}");
    }

    [Fact]
    public void Test_AddsUpTheReportsAndNamesTheSkipped()
    {
        PutTestProject("One.Tests", Report(passed: 3, failed: 0, skipped: 1, "<test name=\"One.Sings\" result=\"Skip\"><reason>no &lt;voice&gt;</reason></test>"));
        PutTestProject("Two.Tests", Report(passed: 4, failed: 0, skipped: 0));
        var ended = _sandbox.Run("test");
        ended.Output.ShouldContain("One.Sings: no <voice>");
        LastLine(ended).ShouldBe("7 passed, 0 failed, 1 skipped");
        ended.ExitCode.ShouldBe(0);
    }

    [Fact]
    public void Test_CountsAProjectThatDiedWithoutAReportAsFailed()
    {
        PutTestProject("One.Tests", Report(passed: 3, failed: 0, skipped: 0));
        PutTestProject("Two.Tests", report: null, exitCode: 134);
        var ended = _sandbox.Run("test");
        ended.Output.ShouldContain("Two.Tests ended without a report (exit code 134)");
        LastLine(ended).ShouldBe("3 passed, 1 failed");
        ended.ExitCode.ShouldBe(1);
    }

    [Fact]
    public void Test_CountsAReportThatBreaksOffAsFailed()
    {
        PutTestProject("One.Tests", "<assemblies><assembly passed=\"3\" failed=\"0\" errors=\"0\" skipped=\"0\">", exitCode: 0);
        LastLine(_sandbox.Run("test")).ShouldBe("0 passed, 1 failed");
    }

    [Fact]
    public void Test_FailsWhenATestFails()
    {
        PutTestProject("One.Tests", Report(passed: 3, failed: 2, skipped: 0), exitCode: 1);
        var ended = _sandbox.Run(".ci/run");
        LastLine(ended).ShouldBe("3 passed, 2 failed");
        ended.ExitCode.ShouldBe(1);
    }

    [Fact]
    public void Test_FailsWhenNoTestRan()
    {
        PutTestProject("One.Tests", Report(passed: 0, failed: 0, skipped: 0));
        var ended = _sandbox.Run("test", "--filter", "Nothing");
        LastLine(ended).ShouldBe("0 passed, 0 failed");
        ended.ExitCode.ShouldBe(1);
    }

    [Fact]
    public void Test_CountsAProjectThatWasNotBuiltAsFailed()
    {
        PutTestProject("One.Tests", Report(passed: 1, failed: 0, skipped: 0));
        _sandbox.Write("tests/Two.Tests/Two.Tests.csproj", "<Project />\n");
        var ended = _sandbox.Run("test");
        ended.Output.ShouldContain("Two.Tests was not built");
        LastLine(ended).ShouldBe("1 passed, 1 failed");
    }

    /// <summary>A start on a port that was free a moment ago.</summary>
    private Ended Start(params string[] options)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        return _sandbox.Run("run", ["--port", port.ToString(), .. options]);
    }

    private void PutTestProject(string name, string? report, int exitCode = 0)
    {
        _sandbox.PutMediaTools();
        _sandbox.PutSdk();
        _sandbox.Write($"tests/{name}/{name}.csproj", "<Project />\n");
        var writes = report is null ? "" : $"cat >\"$2\" <<'XML'\n{report}\nXML\n";
        _sandbox.Write(
            $"tests/{name}/bin/Release/net10.0/{name}",
            $"#!/usr/bin/env bash\nwhile [[ $1 != -result-xml ]]; do shift; done\n{writes}exit {exitCode}\n",
            executable: true);
    }

    private static string Report(int passed, int failed, int skipped, string tests = "") =>
        $"<assemblies><assembly name=\"x\" errors=\"0\" failed=\"{failed}\" not-run=\"0\" passed=\"{passed}\" skipped=\"{skipped}\">{tests}</assembly></assemblies>";

    private static string LastLine(Ended ended) => ended.Output.TrimEnd('\n').Split('\n')[^1];
}
