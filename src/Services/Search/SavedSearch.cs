using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;

namespace Plenaria.Search;

/// <summary>How often somebody hears what is new in a search they keep.</summary>
internal enum DigestRhythm
{
    Never,
    Daily,
    Weekly,
}

/// <summary>A search that somebody keeps, with or without a letter that tells what is new in it.</summary>
internal sealed class SavedSearch : IVersioned
{
    public const int NameMaxLength = 160,
        QueryMaxLength = 1_000,
        Most = 50;

    public required Guid Id { get; init; }
    public required AccountId Account { get; init; }
    public required string Name { get; set; }

    /// <summary>The choices as the address says them, after the question mark.</summary>
    public required string Query { get; init; }
    public required Kernel.Language Language { get; init; }
    public DigestRhythm Rhythm { get; set; }

    /// <summary>Up to when whoever keeps it has been told.</summary>
    public required DateTimeOffset ToldUntil { get; set; }
    public int Version { get; set; }

    public string Stream => $"saved-search:{Id:N}";
    public SearchFilters Narrowing => new(new QueryCollection(QueryHelpers.ParseQuery(Query)));

    internal sealed class Mapping : IEntityTypeConfiguration<SavedSearch>
    {
        public void Configure(EntityTypeBuilder<SavedSearch> search)
        {
            search.ToTable("search_saved");
            search.Property(s => s.Name).HasMaxLength(NameMaxLength);
            search.Property(s => s.Query).HasMaxLength(QueryMaxLength);
            search.HasIndex(s => s.Account);
            search.HasIndex(s => new { s.Rhythm, s.ToldUntil });
        }
    }
}

/// <summary>Tells those who keep a search what was published in it since they last heard.</summary>
internal static class SavedSearchLetters
{
    /// <summary>The kind of these letters.</summary>
    public const string Kind = "saved-searches";

    private const int MostNamed = 20;

    public static async Task Send(IServiceProvider services, CancellationToken cancel)
    {
        var (db, search, outbox, texts, time) = (
            services.GetRequiredService<PlenariaDb>(),
            services.GetRequiredService<SearchService>(),
            services.GetRequiredService<Outbox>(),
            services.GetRequiredService<Localizer>(),
            services.GetRequiredService<TimeProvider>()
        );
        var now = time.GetUtcNow();
        var (day, week) = (now.AddDays(-1), now.AddDays(-7));
        // Links of letters that no request gave reason to can only be built on the setting.
        if (services.GetRequiredService<SiteAddress>().Url is not { } site)
            return;
        var network = (await services.GetRequiredService<Network>().Profile(cancel)).Name;
        var due = await db.Set<SavedSearch>()
            .Where(s =>
                s.Rhythm == DigestRhythm.Daily && s.ToldUntil <= day
                || s.Rhythm == DigestRhythm.Weekly && s.ToldUntil <= week
            )
            .Select(s => new { s.Id, s.Account })
            .ToListAsync(cancel);
        var reached = (
            await services.GetRequiredService<Accounts>().Reach([.. due.Select(d => d.Account).Distinct()], cancel)
        ).ToDictionary(a => a.Account, a => a.Email);
        // They asked for these letters themselves.
        var readers = await outbox.FindReadersAsync(Kind, reached.Values, cancel, isRequested: true);
        foreach (var (id, account) in due.Select(d => (d.Id, d.Account)))
        {
            if (!reached.TryGetValue(account, out var email))
                continue;
            if (await db.Set<SavedSearch>().SingleOrDefaultAsync(s => s.Id == id, cancel) is not { } kept)
                continue;
            var language = kept.Language;
            var found = await search.Find(
                kept.Narrowing.Wish(language, Audience.Network, MostNamed + 1) with
                {
                    Order = SearchOrder.Changed,
                    Skip = 0,
                },
                cancel
            );
            // What the index has yet to take in would never be told: the next round finds it.
            if (found.Pending > 0)
                continue;
            var fresh = found.Hits.Where(h => h.Entry.ChangedAt > kept.ToldUntil).Take(MostNamed).ToList();
            kept.ToldUntil = now;
            if (fresh.Count > 0)
                outbox.Queue(
                    new(
                        email,
                        language,
                        texts.Get(language, "search.digest.subject", ("name", kept.Name), ("count", fresh.Count)),
                        texts.Get(
                            language,
                            "search.digest.text",
                            ("name", kept.Name),
                            ("network", network),
                            (
                                "results",
                                string.Join(
                                    "\n\n",
                                    fresh.Select(h =>
                                        $"{h.Entry.Title.For(language)}\n{new Uri(site, $"/{language}{h.Entry.Path}")}"
                                    )
                                )
                            ),
                            ("all", new Uri(site, $"/{language}/search?{kept.Query}")),
                            ("keep", new Uri(site, $"/{language}/searches"))
                        )
                    ),
                    readers
                );
            services
                .GetRequiredService<Journal>()
                .Append(
                    services.GetRequiredService<SystemActor>().As("digest"),
                    kept.Stream,
                    "search.digest-sent",
                    null,
                    new { count = fresh.Count }
                );
            try
            {
                await db.SaveChangesAsync(cancel);
            }
            catch (DbUpdateConcurrencyException)
            {
                // Changed or removed by its owner meanwhile, or told by another node: the next round sees it as it is.
                db.ClearTracking();
            }
        }
    }
}
