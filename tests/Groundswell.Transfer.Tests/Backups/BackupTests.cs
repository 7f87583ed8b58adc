using Groundswell.Storage.Tests;
using Groundswell.Transfer.Backups;
using Groundswell.Transfer.Tests.Fixtures;

namespace Groundswell.Transfer.Tests.Backups;

public sealed class BackupTests : IDisposable
{
    private readonly Folder _folder = new();

    public static TheoryData<string> Targets => ["backup", "backup.tar"];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Targets))]
    public async Task WhatIsBackedUp_IsRestoredEqual_WithItsPermissions(string target)
    {
        await DataAsync();
        var manifest = await MakeAsync(target);
        manifest.Head.ShouldBe(_folder.Ledger("data").Count);
        manifest.Files.Select(file => file.Path).ShouldBe(["store/groundswell.db", $"media/{Facts.Video}/video.mp4", "demo/clip.mp4", "keys/slot.key"], ignoreOrder: true);
        Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName).ShouldBe(["data", target], ignoreOrder: true);

        await Restore.RunAsync(_folder[target], _folder["again"], Nobody.Told<BackupProgress>(), CancellationToken.None);
        _folder.Ledger("again").ShouldBe(_folder.Ledger("data"));
        (await File.ReadAllTextAsync(_folder[$"again/media/{Facts.Video}/video.mp4"])).ShouldBe("moving pictures");
        if (OperatingSystem.IsWindows()) return;
        File.GetUnixFileMode(_folder["again/keys"]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.GetUnixFileMode(_folder["again/keys/slot.key"]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (File.GetUnixFileMode(_folder[target]) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)).ShouldBe(UnixFileMode.None);
    }

    [Theory, MemberData(nameof(Targets))]
    public async Task ADamagedBackup_IsRefused_AndLeavesNothing(string target)
    {
        await DataAsync();
        await MakeAsync(target);
        foreach (var damage in (Action<string>[])[FlipAByte, CutOff])
        {
            var copy = target.EndsWith(".tar", StringComparison.Ordinal) ? "damaged.tar" : "damaged";
            Copy(_folder[target], _folder[copy]);
            damage(Directory.Exists(_folder[copy]) ? _folder[$"{copy}/store/groundswell.db"] : _folder[copy]);
            var refused = await Should.ThrowAsync<BackupException>(() => Restore.RunAsync(_folder[copy], _folder["again"], Nobody.Told<BackupProgress>(), CancellationToken.None));
            refused.Message.ShouldContain("damaged");
            Directory.Exists(_folder["again"]).ShouldBeFalse();
            Directory.Exists(_folder["again.part"]).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task MoreOrLessThanTheManifestSays_IsRefused()
    {
        await DataAsync();
        await MakeAsync("backup");
        await File.WriteAllTextAsync(_folder["backup/keys/more.key"], "planted");
        (await RefusedAsync("backup")).ShouldContain("not in its manifest");
        File.Delete(_folder["backup/keys/more.key"]);
        File.Delete(_folder["backup/keys/slot.key"]);
        (await RefusedAsync("backup")).ShouldContain("keys/slot.key is missing");
        File.Delete(_folder["backup/manifest.json"]);
        (await RefusedAsync("backup")).ShouldContain("no manifest");
        (await RefusedAsync("elsewhere")).ShouldContain("no backup");
    }

    [Fact]
    public async Task AFolderThatIsNotEmpty_IsNeverRestoredInto()
    {
        await DataAsync();
        await MakeAsync("backup");
        var refused = await Should.ThrowAsync<BackupException>(() => Restore.RunAsync(_folder["backup"], _folder["data"], Nobody.Told<BackupProgress>(), CancellationToken.None));
        refused.Message.ShouldContain("not empty");
        (await Should.ThrowAsync<BackupException>(() => MakeAsync("backup"))).Message.ShouldContain("there already");
        (await Should.ThrowAsync<BackupException>(() => MakeAsync("data/inside"))).Message.ShouldContain("data folder itself");
    }

    [Fact]
    public async Task WithoutAnSqliteStore_TheWordIsPgDump()
    {
        Directory.CreateDirectory(_folder["data/store"]);
        (await Should.ThrowAsync<BackupException>(() => MakeAsync("backup"))).Message.ShouldContain("pg_dump");
    }

    private async Task<string> RefusedAsync(string source) =>
        (await Should.ThrowAsync<BackupException>(() => Restore.RunAsync(_folder[source], _folder["again"], Nobody.Told<BackupProgress>(), CancellationToken.None))).Message;

    private Task<BackupManifest> MakeAsync(string target) =>
        Backup.RunAsync(_folder["data"], _folder[target], TimeProvider.System, Nobody.Told<BackupProgress>(), CancellationToken.None);

    /// <summary>A data folder with a published video, work in progress, and files that no ledger entry stands for.</summary>
    private async Task DataAsync()
    {
        await _folder.FillAsync("data", [Facts.Uploaded(Facts.Video), Facts.Moved(Facts.Video, Core.Videos.VideoStage.Uploaded, Core.Videos.VideoStage.Processed), Facts.Signal("a")]);
        Write($"media/{Facts.Video}/video.mp4", "moving pictures");
        Write($"media/{Facts.Video}/.work/half.mp4", "half made");
        Write($"media/{new Core.VideoId(99)}/video.mp4", "of a video that was never uploaded whole");
        Write($"uploads/{new Core.VideoId(98)}.bin", "broken off");
        Write("demo/clip.mp4", "drawn");
        Write("keys/slot.key", "secret");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_folder["data/keys/slot.key"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[$"data/{name}"]) ?? "");
        File.WriteAllText(_folder[$"data/{name}"], text);
    }

    private static void FlipAByte(string file)
    {
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 3] ^= 0xff;
        File.WriteAllBytes(file, bytes);
    }

    private static void CutOff(string file)
    {
        using var stream = new FileStream(file, FileMode.Open);
        stream.SetLength(stream.Length / 2);
    }

    private static void Copy(string from, string to)
    {
        if (File.Exists(from))
        {
            File.Copy(from, to, overwrite: true);
            return;
        }
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target) ?? to);
            File.Copy(file, target, overwrite: true);
        }
    }
}
