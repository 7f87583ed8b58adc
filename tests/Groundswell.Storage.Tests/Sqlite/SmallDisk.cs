using System.Diagnostics;

namespace Groundswell.Storage.Tests.Sqlite;

/// <summary>A disk of its own, in memory: it really is full or read-only. Needs the right to mount one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    public static SmallDisk OrSkip(int megabytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "disks in memory are mounted on Linux only");
        var folder = Directory.CreateTempSubdirectory("groundswell-disk-").FullName;
        if (Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder)) return new SmallDisk(folder);
        Directory.Delete(folder);
        Assert.Skip("this user may not mount a disk in memory");
        throw new UnreachableException();
    }

    public void MakeReadOnly(bool readOnly) =>
        Run("mount", "-o", readOnly ? "remount,ro" : "remount,rw", Folder).ShouldBeTrue();

    public void Dispose()
    {
        Run("umount", Folder).ShouldBeTrue();
        Directory.Delete(Folder);
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true }).ShouldNotBeNull();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // there is no such program
        }
    }
}
