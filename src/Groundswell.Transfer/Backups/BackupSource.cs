using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using Groundswell.Core.Ledger;

namespace Groundswell.Transfer.Backups;

/// <summary>A backup to read: a folder or a tar archive.</summary>
internal abstract class BackupSource(string path)
{
    private const int LargestManifestBytes = 1 << 28;

    protected string Root => path;

    public static BackupSource At(string path, bool archive) => archive ? new TarSource(path) : new FolderSource(path);

    /// <summary>Reads every byte and compares it with the manifest; writes the files out on the way when a folder is given.</summary>
    /// <exception cref="BackupException">Something is damaged, missing or too much.</exception>
    public async Task<BackupManifest> VerifyAsync(string? into, IProgress<BackupProgress> progress, CancellationToken cancellation)
    {
        var found = new Dictionary<string, BackupFile>(StringComparer.Ordinal);
        BackupManifest? manifest = null;
        var bytes = 0L;
        try
        {
            await foreach (var (name, content, length, mode) in FilesAsync(cancellation))
            {
                if (name == BackupManifest.FileName)
                {
                    if (length > LargestManifestBytes) throw new BackupException("The backup's manifest is damaged: it is too large.");
                    manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(content, GroundswellJson.Options, cancellation);
                    continue;
                }
                Refuse(name);
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                var hashed = new HashedStream(content, hash, length);
                await WriteAsync(into, name, hashed, mode, cancellation);
                if (!found.TryAdd(name, new BackupFile(name, length, Convert.ToHexStringLower(hash.GetHashAndReset()), Convert.ToString((int)mode, 8))))
                    throw new BackupException($"The backup is damaged: {name} is in it twice.");
                progress.Report(new BackupProgress(into is null ? "verifying" : "restoring", found.Count, bytes += length));
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or EndOfStreamException or JsonException or FormatException or ArgumentException)
        {
            throw new BackupException($"The backup '{path}' is damaged: it breaks off or is no backup. ({broken.Message})", broken);
        }
        Compare(manifest ?? throw new BackupException($"'{path}' has no manifest: it is no backup, or breaks off."), found);
        return manifest;
    }

    /// <summary>Every file with its content, which must be read before the next is asked for.</summary>
    protected abstract IAsyncEnumerable<(string Name, Stream Content, long Bytes, UnixFileMode Mode)> FilesAsync(CancellationToken cancellation);

    private static void Compare(BackupManifest manifest, Dictionary<string, BackupFile> found)
    {
        if (manifest.Format != BackupManifest.CurrentFormat) throw new BackupException($"The backup has format {manifest.Format}, and this program knows {BackupManifest.CurrentFormat}.");
        if (manifest.Files.IsDefaultOrEmpty) throw new BackupException("The backup is damaged: its manifest names no files.");
        foreach (var wanted in manifest.Files)
        {
            if (!found.Remove(wanted.Path, out var file)) throw new BackupException($"The backup is damaged: {wanted.Path} is missing.");
            if (file.Bytes != wanted.Bytes || file.Sha256 != wanted.Sha256) throw new BackupException($"The backup is damaged: {wanted.Path} is not what was backed up.");
        }
        if (found.Count > 0) throw new BackupException($"The backup was changed: {found.Keys.First()} is not in its manifest.");
    }

    /// <summary>A name leads nowhere but into the folder that is restored.</summary>
    private static void Refuse(string name)
    {
        if (name.Length == 0 || Path.IsPathRooted(name) || name.Contains('\\', StringComparison.Ordinal) || name.Split('/').Any(part => part is "" or "." or ".."))
            throw new BackupException($"The backup holds a file with the name '{name}', which leads out of it: it was not made by this program.");
    }

    private static async Task WriteAsync(string? into, string name, Stream content, UnixFileMode mode, CancellationToken cancellation)
    {
        if (into is null)
        {
            await content.CopyToAsync(Stream.Null, 1 << 17, cancellation);
            return;
        }
        var target = Path.Combine(into, name);
        BackupTarget.MakeFolder(Path.GetDirectoryName(target) ?? into);
        await BackupTarget.WriteFileAsync(target, content, mode, cancellation);
    }

    private sealed class FolderSource(string path) : BackupSource(path)
    {
        protected override async IAsyncEnumerable<(string Name, Stream Content, long Bytes, UnixFileMode Mode)> FilesAsync(
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
        {
            if (!Directory.Exists(Root)) throw new BackupException($"There is no backup '{Root}'.");
            foreach (var file in Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                cancellation.ThrowIfCancellationRequested();
                await using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
                var mode = OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(file);
                yield return (Path.GetRelativePath(Root, file).Replace('\\', '/'), content, content.Length, mode);
            }
        }
    }

    private sealed class TarSource(string path) : BackupSource(path)
    {
        protected override async IAsyncEnumerable<(string Name, Stream Content, long Bytes, UnixFileMode Mode)> FilesAsync(
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
        {
            if (!File.Exists(Root)) throw new BackupException($"There is no backup '{Root}'.");
            await using var file = new FileStream(Root, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: true);
            await using var reader = new TarReader(file);
            while (await reader.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
            {
                if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                    throw new BackupException($"The backup holds '{entry.Name}', which is no plain file: it was not made by this program.");
                yield return (entry.Name, entry.DataStream ?? Stream.Null, entry.Length, entry.Mode);
            }
        }
    }
}
