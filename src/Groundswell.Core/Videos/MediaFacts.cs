namespace Groundswell.Core.Videos;

/// <summary>What probing found in the uploaded file. Width and height are in pixels as displayed (rotation applied).</summary>
/// <param name="DurationMs">Length of the video track in milliseconds, measured on the transcoded rendition.</param>
/// <param name="FrameRate">Average frames per second of the upload.</param>
/// <param name="RotationDegrees">Display rotation of the upload, one of 0, 90, 180, 270.</param>
/// <param name="Bytes">Size of the upload.</param>
public sealed record MediaFacts(
    int DurationMs,
    int Width,
    int Height,
    bool HasAudio,
    string Container,
    string VideoCodec,
    string? AudioCodec,
    double FrameRate,
    int RotationDegrees,
    long Bytes);
