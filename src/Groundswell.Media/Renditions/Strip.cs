using System.Collections.Immutable;
using Groundswell.Media.Analysis;
using SkiaSharp;

namespace Groundswell.Media.Renditions;

/// <summary>The film strip of a video: ten frames in one row, for scrubbing and for a reviewer's first look.</summary>
public static class Strip
{
    public const int Frames = 10;
    public const int FrameWidth = 90;
    public const int FrameHeight = 160;
    private const int JpegQuality = 80;

    /// <summary>A JPEG of 900 × 160 pixels: frames evenly spaced in time, each letterboxed on black.</summary>
    /// <param name="frames">At least one frame, in time order.</param>
    public static byte[] Draw(ImmutableArray<RgbFrame> frames)
    {
        using var strip = new SKBitmap(Frames * FrameWidth, FrameHeight, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(strip);
        canvas.Clear(SKColors.Black);
        for (var i = 0; i < Frames; i++)
        {
            using var image = ImageOf(frames[(2 * i + 1) * frames.Length / (2 * Frames)]);
            canvas.DrawImage(image, PlaceOf(image, i), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        }
        canvas.Flush();
        using var encoded = strip.Encode(SKEncodedImageFormat.Jpeg, JpegQuality);
        return encoded.ToArray();
    }

    private static SKRect PlaceOf(SKImage image, int position)
    {
        var scale = Math.Min((float)FrameWidth / image.Width, (float)FrameHeight / image.Height);
        var (width, height) = (image.Width * scale, image.Height * scale);
        return SKRect.Create(position * FrameWidth + (FrameWidth - width) / 2, (FrameHeight - height) / 2, width, height);
    }

    private static SKImage ImageOf(RgbFrame frame)
    {
        var rgb = frame.Pixels.Span;
        var rgba = new byte[4 * frame.Width * frame.Height];
        for (int from = 0, to = 0; from < rgb.Length; from += 3, to += 4)
        {
            rgb.Slice(from, 3).CopyTo(rgba.AsSpan(to));
            rgba[to + 3] = byte.MaxValue;
        }
        return SKImage.FromPixelCopy(new SKImageInfo(frame.Width, frame.Height, SKColorType.Rgba8888, SKAlphaType.Opaque), rgba);
    }
}
