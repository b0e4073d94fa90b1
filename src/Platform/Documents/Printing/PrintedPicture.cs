using PdfSharp.Pdf;
using SkiaSharp;

namespace Plenaria.Platform.Documents.Printing;

/// <summary>A picture, decoded and no larger than paper needs.</summary>
internal sealed class PrintedPicture
{
    private const int MostPixels = 1600;

    private readonly byte[] _pixels;

    private PrintedPicture(int width, int height, byte[] pixels) => (Width, Height, _pixels) = (width, height, pixels);

    public int Width { get; }
    public int Height { get; }

    /// <exception cref="RuleViolationException">The bytes are no picture.</exception>
    public static PrintedPicture Of(byte[] bytes)
    {
        using var decoded = SKBitmap.Decode(bytes) ?? throw new RuleViolationException("platform.no-picture");
        var scale = Math.Min(1, (double)MostPixels / Math.Max(decoded.Width, decoded.Height));
        var size = new SKImageInfo(
            Math.Max(1, (int)(decoded.Width * scale)),
            Math.Max(1, (int)(decoded.Height * scale)),
            SKColorType.Rgba8888,
            SKAlphaType.Unpremul
        );
        using var scaled =
            decoded.Resize(size, new SKSamplingOptions(SKCubicResampler.Mitchell))
            ?? throw new RuleViolationException("platform.no-picture");
        return new(size.Width, size.Height, scaled.GetPixelSpan().ToArray());
    }

    public PdfDictionary WriteTo(PdfObjects objects)
    {
        var (colours, mask) = (new byte[Width * Height * 3], new byte[Width * Height]);
        for (var i = 0; i < mask.Length; i++)
        {
            _pixels.AsSpan(4 * i, 3).CopyTo(colours.AsSpan(3 * i));
            mask[i] = _pixels[4 * i + 3];
        }
        var picture = Image(objects, colours, "/DeviceRGB");
        if (mask.AsSpan().ContainsAnyExcept(byte.MaxValue))
            picture.Elements.SetReference("/SMask", Image(objects, mask, "/DeviceGray"));
        return picture;
    }

    private PdfDictionary Image(PdfObjects objects, byte[] samples, string colours)
    {
        var image = objects.Stream(samples);
        image.Elements.SetName("/Type", "/XObject");
        image.Elements.SetName("/Subtype", "/Image");
        image.Elements.SetInteger("/Width", Width);
        image.Elements.SetInteger("/Height", Height);
        image.Elements.SetInteger("/BitsPerComponent", 8);
        image.Elements.SetName("/ColorSpace", colours);
        return image;
    }
}
