using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using Groundswell.Core.Ledger;

namespace Groundswell.Transfer.Backups;

/// <summary>
/// Where a backup is written to, a folder or a tar archive. It gets its name when it is whole and verified; until then it
/// is <c>….part</c>. It holds keys, so nobody but its owner may read it.
/// </summary>
internal abstract class BackupTarget(string path) : IAsyncDisposable
{
    protected const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    protected const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;

    public string Final => path;

    public string Part => $"{path}.part";

    public static BackupTarget At(string path) => IsArchive(path) ? new TarTarget(path) : new FolderTarget(path);

    public static bool IsArchive(string path) => path.EndsWith(".tar", StringComparison.OrdinalIgnoreCase);

    public abstract void Begin();

    /// <summary>Copies a file and says what was copied.</summary>
    /// <exception cref="FileNotFoundException">It is gone.</exception>
    /// <exception cref="DirectoryNotFoundException">It is gone with its folder.</exception>
    public async Task<BackupFile> AddAsync(string name, string source, CancellationToken cancellation)
    {
        await using var file = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var mode = OperatingSystem.IsWindows() ? OwnersFile : File.GetUnixFileMode(file.SafeFileHandle);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = file.Length;
        await WriteAsync(name, new HashedStream(file, hash, bytes), bytes, mode, cancellation);
        return new BackupFile(name, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()), Convert.ToString((int)mode, 8));
    }

    public async Task AddManifestAsync(BackupManifest manifest, CancellationToken cancellation)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(manifest, GroundswellJson.Options);
        await WriteAsync(BackupManifest.FileName, new MemoryStream(json), json.Length, OwnersFile, cancellation);
    }

    /// <summary>Everything is on the disk and can be read again.</summary>
    public abstract Task FinishAsync(CancellationToken cancellation);

    /// <summary>Gives the finished backup its name.</summary>
    public abstract void Publish();

    public abstract void Abandon();

    public abstract ValueTask DisposeAsync();

    protected abstract Task WriteAsync(string name, Stream content, long bytes, UnixFileMode mode, CancellationToken cancellation);

    private sealed class FolderTarget(string path) : BackupTarget(path)
    {
        public override void Begin()
        {
            if (Directory.Exists(Part)) Directory.Delete(Part, recursive: true);
            MakeFolder(Part);
        }

        public override Task FinishAsync(CancellationToken cancellation) => Task.CompletedTask;

        public override void Publish() => Directory.Move(Part, Final);

        public override void Abandon() => Directory.Delete(Part, recursive: true);

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

        protected override async Task WriteAsync(string name, Stream content, long bytes, UnixFileMode mode, CancellationToken cancellation)
        {
            var target = Path.Combine(Part, name);
            MakeFolder(Path.GetDirectoryName(target) ?? Part);
            await WriteFileAsync(target, content, mode, cancellation);
        }
    }

    private sealed class TarTarget(string path) : BackupTarget(path)
    {
        private FileStream? _file;
        private TarWriter? _writer;

        public override void Begin()
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 1 << 16 };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnersFile;
            _file = new FileStream(Part, options);
            _writer = new TarWriter(_file, TarEntryFormat.Pax, leaveOpen: true);
        }

        public override async Task FinishAsync(CancellationToken cancellation)
        {
            if (_writer is not null) await _writer.DisposeAsync(); // writes the archive's end
            _writer = null;
            if (_file is null) return;
            await _file.FlushAsync(cancellation);
            _file.Flush(flushToDisk: true);
            await _file.DisposeAsync();
        }

        public override void Publish() => File.Move(Part, Final);

        public override void Abandon() => File.Delete(Part);

        public override async ValueTask DisposeAsync()
        {
            if (_writer is not null) await _writer.DisposeAsync();
            if (_file is not null) await _file.DisposeAsync();
        }

        protected override async Task WriteAsync(string name, Stream content, long bytes, UnixFileMode mode, CancellationToken cancellation)
        {
            if (_writer is null) throw new InvalidOperationException("The archive was not begun.");
            await _writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { Mode = mode, DataStream = content }, cancellation);
        }
    }

    internal static void MakeFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OwnersFolder);
    }

    internal static async Task WriteFileAsync(string target, Stream content, UnixFileMode mode, CancellationToken cancellation)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = mode;
        await using var file = new FileStream(target, options);
        await content.CopyToAsync(file, 1 << 17, cancellation);
        file.Flush(flushToDisk: true);
    }
}
