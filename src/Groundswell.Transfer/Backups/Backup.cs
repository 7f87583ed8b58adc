using System.Collections.Immutable;
using Groundswell.Core;
using Groundswell.Storage;

namespace Groundswell.Transfer.Backups;

/// <summary>
/// Copies everything of a data folder while its server goes on: first the store as of one moment, then the files that this
/// very store names. Published media never change, so that order makes the copy consistent; uploads, which vanish once they
/// are processed, are copied before the store and, those that came meanwhile, after it.
/// </summary>
public static class Backup
{
    /// <exception cref="BackupException">It cannot be made, or what was written does not read back equal.</exception>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public static async Task<BackupManifest> RunAsync(string dataFolder, string target, TimeProvider time, IProgress<BackupProgress> progress, CancellationToken cancellation)
    {
        var data = new DataFolder(Path.GetFullPath(dataFolder));
        if (!File.Exists(data.PathOf(DataFolder.Database)))
            throw new BackupException($"'{data.StoreFolder}' holds no SQLite store. A PostgreSQL database is backed up by pg_dump.");
        if (Directory.Exists(target) || File.Exists(target)) throw new BackupException($"'{target}' is there already: name one that is not.");
        if (IsBelow(data.Root, Path.GetFullPath(target))) throw new BackupException($"'{target}' lies in the data folder itself: name a place outside of it.");
        using var store = ReadOnlyStore.Open(data.StoreFolder);
        await using var written = BackupTarget.At(Path.GetFullPath(target));
        var finished = false;
        written.Begin();
        try
        {
            var manifest = await CopyAsync(data, store, written, time, progress, cancellation);
            await written.AddManifestAsync(manifest, cancellation);
            await written.FinishAsync(cancellation);
            await BackupSource.At(written.Part, BackupTarget.IsArchive(target)).VerifyAsync(null, progress, cancellation);
            written.Publish();
            finished = true;
            return manifest;
        }
        finally
        {
            if (!finished)
            {
                await written.DisposeAsync();
                written.Abandon();
            }
        }
    }

    private static async Task<BackupManifest> CopyAsync(
        DataFolder data, ReadOnlyStore store, BackupTarget target, TimeProvider time, IProgress<BackupProgress> progress, CancellationToken cancellation)
    {
        var copying = new Copying(data, target, progress);
        using var scratch = new Scratch($"{target.Final}.scratch");
        // Linked or copied aside first: which of them the copied store still waits for is known only after it.
        var uploads = data.UploadsNow().Where(upload => scratch.Keeps(data.PathOf(upload), upload)).ToList();
        var copy = scratch.PathOf(DataFolder.Database);
        Directory.CreateDirectory(scratch.PathOf(DataFolder.Store));
        store.CopyTo(copy);
        var (head, schema, stages) = Read(scratch.PathOf(DataFolder.Store));
        await copying.AddAsync(DataFolder.Database, copy, cancellation);
        foreach (var (video, stage) in stages.OrderBy(pair => pair.Key.Value))
        {
            if (stage == "uploaded")
            {
                var upload = DataFolder.Upload(video);
                await copying.AddOrMissAsync(upload, uploads.Contains(upload) ? scratch.PathOf(upload) : data.PathOf(upload), cancellation);
            }
            else if (stage != "deleted")
            {
                await copying.AddMediaAsync(video, cancellation);
            }
        }
        foreach (var other in data.Others()) await copying.AddOrMissAsync(other, data.PathOf(other), cancellation);
        return new BackupManifest(BackupManifest.CurrentFormat, time.GetUtcNow(), head, schema, [.. copying.Files], [.. copying.Gone]);
    }

    private static (long Head, long Schema, IReadOnlyDictionary<VideoId, string> Stages) Read(string folder)
    {
        using var copied = ReadOnlyStore.Open(folder);
        return (copied.Head, copied.Schema, copied.VideoStages());
    }

    private static bool IsBelow(string folder, string path) => Path.GetRelativePath(folder, path) is var relative && relative != ".." && !relative.StartsWith($"..{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    private sealed class Copying(DataFolder data, BackupTarget target, IProgress<BackupProgress> progress)
    {
        private long _bytes;

        public List<BackupFile> Files { get; } = [];
        public List<string> Gone { get; } = [];

        public async Task AddAsync(string name, string source, CancellationToken cancellation)
        {
            var file = await target.AddAsync(name, source, cancellation);
            Files.Add(file);
            progress.Report(new BackupProgress("copying", Files.Count, _bytes += file.Bytes));
        }

        public async Task AddOrMissAsync(string name, string source, CancellationToken cancellation)
        {
            try
            {
                await AddAsync(name, source, cancellation);
            }
            catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
            {
                Gone.Add(name);
            }
        }

        /// <summary>A video without a folder was refused before anything was made of it, or came into the ledger without files.</summary>
        public async Task AddMediaAsync(VideoId video, CancellationToken cancellation)
        {
            foreach (var file in data.MediaOf(video)) await AddOrMissAsync(file, data.PathOf(file), cancellation);
        }
    }

    /// <summary>A folder beside the target for what is not the backup yet; gone at the end.</summary>
    private sealed class Scratch : IDisposable
    {
        private readonly string _root;

        public Scratch(string root)
        {
            _root = root;
            if (Directory.Exists(root)) Directory.Delete(root, recursive: true);
            BackupTarget.MakeFolder(root);
        }

        public string PathOf(string relative) => Path.Combine(_root, relative);

        /// <summary>False when the file is gone.</summary>
        public bool Keeps(string source, string relative)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(PathOf(relative)) ?? _root);
                File.Copy(source, PathOf(relative));
                return true;
            }
            catch (FileNotFoundException)
            {
                return false;
            }
        }

        public void Dispose() => Directory.Delete(_root, recursive: true);
    }
}
