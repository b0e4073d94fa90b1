using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Letters;
using Plenaria.Platform.Site;

namespace Plenaria.Platform.Journal;

/// <summary>
/// One number for the whole journal at a moment. <see cref="Content"/> is canonical JSON (RFC 8785) of the number, the
/// moment, the root before it and every stream that has grown since: name, length, head. <see cref="Root"/> is its
/// SHA-256, so whoever kept a root outside can tell that nothing before it was changed.
/// </summary>
internal sealed class JournalSeal : INotJournaled
{
    public required long Number { get; init; }
    public required DateTimeOffset At { get; init; }
    public required byte[] Content { get; init; }
    public required byte[] Root { get; init; }

    public string RootText => Convert.ToHexStringLower(Root);

    internal sealed class Mapping : IEntityTypeConfiguration<JournalSeal>
    {
        public void Configure(EntityTypeBuilder<JournalSeal> seal)
        {
            seal.ToTable("journal_seals");
            seal.HasKey(s => s.Number);
            seal.HasIndex(s => s.Root).IsUnique();
        }
    }
}

/// <summary>
/// To whom each new root is mailed, so that it is kept where the house cannot reach it. Nobody when null.
/// </summary>
public sealed record SealOptions(string? MailTo);

/// <summary>Seals the journal and checks its seals.</summary>
internal sealed class Seals(
    PlenariaDb db,
    ILetters letters,
    Localizer texts,
    Network network,
    SealOptions options,
    TimeProvider time
)
{
    private sealed record Head(string Stream, long Length, string Hash);

    private sealed record Sealed(long Number, string At, string Previous, IReadOnlyList<Head> Heads);

    public Task<List<JournalSeal>> Newest(int most, CancellationToken cancel) =>
        db.Set<JournalSeal>().AsNoTracking().OrderByDescending(s => s.Number).Take(most).ToListAsync(cancel);

    /// <summary>Seals what has grown since the last seal; nothing when nothing has.</summary>
    public async Task<JournalSeal?> Make(CancellationToken cancel)
    {
        var grown = await db.Set<JournalStream>()
            .Where(s => s.Length > s.SealedLength)
            .OrderBy(s => s.Name)
            .ToListAsync(cancel);
        if (grown.Count == 0)
            return null;
        var last = await db.Set<JournalSeal>()
            .AsNoTracking()
            .OrderByDescending(s => s.Number)
            .FirstOrDefaultAsync(cancel);
        var at = time.GetUtcNow();
        at = new(at.UtcTicks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);
        var heads = grown
            .OrderBy(s => s.Name, StringComparer.Ordinal)
            .Select(s => new Head(s.Name, s.Length, Convert.ToHexStringLower(s.Head)))
            .ToList();
        var content = CanonicalJson.Of(new Sealed((last?.Number ?? 0) + 1, Instant(at), last?.RootText ?? "", heads));
        var seal = new JournalSeal
        {
            Number = (last?.Number ?? 0) + 1,
            At = at,
            Content = content,
            Root = SHA256.HashData(content),
        };
        db.Add(seal);
        foreach (var stream in grown)
            stream.SealedLength = stream.Length;
        if (options.MailTo is { } to)
        {
            var name = (await network.Profile(cancel)).ShortName;
            (string, object?)[] values =
            [
                ("network", name),
                ("number", seal.Number),
                ("root", seal.RootText),
                ("at", Instant(at)),
            ];
            letters.QueueRequested(
                to,
                Localizer.Operator,
                texts.Get(Localizer.Operator, "journal.seal.mail.subject", values),
                texts.Get(Localizer.Operator, "journal.seal.mail.text", values)
            );
        }
        await db.SaveChangesAsync(cancel);
        return seal;
    }

    /// <summary>
    /// One sentence per seal that does not follow from the one before it, or whose entries the journal no longer holds.
    /// </summary>
    public async IAsyncEnumerable<string> Faults(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
    )
    {
        var (previous, number) = ("", 0L);
        var promised = new Dictionary<(string Stream, long Length), (long Seal, string Hash)>();
        await foreach (
            var seal in db.Set<JournalSeal>()
                .AsNoTracking()
                .OrderBy(s => s.Number)
                .AsAsyncEnumerable()
                .WithCancellation(cancel)
        )
        {
            number++;
            var read = JsonSerializer.Deserialize<Sealed>(seal.Content, JsonSerializerOptions.Web)!;
            if (!SHA256.HashData(seal.Content).AsSpan().SequenceEqual(seal.Root))
                yield return $"seal {seal.Number} was changed";
            else if (seal.Number != number || read.Number != number)
                yield return $"seal {number} is missing";
            else if (read.Previous != previous)
                yield return $"seal {seal.Number} does not follow the one before it";
            (previous, number) = (seal.RootText, seal.Number);
            foreach (var head in read.Heads)
                promised[(head.Stream, head.Length)] = (seal.Number, head.Hash);
        }
        await foreach (
            var entry in db.Set<JournalEntry>()
                .AsNoTracking()
                .Select(e => new
                {
                    e.Stream,
                    e.Sequence,
                    e.Hash,
                })
                .AsAsyncEnumerable()
                .WithCancellation(cancel)
        )
            if (
                promised.Remove((entry.Stream, entry.Sequence), out var sealedAs)
                && sealedAs.Hash != Convert.ToHexStringLower(entry.Hash)
            )
                yield return $"seal {sealedAs.Seal} holds another entry {entry.Sequence} of {entry.Stream}";
        foreach (var (head, sealedAs) in promised)
            yield return $"seal {sealedAs.Seal} holds entry {head.Length} of {head.Stream}, which is missing";
    }

    private static string Instant(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
