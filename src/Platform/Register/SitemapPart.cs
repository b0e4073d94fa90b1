using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Platform.Register;

/// <summary>
/// Where a part of the sitemap begins. Keys of entries ascend with time, so parts are ranges of keys that stay as they
/// are; the last one is open, and a job ends it when it is full. The first begins with the first entry and has no row.
/// </summary>
internal sealed class SitemapPart : INotJournaled
{
    /// <summary>Entries of a part when it is ended.</summary>
    public const int Size = 5_000;

    /// <summary>
    /// The largest part: 50,000 addresses, which is what a map may hold, in five languages. What was published since
    /// the job last ran waits for it beyond that.
    /// </summary>
    public const int Most = 10_000;

    public required int Number { get; init; }

    /// <summary>The key of its first entry.</summary>
    public required Guid First { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<SitemapPart>
    {
        public void Configure(EntityTypeBuilder<SitemapPart> part)
        {
            part.ToTable("register_sitemap_parts");
            part.HasKey(p => p.Number);
            part.Property(p => p.Number).ValueGeneratedNever();
        }
    }
}

internal static class SitemapPartFilter
{
    /// <summary>The entries of one part.</summary>
    public static IQueryable<RegisterEntry> InPart(
        this IQueryable<RegisterEntry> entries,
        IReadOnlyDictionary<int, Guid> parts,
        int number
    )
    {
        if (parts.TryGetValue(number, out var first))
            entries = entries.Where(e => e.Id >= first);
        return parts.TryGetValue(number + 1, out var next) ? entries.Where(e => e.Id < next) : entries;
    }
}

/// <summary>Ends parts of the sitemap, and checks them.</summary>
internal sealed class SitemapPartStore(PlenariaDb db)
{
    /// <summary>Ends the last part and those after it while they are full.</summary>
    public async Task ExtendAsync(CancellationToken cancel, int size = SitemapPart.Size)
    {
        var last = await db.Set<SitemapPart>()
            .AsNoTracking()
            .OrderByDescending(p => p.Number)
            .FirstOrDefaultAsync(cancel);
        var (number, first) = (last?.Number ?? 1, last?.First ?? Guid.Empty);
        while (
            await db.Set<RegisterEntry>()
                .Where(e => e.Id >= first)
                .OrderBy(e => e.Id)
                .Select(e => (Guid?)e.Id)
                .Skip(size)
                .FirstOrDefaultAsync(cancel)
                is { } next
        )
        {
            (number, first) = (number + 1, next);
            // Of two nodes that come here at once, the second finds what the first wrote.
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO register_sitemap_parts (number, first)
                VALUES ({number}, {first})
                ON CONFLICT (number) DO NOTHING
                """,
                cancel
            );
        }
    }

    /// <summary>Parts that hold more than a map may, or that do not follow each other.</summary>
    public async IAsyncEnumerable<string> Faults([EnumeratorCancellation] CancellationToken cancel)
    {
        var parts = await db.Set<SitemapPart>().AsNoTracking().ToDictionaryAsync(p => p.Number, p => p.First, cancel);
        for (var number = 1; number <= parts.Keys.DefaultIfEmpty(1).Max(); number++)
        {
            if (number > 1 && !parts.ContainsKey(number))
                yield return $"part {number} of the sitemap is missing";
            // The last one is open: what it holds beyond a map waits for the job.
            if (!parts.ContainsKey(number + 1))
                continue;
            var count = await db.Set<RegisterEntry>().InPart(parts, number).CountAsync(cancel);
            if (count is 0 or > SitemapPart.Most)
                yield return $"part {number} of the sitemap holds {count} entries";
        }
    }
}
