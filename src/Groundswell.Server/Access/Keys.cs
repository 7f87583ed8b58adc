using System.Security.Cryptography;

namespace Groundswell.Server.Access;

/// <summary>Secrets of this installation: made at the first start, kept in <c>keys/</c> of the data folder, readable by its owner only.</summary>
public static class Keys
{
    private const int Bytes = 32;

    public static string Folder(string dataFolder)
    {
        var folder = Path.Combine(dataFolder, "keys");
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder;
    }

    /// <summary>The key of a purpose: 32 random bytes.</summary>
    public static byte[] LoadOrMake(string folder, string purpose)
    {
        var path = Path.Combine(folder, $"{purpose}.key");
        if (File.Exists(path)) return File.ReadAllBytes(path) is { Length: Bytes } key ? key : throw new InvalidDataException($"{path} is damaged: it must hold {Bytes} bytes.");
        var made = RandomNumberGenerator.GetBytes(Bytes);
        WritePrivately(path, made);
        return made;
    }

    /// <summary>Writes a file that only its owner can read: after a crash it is there whole, or not at all.</summary>
    public static void WritePrivately(string path, byte[] content)
    {
        var unfinished = $"{path}.new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(unfinished, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        File.Move(unfinished, path, overwrite: true);
    }
}
