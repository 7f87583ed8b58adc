using System.Collections.Concurrent;
using Groundswell.Core;
using Groundswell.Media;

namespace Groundswell.Cluster.Uploads;

/// <summary>How far each upload in work has got; only this process knows, and only until the work is done.</summary>
public sealed class UploadProgress
{
    private readonly ConcurrentDictionary<VideoId, MediaProgress> _inWork = new();

    public MediaProgress? Of(VideoId video) => _inWork.GetValueOrDefault(video);

    internal void Set(VideoId video, MediaProgress progress) => _inWork[video] = progress;

    internal void Done(VideoId video) => _inWork.TryRemove(video, out _);
}
