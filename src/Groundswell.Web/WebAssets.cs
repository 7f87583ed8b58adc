using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Groundswell.Web;

/// <summary>The files under wwwroot, embedded in this assembly and read once: at most a few hundred kilobytes.</summary>
public static class WebAssets
{
    private static readonly FrozenDictionary<string, WebAsset> ByPath = Load();

    /// <summary>The address of an asset with its content hash, so that a browser may keep it for ever.</summary>
    /// <param name="path">Relative to wwwroot, for example <c>css/feed.css</c>.</param>
    public static string Url(string path) =>
        ByPath.TryGetValue(path, out var asset)
            ? $"/assets/{path}?v={asset.Hash}"
            : throw new ArgumentException($"No such asset: {path}", nameof(path));

    internal static WebAsset? Find(string path) => ByPath.GetValueOrDefault(path);

    private static FrozenDictionary<string, WebAsset> Load()
    {
        var files = new ManifestEmbeddedFileProvider(Assembly.GetExecutingAssembly(), "wwwroot");
        var types = new FileExtensionContentTypeProvider();
        return Walk(files, "").ToFrozenDictionary(
            found => found.Path, found => WebAsset.Read(found.File, types), StringComparer.Ordinal);
    }

    private static IEnumerable<(string Path, IFileInfo File)> Walk(ManifestEmbeddedFileProvider files, string folder)
    {
        // The provider knows its root as "/", and an empty path as nothing.
        foreach (var entry in files.GetDirectoryContents(folder.Length == 0 ? "/" : folder))
        {
            var path = folder.Length == 0 ? entry.Name : $"{folder}/{entry.Name}";
            if (!entry.IsDirectory) yield return (path, entry);
            else
                foreach (var below in Walk(files, path)) yield return below;
        }
    }
}

internal sealed record WebAsset(byte[] Content, string ContentType, string Hash)
{
    public static WebAsset Read(IFileInfo file, FileExtensionContentTypeProvider types)
    {
        using var stream = file.CreateReadStream();
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var type = types.TryGetContentType(file.Name, out var known) ? known : "application/octet-stream";
        if (type.StartsWith("text/", StringComparison.Ordinal)) type += "; charset=utf-8";
        return new WebAsset(content, type, Convert.ToHexStringLower(SHA256.HashData(content))[..16]);
    }
}
