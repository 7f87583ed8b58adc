using Groundswell.Core;
using Groundswell.Core.Videos;
using Groundswell.Media;

namespace Groundswell.Cluster.Uploads;

/// <summary>Where uploads and renditions lie: <c>uploads/</c> for what came in, <c>media/&lt;video&gt;/</c> for what is shown.</summary>
public sealed class MediaFiles
{
    private readonly string _media;
    private readonly string _uploads;

    public MediaFiles(string root)
    {
        _media = Path.Combine(root, "media");
        _uploads = Path.Combine(root, "uploads");
        Directory.CreateDirectory(_media);
        Directory.CreateDirectory(_uploads);
    }

    public string Upload(VideoId video) => Path.Combine(_uploads, $"{video}.bin");
    public string Folder(VideoId video) => Path.Combine(_media, video.ToString());
    public string Video(VideoId video) => Path.Combine(Folder(video), MediaPipeline.VideoFile);

    /// <summary>Bytes free where uploads are written.</summary>
    public long FreeBytes => new DriveInfo(_uploads).AvailableFreeSpace;

    public void ForgetUpload(VideoId video) => File.Delete(Upload(video));

    /// <summary>Deletes everything of a video; what is not there is no error, also when somebody else deletes it at the same moment.</summary>
    public void Delete(VideoId video)
    {
        ForgetUpload(video);
        try
        {
            if (Directory.Exists(Folder(video))) Directory.Delete(Folder(video), recursive: true);
        }
        catch (IOException)
        {
            // The other one was faster, or ffmpeg is writing there: then it goes when that work ends, or at the next start.
        }
    }

    /// <summary>Deletes what a crash left behind: uploads that no video waits for, and the files of deleted videos.</summary>
    /// <param name="stageOf">Where a video stands; null for one that was never uploaded whole.</param>
    public void Tidy(Func<VideoId, VideoStage?> stageOf)
    {
        foreach (var upload in Directory.EnumerateFiles(_uploads, "*.bin"))
            if (IdText.TryParse<VideoId>(Path.GetFileNameWithoutExtension(upload), out var video) && stageOf(video) != VideoStage.Uploaded) File.Delete(upload);
        foreach (var folder in Directory.EnumerateDirectories(_media))
            if (IdText.TryParse<VideoId>(Path.GetFileName(folder), out var video) && stageOf(video) == VideoStage.Deleted) Directory.Delete(folder, recursive: true);
    }
}
