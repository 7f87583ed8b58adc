using Groundswell.Storage;

namespace Groundswell.Transfer.Backups;

/// <summary>
/// Makes a data folder of a backup. It gets its name when every file has been read, compared with the manifest and
/// written; until then it is <c>….part</c>.
/// </summary>
public static class Restore
{
    /// <exception cref="BackupException">The folder is not empty, or the backup is damaged: nothing was restored.</exception>
    /// <exception cref="StoreUnavailableException">The restored store cannot be read.</exception>
    public static async Task<BackupManifest> RunAsync(string source, string dataFolder, IProgress<BackupProgress> progress, CancellationToken cancellation)
    {
        var folder = Path.GetFullPath(dataFolder);
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
            throw new BackupException($"'{folder}' is not empty: a backup is restored into a new folder only.");
        var part = $"{folder}.part";
        if (Directory.Exists(part)) Directory.Delete(part, recursive: true);
        BackupTarget.MakeFolder(part);
        try
        {
            var manifest = await BackupSource.At(Path.GetFullPath(source), BackupTarget.IsArchive(source)).VerifyAsync(part, progress, cancellation);
            CompareStore(new DataFolder(part), manifest);
            if (Directory.Exists(folder)) Directory.Delete(folder);
            Directory.Move(part, folder);
            return manifest;
        }
        finally
        {
            if (Directory.Exists(part)) Directory.Delete(part, recursive: true);
        }
    }

    private static void CompareStore(DataFolder restored, BackupManifest manifest)
    {
        using var store = ReadOnlyStore.Open(restored.StoreFolder);
        if (store.Head != manifest.Head || store.Schema != manifest.Schema)
            throw new BackupException($"The restored store ends at position {store.Head} of schema {store.Schema}, and the manifest says {manifest.Head} of schema {manifest.Schema}.");
    }
}
