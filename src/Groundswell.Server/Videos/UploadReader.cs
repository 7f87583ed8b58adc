using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Groundswell.Server.Videos;

/// <summary>What arrived in a multipart body.</summary>
/// <param name="Problem">Why it was not taken, with the status to answer.</param>
internal sealed record ReceivedUpload(string Caption, string Hashtags, string Sound, string FileName, long Bytes, (int Status, string Detail)? Problem);

/// <summary>Reads a multipart upload as a stream: text fields into memory, the file to disk, synced before it counts.</summary>
internal static class UploadReader
{
    private const int LongestField = 16 << 10;
    private const int MostParts = 16;

    /// <summary>RFC 2046, section 5.1.1.</summary>
    private const int LongestBoundary = 70;

    public static async Task<ReceivedUpload> ReadAsync(HttpRequest request, string target, long mostBytes, CancellationToken cancellation)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= LongestBoundary } boundary)
            return Refused(StatusCodes.Status415UnsupportedMediaType, $"Send the upload as multipart/form-data, its boundary of at most {LongestBoundary} characters, with a part named file.");
        try
        {
            return await ReadAsync(new MultipartReader(boundary, request.Body), target, mostBytes, cancellation);
        }
        catch (InvalidDataException broken)
        {
            return Refused(StatusCodes.Status400BadRequest, broken.Message);
        }
    }

    /// <summary>Waits for a piece of the body. That it ends before its last boundary is the sender's fault; that the disk does not take it is not.</summary>
    private static async Task<T> Piece<T>(Task<T> reading)
    {
        try
        {
            return await reading;
        }
        catch (IOException broken) when (broken is not BadHttpRequestException)
        {
            throw new InvalidDataException("The upload broke off before its end.", broken);
        }
    }

    private static async Task<ReceivedUpload> ReadAsync(MultipartReader parts, string target, long mostBytes, CancellationToken cancellation)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        (string Name, long Bytes)? file = null;
        for (var count = 0; await Piece(parts.ReadNextSectionAsync(cancellation)) is { } part; count++)
        {
            if (count == MostParts) return Refused(StatusCodes.Status400BadRequest, $"At most {MostParts} parts are read.");
            if (!ContentDispositionHeaderValue.TryParse(part.ContentDisposition, out var disposition)) continue;
            var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
            if (disposition.IsFileDisposition() && file is null)
            {
                var bytes = await SaveAsync(part.Body, target, mostBytes, cancellation);
                if (bytes < 0) return Refused(StatusCodes.Status413PayloadTooLarge, $"A video may have at most {mostBytes >> 20} MiB.");
                file = (FileName(disposition), bytes);
            }
            else
            {
                fields[name] = await TextAsync(part.Body, cancellation);
            }
        }
        if (file is not { } saved) return Refused(StatusCodes.Status422UnprocessableEntity, "The upload has no part named file.");
        if (saved.Bytes == 0) return Refused(StatusCodes.Status422UnprocessableEntity, "The file is empty.");
        return new ReceivedUpload(
            fields.GetValueOrDefault("caption", "").Trim(), fields.GetValueOrDefault("hashtags", ""), fields.GetValueOrDefault("sound", "").Trim(), saved.Name, saved.Bytes, null);
    }

    /// <summary>Bytes written, or −1 when there were more than allowed.</summary>
    private static async Task<long> SaveAsync(Stream from, string target, long mostBytes, CancellationToken cancellation)
    {
        await using var to = new FileStream(target, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true);
        var buffer = new byte[1 << 16];
        long total = 0;
        for (int read; (read = await Piece(from.ReadAsync(buffer, cancellation).AsTask())) > 0;)
        {
            if ((total += read) > mostBytes) return -1;
            await to.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }
        to.Flush(flushToDisk: true);
        return total;
    }

    private static async Task<string> TextAsync(Stream from, CancellationToken cancellation)
    {
        using var reader = new StreamReader(from, Encoding.UTF8);
        var buffer = new char[LongestField + 1];
        var length = await Piece(reader.ReadBlockAsync(buffer, cancellation).AsTask());
        return length <= LongestField ? new string(buffer, 0, length) : throw new InvalidDataException($"A text field may have at most {LongestField} characters.");
    }

    private static string FileName(ContentDispositionHeaderValue disposition)
    {
        var name = (HeaderUtilities.RemoveQuotes(disposition.FileNameStar).Value ?? HeaderUtilities.RemoveQuotes(disposition.FileName).Value ?? "video").Trim();
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        return last.Length > 120 ? last[^120..] : last;
    }

    private static ReceivedUpload Refused(int status, string detail) => new("", "", "", "", 0, (status, detail));
}
