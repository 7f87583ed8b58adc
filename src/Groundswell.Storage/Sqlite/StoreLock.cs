namespace Groundswell.Storage.Sqlite;

/// <summary>Lets one process at a time write a store. The operating system frees it when the process ends, however it ends.</summary>
internal sealed class StoreLock : IDisposable
{
    public const string Name = "groundswell.lock";

    /// <summary>What an exception carries when somebody else holds the file: EWOULDBLOCK of Linux and of macOS, a sharing violation of Windows.</summary>
    private static readonly int[] HeldByAnother = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream _file;

    private StoreLock(FileStream file) => _file = file;

    /// <exception cref="StoreUnavailableException">Somebody else has the store open, or the directory takes no files.</exception>
    public static StoreLock Take(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
            return new StoreLock(new FileStream(Path.Combine(directory, Name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new StoreUnavailableException($"The store's directory '{directory}' cannot be written by this user.", refused);
        }
        catch (IOException held) when (HeldByAnother.Contains(held.HResult))
        {
            throw new StoreUnavailableException($"The store in '{directory}' is open already: only one process may write it. ({held.Message})", held);
        }
        catch (IOException refused)
        {
            throw new StoreUnavailableException($"The store's directory '{directory}' cannot be written. ({refused.Message})", refused);
        }
    }

    public void Dispose() => _file.Dispose();
}
