using SkiaSharp;

namespace Plenaria.Platform.Site.Appearance;

/// <summary>Makes pictures small enough for a page that is opened over a poor connection.</summary>
internal static class Pictures
{
    private const int Quality = 82;

    /// <summary>The picture as WebP, no larger than these pixels.</summary>
    /// <exception cref="RuleViolationException">It is no picture, or a damaged one.</exception>
    public static byte[] Fit(byte[] content, int maxWidth, int maxHeight)
    {
        // Checks what it claims to be before any pixel is unpacked.
        var file = Files.FileKinds.Check(content);
        if (!file.MediaType.StartsWith("image/", StringComparison.Ordinal))
            throw new RuleViolationException("site.appearance.no-picture");
        using var whole = SKBitmap.Decode(file.Content);
        var scale = Math.Min(1, Math.Min((double)maxWidth / whole.Width, (double)maxHeight / whole.Height));
        var size = new SKSizeI(Math.Max(1, (int)(whole.Width * scale)), Math.Max(1, (int)(whole.Height * scale)));
        using var fitted = whole.Resize(size, new SKSamplingOptions(SKCubicResampler.Mitchell));
        using var data = fitted.Encode(SKEncodedImageFormat.Webp, Quality);
        return data.ToArray();
    }
}
