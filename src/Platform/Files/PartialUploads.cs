using System.Security.Cryptography;

namespace Plenaria.Platform.Files;

/// <summary>
/// Files that arrive in pieces, so that a line that breaks costs the piece under way and not the file. They lie in the
/// data directory beside the files, by the record they are for, until they are whole and kept, or a day has passed.
/// </summary>
public sealed class PartialUploads(FileLimits limits)
{
    /// <summary>The largest piece that is taken at once, in bytes.</summary>
    public const int MaxPiece = 1 << 20;

    // More than any question takes; who begins more has left others behind.
    private const int MaxOpen = 20;

    /// <summary>Begins a file of this size for a record; the word by which its pieces name it.</summary>
    /// <exception cref="RuleViolationException">Too large, empty, or too many are under way.</exception>
    public string Begin(Guid owner, long size)
    {
        if (size <= 0)
            throw new RuleViolationException("files.empty");
        if (size > limits.MaxEach)
            throw new RuleViolationException("files.too-large", ("limit", limits.MaxEach >> 20));
        var folder = FolderOf(owner);
        folder.Create();
        if (folder.GetFiles().Length >= MaxOpen)
            throw new RuleViolationException("files.too-many-under-way", ("limit", MaxOpen));
        var id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        File.Create(PathOf(folder, id, size)).Dispose();
        return id;
    }

    /// <summary>How many bytes of it are here, and of how many; null when there is none of this name.</summary>
    public (long Received, long Size)? Find(Guid owner, string id) =>
        FileOf(owner, id) is { } file ? (file.Length, SizeOf(file)) : null;

    /// <summary>Adds a piece where the file ends; how much is here now.</summary>
    /// <param name="offset">Where its sender believes that the file ends.</param>
    /// <returns>Null when there is none of this name, it ends elsewhere, or another piece is being written.</returns>
    /// <exception cref="RuleViolationException">The piece goes beyond the file's size.</exception>
    public async Task<long?> AppendAsync(Guid owner, string id, long offset, Stream piece, CancellationToken cancel)
    {
        if (FileOf(owner, id) is not { } file)
            return null;
        var size = SizeOf(file);
        FileStream to;
        try
        {
            to = new(file.FullName, FileMode.Open, FileAccess.Write, FileShare.Read);
        }
        catch (IOException)
        {
            return null;
        }
        await using (to)
        {
            if (to.Length != offset)
                return null;
            to.Position = offset;
            var buffer = new byte[1 << 16];
            int read;
            // What came before the line broke stays: the next piece begins there.
            while ((read = await piece.ReadAsync(buffer, cancel)) > 0)
            {
                if (to.Position + read > size)
                    throw new RuleViolationException("files.longer-than-said");
                await to.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None);
            }
            return to.Position;
        }
    }

    /// <summary>The whole file; null when there is none of this name or some of it is missing.</summary>
    public async Task<byte[]?> ReadAsync(Guid owner, string id, CancellationToken cancel) =>
        FileOf(owner, id) is { } file && file.Length == SizeOf(file)
            ? await File.ReadAllBytesAsync(file.FullName, cancel)
            : null;

    /// <summary>What is kept elsewhere now.</summary>
    public void Remove(Guid owner, string id) => FileOf(owner, id)?.Delete();

    /// <summary>Deletes what was begun before and never became whole.</summary>
    internal static void Sweep(FileLimits limits, DateTimeOffset before)
    {
        if (!limits.Uploads.Exists)
            return;
        foreach (var folder in limits.Uploads.EnumerateDirectories())
        {
            foreach (var file in folder.EnumerateFiles().Where(f => f.LastWriteTimeUtc < before.UtcDateTime))
                file.Delete();
            if (!folder.EnumerateFiles().Any() && folder.LastWriteTimeUtc < before.UtcDateTime)
                folder.Delete();
        }
    }

    private DirectoryInfo FolderOf(Guid owner) => new(Path.Combine(limits.Uploads.FullName, $"{owner:N}"));

    private FileInfo? FileOf(Guid owner, string id)
    {
        var folder = FolderOf(owner);
        return id.Length == 32 && id.All(char.IsAsciiHexDigitLower) && folder.Exists
            ? folder.EnumerateFiles($"{id}.*").FirstOrDefault()
            : null;
    }

    // The size that was said stands in the name: there is nothing else to keep beside the bytes.
    private static string PathOf(DirectoryInfo folder, string id, long size) =>
        Path.Combine(folder.FullName, $"{id}.{size}");

    private static long SizeOf(FileInfo file) =>
        long.Parse(file.Extension.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);
}
