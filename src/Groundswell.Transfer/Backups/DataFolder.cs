using Groundswell.Core;

namespace Groundswell.Transfer.Backups;

/// <summary>Where things lie in a server's data folder, as far as a backup must know.</summary>
internal sealed record DataFolder(string Root)
{
    public const string Store = "store";
    public const string Database = "store/groundswell.db";
    public const string Uploads = "uploads";
    public const string Media = "media";

    public string StoreFolder => Path.Combine(Root, Store);

    public static string Upload(VideoId video) => $"{Uploads}/{video}.bin";

    public string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>Files that nothing in the ledger stands for: keys, accounts' first passwords, what the demo drew.</summary>
    public IEnumerable<string> Others() => Below(Root)
        .Where(file => file.Split('/')[0] is not (Store or Uploads or Media));

    /// <summary>A video's published files; what is still being made lies in a folder that begins with a dot.</summary>
    public IEnumerable<string> MediaOf(VideoId video) => Below(PathOf($"{Media}/{video}"));

    public IEnumerable<string> UploadsNow() => Below(PathOf(Uploads)).Where(file => file.EndsWith(".bin", StringComparison.Ordinal));

    private IEnumerable<string> Below(string folder) => !Directory.Exists(folder)
        ? []
        : Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false })
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(part => part.StartsWith('.')) && !file.EndsWith(".new", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
}
