namespace Groundswell.Media.Ffmpeg;

/// <summary>Why an upload cannot become a video.</summary>
public enum MediaRejectionCode
{
    /// <summary>The file has no bytes.</summary>
    Empty,

    /// <summary>The file has more bytes than <see cref="MediaLimits.MaxBytes"/>.</summary>
    TooManyBytes,

    /// <summary>The file names other files to play (HLS, DASH, concat) instead of holding a video. Never followed.</summary>
    Playlist,

    /// <summary>The file is in none of the accepted containers, or damaged beyond recognition.</summary>
    NotMedia,

    /// <summary>There is no moving picture: sound only, or a still picture.</summary>
    NoVideo,

    /// <summary>Longer than <see cref="MediaLimits.MaxDuration"/>.</summary>
    TooLong,

    /// <summary>A side of the picture is longer than <see cref="MediaLimits.MaxSide"/>.</summary>
    TooLarge,

    /// <summary>A displayed side of the picture is shorter than <see cref="MediaLimits.MinSide"/>.</summary>
    TooSmall,

    /// <summary>The container is known, the picture in it cannot be decoded.</summary>
    Undecodable,

    /// <summary>The file promises more than it holds: the upload broke off.</summary>
    Truncated,

    /// <summary>Reading or converting took longer than the limits allow; the one rejection worth trying again.</summary>
    Timeout,
}

/// <summary>A refused upload: the code for machines, and one sentence for the person who uploaded.</summary>
/// <param name="ToolLog">What ffmpeg last said, for the operator and never for the uploader; null where it did not speak.</param>
public sealed record MediaRejection(MediaRejectionCode Code, string Detail, string? ToolLog = null);
