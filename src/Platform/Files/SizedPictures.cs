using SkiaSharp;

namespace Plenaria.Platform.Files;

/// <summary>
/// Stored pictures as WebP at the widths at which pages show them. One is made when it is first asked for, one at a
/// time, and kept until all of them together take too much room: then the oldest go, and are made anew when they are
/// asked for again.
/// </summary>
public sealed class SizedPictures(FileLimits limits) : IDisposable
{
    private const int Quality = 78;

    // A picture of forty megapixels takes 160 MB unpacked.
    private readonly SemaphoreSlim _drawing = new(1);

    // What is kept, in bytes: counted once, then added to.
    private long? _total;

    /// <summary>The widths in pixels that exist of a picture; a narrower one is never made wider.</summary>
    public static IReadOnlyList<int> Widths { get; } = [320, 640, 1280];

    public static string AddressOf(string hash, int width) => $"/files/{hash}/{width}.webp";

    /// <summary>How large a stored picture is; null where it is none.</summary>
    public (int Width, int Height)? Measure(string hash)
    {
        if (!File.Exists(limits.PathOf(hash)))
            return null;
        using var codec = SKCodec.Create(limits.PathOf(hash));
        return codec is null ? null : (codec.Info.Width, codec.Info.Height);
    }

    /// <summary>
    /// The stored picture at one of <see cref="Widths"/>; null where the file is no picture, or a damaged one. Who may
    /// see it has been asked before (<see cref="FileStore.Open"/>).
    /// </summary>
    internal async Task<Stream?> Open(string hash, int width, CancellationToken cancel)
    {
        var path = PathOf(limits, hash, width);
        if (TryOpen(path) is { } kept)
            return kept;
        await _drawing.WaitAsync(cancel);
        try
        {
            // Somebody may have asked for the same one meanwhile.
            if (TryOpen(path) is { } made)
                return made;
            if (Draw(limits.PathOf(hash), width) is not { } drawn)
                return null;
            await WriteAsync(path, drawn, cancel);
            MakeRoom(path, drawn.Length);
            return new MemoryStream(drawn, writable: false);
        }
        finally
        {
            _drawing.Release();
        }
    }

    /// <summary>Deletes what was made of a file that is kept no longer.</summary>
    internal static void Remove(FileLimits limits, string hash)
    {
        foreach (var width in Widths)
            if (File.Exists(PathOf(limits, hash, width)))
                File.Delete(PathOf(limits, hash, width));
    }

    /// <summary>Deletes what was made of files other than these, and drafts that were never finished.</summary>
    internal static void Sweep(FileLimits limits, IReadOnlySet<string> known, DateTimeOffset before)
    {
        foreach (var file in Kept(limits).Where(f => f.LastWriteTimeUtc < before.UtcDateTime))
            if (file.Extension == ".part" || !known.Contains(file.Name.Split('.', 2)[0]))
                file.Delete();
    }

    public void Dispose() => _drawing.Dispose();

    private static byte[]? Draw(string path, int width)
    {
        using var codec = SKCodec.Create(path);
        if (codec is null || (long)codec.Info.Width * codec.Info.Height > FileKinds.MaxPixels)
            return null;
        using var read = new SKBitmap(Unpacked(codec, width));
        if (codec.GetPixels(read.Info, read.GetPixels()) != SKCodecResult.Success)
            return null;
        var fitted = Math.Min(width, codec.Info.Width);
        var height = Math.Max(1, (int)Math.Round((double)fitted * codec.Info.Height / codec.Info.Width));
        using var scaled = read.Resize(
            new SKSizeI(fitted, height),
            new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear)
        );
        // WebP ends at 16,383 pixels: there is none of a picture that is a very long strip.
        using var data = scaled?.Encode(SKEncodedImageFormat.Webp, Quality);
        return data?.ToArray();
    }

    // JPEG can be unpacked at eighths of its size: the smallest that is wide enough takes a fraction of the memory.
    private static SKImageInfo Unpacked(SKCodec codec, int width)
    {
        var size = Enumerable
            .Range(1, 8)
            .Select(eighths => codec.GetScaledDimensions(eighths / 8f))
            .First(s => s.Width >= Math.Min(width, codec.Info.Width));
        var alpha = codec.Info.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Premul;
        return new(size.Width, size.Height, SKColorType.Rgba8888, alpha);
    }

    private static string PathOf(FileLimits limits, string hash, int width) =>
        Path.Combine(limits.Pictures.FullName, hash[..2], $"{hash}.{width}.webp");

    // What was there a moment ago may have had to make room.
    private static FileStream? TryOpen(string path)
    {
        try
        {
            return File.Exists(path) ? File.OpenRead(path) : null;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>In place only when whole: temporary file and atomic rename.</summary>
    private static async Task WriteAsync(string path, byte[] drawn, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = $"{path}.{Guid.NewGuid():N}.part";
        await File.WriteAllBytesAsync(draft, drawn, cancel);
        File.Move(draft, path, overwrite: true);
    }

    private void MakeRoom(string newest, long added)
    {
        _total = _total is { } before ? before + added : Kept(limits).Sum(f => f.Length);
        if (_total <= limits.MaxPictures)
            return;
        // To nine tenths, so that not every picture from now on looks for room.
        var kept = Kept(limits).OrderBy(f => f.LastWriteTimeUtc).ToList();
        var all = kept.Sum(f => f.Length);
        foreach (var file in kept.Where(f => f.FullName != newest).TakeWhile(_ => all > limits.MaxPictures / 10 * 9))
        {
            all -= file.Length;
            file.Delete();
        }
        _total = all;
    }

    private static IEnumerable<FileInfo> Kept(FileLimits limits) =>
        limits.Pictures is { Exists: true } folder ? folder.EnumerateFiles("*", SearchOption.AllDirectories) : [];
}
