using System.Buffers.Binary;
using System.Security.Cryptography;
using Plenaria.Platform.Data;

namespace Plenaria.Ballots;

/// <summary>
/// The keys of secret ballots, one file each in the data directory, which all nodes share: never in the database, the
/// journal or an archive. A key exists from the opening of its ballot to its closing.
/// </summary>
internal sealed class BallotKeyStore(DataFolder data)
{
    public const int KeyLength = 32;
    private const string KeyExtension = ".key";

    // The key is gone; the database has not been compacted since.
    private const string SpentExtension = ".spent";
    private const FileShare Shared = FileShare.ReadWrite | FileShare.Delete;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private string Folder => data.Of("ballot-keys").FullName;

    /// <summary>
    /// Makes and stores a key. It is on the disk when this returns, so that no committed ballot lacks its key; a ballot
    /// whose opening is rolled back leaves a file, which <see cref="BallotKeySweep"/> deletes.
    /// </summary>
    public void Create(Guid ballot)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(Folder);
        else
            Directory.CreateDirectory(Folder, OwnerOnly | UnixFileMode.UserExecute);
        var key = RandomNumberGenerator.GetBytes(KeyLength);
        try
        {
            var temporary = PathOf(ballot, ".part");
            using (var file = new FileStream(temporary, OwnerOnlyOptions()))
            {
                file.Write(key);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, PathOf(ballot, KeyExtension), overwrite: false);
            // Flushing the file under its final name stores the rename too on the usual journaling file systems.
            using var handle = File.OpenHandle(PathOf(ballot, KeyExtension), FileMode.Open, FileAccess.ReadWrite);
            RandomAccess.FlushToDisk(handle);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>The key of an open ballot; null when the file is missing or not whole.</summary>
    public byte[]? Find(Guid ballot)
    {
        try
        {
            return File.ReadAllBytes(PathOf(ballot, KeyExtension)) is { Length: KeyLength } key ? key : null;
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>
    /// Overwrites a key and takes its file away. What remains is an empty file that says that compacting is due.
    /// </summary>
    public void Destroy(Guid ballot)
    {
        try
        {
            using (var file = new FileStream(PathOf(ballot, KeyExtension), FileMode.Open, FileAccess.Write, Shared))
            {
                file.Write(new byte[KeyLength]);
                file.Flush(flushToDisk: true);
                file.SetLength(0);
            }
            File.Move(PathOf(ballot, KeyExtension), PathOf(ballot, SpentExtension), overwrite: true);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            // Another node, or an earlier attempt, was faster.
        }
    }

    /// <summary>The ballots that have a key.</summary>
    public IReadOnlyList<Guid> All() => List(KeyExtension);

    /// <summary>The ballots whose key is gone and after which the database has not been compacted.</summary>
    public IReadOnlyList<Guid> Spent() => List(SpentExtension);

    public void Forget(IEnumerable<Guid> spent)
    {
        foreach (var ballot in spent)
            File.Delete(PathOf(ballot, SpentExtension));
    }

    /// <summary>When a ballot was opened, to the millisecond: its id begins with it (RFC 9562, UUIDv7).</summary>
    public static DateTimeOffset OpenedAt(Guid ballot) =>
        DateTimeOffset.FromUnixTimeMilliseconds(
            (long)(BinaryPrimitives.ReadUInt64BigEndian(ballot.ToByteArray(bigEndian: true)) >> 16)
        );

    private List<Guid> List(string extension) =>
        !Directory.Exists(Folder)
            ? []
            :
            [
                .. Directory
                    .EnumerateFiles(Folder, "*" + extension)
                    .Select(f =>
                        Guid.TryParseExact(Path.GetFileNameWithoutExtension(f), "N", out var id) ? id : Guid.Empty
                    )
                    .Where(id => id != Guid.Empty),
            ];

    private string PathOf(Guid ballot, string extension) => Path.Combine(Folder, ballot.ToString("N") + extension);

    private static FileStreamOptions OwnerOnlyOptions()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return options;
    }
}
