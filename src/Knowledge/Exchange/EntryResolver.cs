using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Register;

namespace Plenaria.Exchange;

/// <summary>
/// Finds the publication that somebody names: by its reference, its permanent link, or the address of its page.
/// </summary>
internal sealed class EntryResolver(PlenariaDb db, Register register)
{
    /// <exception cref="RuleViolationException">Nothing that this reader may read is named so.</exception>
    public async Task<PublishedEntry> Find(string? typed, Audience reads, CancellationToken cancel)
    {
        var named = typed?.Trim() ?? "";
        var path =
            Uri.TryCreate(named, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
                ? address.AbsolutePath
                : named.Split('?', '#')[0];
        if (
            Reference.TryParse(path[(path.LastIndexOf('/') + 1)..].ToUpperInvariant(), null, out var reference)
            && (await register.Read([reference], reads, cancel)).TryGetValue(reference, out var entry)
        )
            return entry;
        // A page's address begins with the language it is read in.
        var parts = path.Trim('/').Split('/');
        var page = "/" + string.Join('/', Language.TryParse(parts[0], out _) ? parts[1..] : parts);
        foreach (
            var found in await db.Set<RegisterEntry>()
                .AsNoTracking()
                .Where(e => e.Path == page && !e.Withdrawn)
                .Select(e => e.Reference)
                .Take(2)
                .ToListAsync(cancel)
        )
            if ((await register.Read([found], reads, cancel)).TryGetValue(found, out entry))
                return entry;
        throw new RuleViolationException("exchange.entry-unknown", ("name", named));
    }
}
