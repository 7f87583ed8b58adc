using System.Collections.Immutable;

namespace Groundswell.Transfer.Backups;

/// <summary>What a backup holds: the first thing to read of it, and what a restore is checked against.</summary>
/// <param name="Format">Version of the backup's own form.</param>
/// <param name="Head">The last ledger position in it.</param>
/// <param name="Schema">The store's schema version.</param>
/// <param name="Gone">Media that the copied ledger names and that were deleted while the backup ran.</param>
public sealed record BackupManifest(int Format, DateTimeOffset MadeAt, long Head, long Schema, ImmutableArray<BackupFile> Files, ImmutableArray<string> Gone)
{
    public const string FileName = "manifest.json";
    public const int CurrentFormat = 1;

    public long Bytes => Files.Sum(file => file.Bytes);
}

/// <param name="Path">Relative to the data folder, with slashes.</param>
/// <param name="Sha256">Of its content, in hexadecimal.</param>
/// <param name="Mode">Unix permissions, in octal.</param>
public sealed record BackupFile(string Path, long Bytes, string Sha256, string Mode);

/// <summary>A backup that cannot be made or cannot be used. The message is a sentence for the operator.</summary>
public sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);

/// <param name="Doing">copying, verifying, restoring.</param>
public sealed record BackupProgress(string Doing, long Files, long Bytes);
