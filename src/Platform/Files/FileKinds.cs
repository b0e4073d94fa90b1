using System.IO.Compression;
using System.Text;
using SkiaSharp;

namespace Plenaria.Platform.Files;

/// <summary>
/// What a file is, by its content alone, made harmless: pictures are drawn anew, which leaves out where and with what
/// they were taken.
/// </summary>
internal sealed record CheckedFile(string MediaType, string Ending, byte[] Content);

/// <summary>
/// Decides which files are accepted: PDF, office documents without macros, pictures, plain text. What a browser would
/// run (HTML, SVG), what opens into more than it shows (archives) and what cannot be recognised is refused.
/// </summary>
internal static class FileKinds
{
    public const long MaxPixels = 40_000_000,
        MaxUnpacked = 200 << 20;
    public const int MaxParts = 5_000;

    /// <exception cref="RuleViolationException">The content is empty, damaged, of a kind that is not accepted, or opens
    /// into too
    /// much.</exception>
    public static CheckedFile Check(byte[] content)
    {
        if (content.Length == 0)
            throw new RuleViolationException("files.empty");
        if (content.AsSpan().StartsWith("%PDF-"u8))
            return new("application/pdf", "pdf", content);
        if (content.AsSpan().StartsWith("PK\u0003\u0004"u8))
            return Office(content);
        if (content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
            return Picture(content, SKEncodedImageFormat.Jpeg, "image/jpeg", "jpg");
        if (
            content
                .AsSpan()
                .StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A])
        )
            return Picture(content, SKEncodedImageFormat.Png, "image/png", "png");
        if (content.Length > 12 && content.AsSpan().StartsWith("RIFF"u8) && content.AsSpan(8).StartsWith("WEBP"u8))
            return Picture(content, SKEncodedImageFormat.Webp, "image/webp", "webp");
        // ISO 32000-2, annex I: readers accept a header within the first 1,024 bytes.
        if (
            content.AsSpan(0, Math.Min(content.Length, 1024)).IndexOf("%PDF-"u8) is var header and > 0
            && !content.AsSpan(0, header).Contains((byte)'<')
        )
            return new("application/pdf", "pdf", content);
        return Text(content);
    }

    // A picture of forty megapixels takes 160 MB unpacked, twice that while it is turned: one is decoded at a time.
    private static readonly Lock Decoding = new();

    private static CheckedFile Picture(byte[] content, SKEncodedImageFormat format, string mediaType, string ending)
    {
        lock (Decoding)
            return Redrawn(content, format, mediaType, ending);
    }

    private static CheckedFile Redrawn(byte[] content, SKEncodedImageFormat format, string mediaType, string ending)
    {
        using var data = SKData.CreateCopy(content);
        using var codec = SKCodec.Create(data);
        if (codec is null)
            throw new RuleViolationException("files.damaged");
        // Asked before a single pixel is unpacked: a few kilobytes can claim gigabytes.
        if ((long)codec.Info.Width * codec.Info.Height > MaxPixels)
            throw new RuleViolationException("files.too-many-pixels", ("limit", MaxPixels / 1_000_000));
        using var read = new SKBitmap(
            new SKImageInfo(
                codec.Info.Width,
                codec.Info.Height,
                SKColorType.Rgba8888,
                codec.Info.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Premul
            )
        );
        if (codec.GetPixels(read.Info, read.GetPixels()) != SKCodecResult.Success)
            throw new RuleViolationException("files.damaged");
        using var upright = Upright(read, codec.EncodedOrigin);
        using var drawn = (upright ?? read).Encode(format, 88);
        return new(mediaType, ending, drawn.ToArray());
    }

    /// <summary>
    /// A camera held sideways says so beside the picture; what says it is left out, so the picture itself is turned.
    /// </summary>
    private static SKBitmap? Upright(SKBitmap read, SKEncodedOrigin origin)
    {
        if (origin is SKEncodedOrigin.TopLeft or SKEncodedOrigin.Default)
            return null;
        var swaps =
            origin
            is SKEncodedOrigin.LeftTop
                or SKEncodedOrigin.RightTop
                or SKEncodedOrigin.RightBottom
                or SKEncodedOrigin.LeftBottom;
        var (width, height) = swaps ? (read.Height, read.Width) : (read.Width, read.Height);
        var turned = new SKBitmap(new SKImageInfo(width, height, read.ColorType, read.AlphaType));
        using var canvas = new SKCanvas(turned);
        // Exif 2.3, tag Orientation: where the first row and the first column of what is stored belong.
        canvas.SetMatrix(
            origin switch
            {
                SKEncodedOrigin.TopRight => new(-1, 0, width, 0, 1, 0, 0, 0, 1),
                SKEncodedOrigin.BottomRight => new(-1, 0, width, 0, -1, height, 0, 0, 1),
                SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, height, 0, 0, 1),
                SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
                SKEncodedOrigin.RightTop => new(0, -1, width, 1, 0, 0, 0, 0, 1),
                SKEncodedOrigin.RightBottom => new(0, -1, width, -1, 0, height, 0, 0, 1),
                _ => new(0, 1, 0, -1, 0, height, 0, 0, 1),
            }
        );
        canvas.DrawBitmap(read, 0, 0, new SKSamplingOptions(SKFilterMode.Nearest));
        return turned;
    }

    private static readonly (string Part, string MediaType, string Ending)[] OfficeKinds =
    [
        ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
        ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
        ("ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
    ];

    private static CheckedFile Office(byte[] content)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
            if (zip.Entries.Count > MaxParts || zip.Entries.Sum(e => (double)e.Length) > MaxUnpacked)
                throw new RuleViolationException("files.opens-into-too-much");
            if (
                zip.Entries.Any(e => Path.GetFileName(e.FullName).StartsWith("vba", StringComparison.OrdinalIgnoreCase))
            )
                throw new RuleViolationException("files.macros");
            if (zip.GetEntry("[Content_Types].xml") is not null)
                foreach (var (part, mediaType, ending) in OfficeKinds)
                    if (zip.GetEntry(part) is not null)
                        return new(mediaType, ending, content);
            // OpenDocument 1.3 part 2, section 3.3: the first entry is called mimetype and is not compressed.
            if (zip.Entries is [{ FullName: "mimetype", Length: < 100 } first, ..])
            {
                using var reader = new StreamReader(first.Open(), Encoding.ASCII);
                var kind = reader.ReadToEnd();
                foreach (
                    var (name, ending) in ((string, string)[])
                        [("text", "odt"), ("spreadsheet", "ods"), ("presentation", "odp")]
                )
                    if (kind == $"application/vnd.oasis.opendocument.{name}")
                        return new(kind, ending, content);
            }
        }
        catch (InvalidDataException)
        {
            throw new RuleViolationException("files.damaged");
        }
        throw new RuleViolationException("files.kind");
    }

    private static CheckedFile Text(byte[] content)
    {
        if (content.Contains((byte)0))
            throw new RuleViolationException("files.kind");
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true)
                .GetString(content)
                .TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
            if (text.StartsWith('<') || text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t' or '\f')))
                throw new RuleViolationException("files.kind");
            return new("text/plain; charset=utf-8", "txt", content);
        }
        catch (DecoderFallbackException)
        {
            throw new RuleViolationException("files.kind");
        }
    }
}
