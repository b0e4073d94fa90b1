using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Register;

namespace Plenaria.Platform.Files;

/// <summary>
/// Where files lie, how large one may be and how much all of them together, in bytes. What people who are not signed in
/// upload may take a fifth of it, so that nobody outside can leave the network without room.
/// </summary>
public sealed record FileLimits(DirectoryInfo Folder, long MaxEach = 20 << 20, long MaxAll = 20L << 30)
{
    /// <summary>How much all pictures at the widths of pages may take.</summary>
    public long MaxPictures { get; init; } = 1L << 30;

    public long MaxByStrangers => MaxAll / 5;

    // Two levels: some file systems grow slow with many files in one folder.
    internal string PathOf(string hash) => Path.Combine(Folder.FullName, hash[..2], hash);

    // Beside the files, not among them: backups hold what cannot be made anew.
    internal DirectoryInfo Uploads => new(Path.Combine(Folder.Parent!.FullName, "uploads"));

    internal DirectoryInfo Pictures => new(Path.Combine(Folder.Parent!.FullName, "pictures"));
}

/// <summary>
/// A file as kept: <paramref name="Hash"/> names it for good, <paramref name="Name"/> is what people called it.
/// </summary>
public sealed record FileReference(string Hash, string Name, string MediaType, long Size)
{
    public bool IsPicture => MediaType.StartsWith("image/", StringComparison.Ordinal);
}

/// <summary>
/// Keeps uploaded files in the data directory under the hash of their content. A file is checked by what it contains,
/// never by its name; the caller saves, and records in the journal what the file is for.
/// </summary>
public sealed class FileStore(
    PlenariaDb db,
    FileLimits limits,
    FileTotals totals,
    ModuleCatalog modules,
    CurrentUser visitor,
    IServiceProvider services,
    TimeProvider time
)
{
    /// <summary>
    /// What a page with an upload reads, in bytes, for <c>RequestSizeLimit</c> and <c>RequestFormLimits</c>: more than
    /// is accepted, so that what is somewhat too large is refused on the page, in words, and what was typed stays.
    /// </summary>
    public const int AtTheDoor = 64 << 20;

    /// <summary>Checks, cleans and stores an upload; its row is saved by the caller.</summary>
    /// <exception cref="RuleViolationException">Too large, not of an accepted kind, damaged, or the house is
    /// full.</exception>
    public async Task<FileReference> Keep(IFormFile upload, Audience audience, CancellationToken cancel)
    {
        if (upload.Length > limits.MaxEach)
            throw new RuleViolationException("files.too-large", ("limit", limits.MaxEach >> 20));
        using var content = new MemoryStream();
        await upload.CopyToAsync(content, cancel);
        return await Keep(content.ToArray(), upload.FileName, audience, cancel);
    }

    /// <inheritdoc cref="Keep(IFormFile, Audience, CancellationToken)"/>
    public async Task<FileReference> Keep(byte[] content, string name, Audience audience, CancellationToken cancel)
    {
        if (content.Length > limits.MaxEach)
            throw new RuleViolationException("files.too-large", ("limit", limits.MaxEach >> 20));
        var file = FileKinds.Check(content);
        var hash = Convert.ToHexStringLower(SHA256.HashData(file.Content));
        if (await db.Set<StoredFile>().SingleOrDefaultAsync(f => f.Hash == hash, cancel) is { } known)
        {
            // Whoever may see one use of a file may see the file.
            known.Audience = known.Audience < audience ? known.Audience : audience;
            if (!File.Exists(limits.PathOf(hash)))
                await Write(hash, file.Content, cancel);
            return Describe(known);
        }
        var isFromStranger = visitor.IsStranger;
        var (all, byStrangers) = await totals.Read(db, cancel);
        if (all + file.Content.Length > limits.MaxAll)
            throw new RuleViolationException("files.full");
        if (isFromStranger && byStrangers + file.Content.Length > limits.MaxByStrangers)
            throw new RuleViolationException("files.full");
        await Write(hash, file.Content, cancel);
        var stored = new StoredFile
        {
            Hash = hash,
            Name = NameOf(name, file.Ending),
            MediaType = file.MediaType,
            Size = file.Content.Length,
            Audience = audience,
            KeptAt = time.GetUtcNow(),
            IsFromStranger = isFromStranger,
        };
        db.Add(stored);
        totals.Add(stored.Size, isFromStranger);
        return Describe(stored);
    }

    /// <summary>
    /// Files kept before what they belong to was published are from now on for these readers, too. Saved by the caller.
    /// </summary>
    public async Task Widen(IEnumerable<string> hashes, Audience audience, CancellationToken cancel)
    {
        var wanted = hashes.Distinct().ToList();
        if (wanted.Count == 0)
            return;
        await db.Set<StoredFile>().Where(f => wanted.Contains(f.Hash)).LoadAsync(cancel);
        // Those kept a moment ago are not stored yet.
        foreach (var file in db.Set<StoredFile>().Local.Where(f => wanted.Contains(f.Hash)))
            file.Audience = file.Audience < audience ? file.Audience : audience;
    }

    /// <summary>The kept files of these hashes, by hash; unknown ones are left out.</summary>
    public async Task<IReadOnlyDictionary<string, FileReference>> Describe(
        IReadOnlyCollection<string> hashes,
        CancellationToken cancel
    ) =>
        hashes.Count == 0
            ? new Dictionary<string, FileReference>()
            : await db.Set<StoredFile>()
                .AsNoTracking()
                .Where(f => hashes.Contains(f.Hash))
                .ToDictionaryAsync(f => f.Hash, Describe, cancel);

    /// <summary>Whether a file of this hash is kept: its row and its bytes.</summary>
    public async Task<bool> Holds(string hash, CancellationToken cancel) =>
        File.Exists(limits.PathOf(hash)) && await db.Set<StoredFile>().AnyAsync(f => f.Hash == hash, cancel);

    /// <summary>
    /// A stored file and its bytes; null when there is none, or none for the visitor of this request. A public file is
    /// anybody's; for any other the records that name it are asked (<see cref="FileColumn"/>).
    /// </summary>
    public async Task<(FileReference File, Stream Content, bool IsPublic)?> Open(string hash, CancellationToken cancel)
    {
        var stored = await db.Set<StoredFile>().AsNoTracking().SingleOrDefaultAsync(f => f.Hash == hash, cancel);
        if (stored is null || !File.Exists(limits.PathOf(hash)))
            return null;
        var isPublic = stored.Audience == Audience.Public;
        return isPublic || await MayOpen(hash, cancel)
            ? (Describe(stored), File.OpenRead(limits.PathOf(hash)), isPublic)
            : null;
    }

    /// <summary>
    /// A stored file and its bytes, for what the house does itself, whoever may read it; null when there is none.
    /// </summary>
    public async Task<(FileReference File, Stream Content)?> OpenForSystemAsync(
        string hash,
        CancellationToken cancel
    ) =>
        await db.Set<StoredFile>().AsNoTracking().SingleOrDefaultAsync(f => f.Hash == hash, cancel) is { } stored
        && File.Exists(limits.PathOf(hash))
            ? (Describe(stored), File.OpenRead(limits.PathOf(hash)))
            : null;

    private async Task<bool> MayOpen(string hash, CancellationToken cancel)
    {
        if (!visitor.IsSignedIn)
            return false;
        foreach (var column in modules.Declared<FileColumn>())
            if (await column.MayOpen(hash, services, cancel))
                return true;
        return false;
    }

    /// <summary>
    /// Files of a record that is public no longer: from now on the records that name them are asked. Saved by the
    /// caller.
    /// </summary>
    public async Task Narrow(IEnumerable<string> hashes, CancellationToken cancel)
    {
        var wanted = hashes.Distinct().ToList();
        foreach (var file in await db.Set<StoredFile>().Where(f => wanted.Contains(f.Hash)).ToListAsync(cancel))
            file.Audience = Audience.Staff;
    }

    /// <summary>
    /// Deletes those of these files, bytes and row, that no record names any more. After the caller has saved.
    /// </summary>
    public async Task RemoveUnused(IReadOnlyCollection<string> hashes, CancellationToken cancel)
    {
        if (hashes.Count == 0)
            return;
        var used = await Used(cancel);
        await Remove([.. hashes.Where(h => !used.Contains(h))], cancel);
    }

    private async Task<HashSet<string>> Used(CancellationToken cancel)
    {
        var used = new HashSet<string>();
        foreach (var column in modules.Declared<FileColumn>())
        await foreach (var hash in column.Hashes(db, cancel))
            used.Add(hash);
        return used;
    }

    private async Task Remove(IReadOnlyCollection<string> hashes, CancellationToken cancel)
    {
        foreach (var chunk in hashes.Chunk(500))
        {
            await db.InTransactionAsync(
                () =>
                    db.DeleteRowsAsync(
                        db.Set<StoredFile>().Where(f => chunk.Contains(f.Hash)),
                        Journal.StatementStreams.None("no record names them"),
                        cancel
                    ),
                cancel
            );
            foreach (var hash in chunk.Where(h => h.Length == StoredFile.HashLength))
            {
                File.Delete(limits.PathOf(hash));
                SizedPictures.Remove(limits, hash);
            }
        }
    }

    /// <summary>Recomputes every file's hash; one sentence per file that is missing or changed.</summary>
    internal async IAsyncEnumerable<string> Faults(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
    )
    {
        foreach (var hash in await db.Set<StoredFile>().OrderBy(f => f.Hash).Select(f => f.Hash).ToListAsync(cancel))
        {
            if (!File.Exists(limits.PathOf(hash)))
            {
                yield return $"{hash} is missing";
                continue;
            }
            await using var content = File.OpenRead(limits.PathOf(hash));
            if (Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancel)) != hash)
                yield return $"{hash} was changed";
        }
    }

    private static FileReference Describe(StoredFile file) => new(file.Hash, file.Name, file.MediaType, file.Size);

    /// <summary>
    /// Deletes files that no record names (a replaced picture, an upload whose form was never sent), once they are a
    /// day old, and what lies in the folder without a row.
    /// </summary>
    internal async Task Sweep(CancellationToken cancel)
    {
        var before = time.GetUtcNow().AddDays(-1);
        var old = await db.Set<StoredFile>().Where(f => f.KeptAt < before).Select(f => f.Hash).ToListAsync(cancel);
        var used = await Used(cancel);
        await Remove([.. old.Where(h => !used.Contains(h))], cancel);
        if (!limits.Folder.Exists)
            return;
        var known = (await db.Set<StoredFile>().Select(f => f.Hash).ToListAsync(cancel)).ToHashSet();
        foreach (var file in limits.Folder.EnumerateFiles("*", SearchOption.AllDirectories))
            if (!known.Contains(file.Name) && file.LastWriteTimeUtc < before.UtcDateTime)
                file.Delete();
        SizedPictures.Sweep(limits, known, before);
        PartialUploads.Sweep(limits, before);
    }

    /// <summary>In place only when whole: whoever dies on the way leaves a draft that nothing refers to.</summary>
    private async Task Write(string hash, byte[] content, CancellationToken cancel)
    {
        var path = limits.PathOf(hash);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = $"{path}.{Guid.NewGuid():N}.part";
        await using (var stream = new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            await stream.WriteAsync(content, cancel);
            stream.Flush(flushToDisk: true);
        }
        File.Move(draft, path, overwrite: true);
    }

    /// <summary>What people called it, without folders, control characters and a misleading ending.</summary>
    private static string NameOf(string given, string ending)
    {
        var name = string.Concat(
                Path.GetFileNameWithoutExtension(given.Replace('\\', '/'))
                    .Where(c =>
                        !char.IsControl(c)
                        && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format
                        && c is not ('/' or ':' or '"' or '<' or '>' or '|' or '?' or '*')
                    )
            )
            .Trim(' ', '.');
        name = Folding.Cut(name, StoredFile.NameMaxLength - 6);
        return $"{(name.Length == 0 ? "file" : name)}.{ending}";
    }
}
