using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;

namespace Plenaria.Publishing.Site;

/// <summary>Reads and changes editorial pages and the blocks of the home page.</summary>
internal sealed class SiteStore(PlenariaDb db, Journal journal, Register register, Network network)
{
    public const string Kind = "page",
        ReferenceLetter = "W";

    public async Task<SitePage> New(LocalizedText title, OperationContext acting, CancellationToken cancel)
    {
        var wanted = Folding.Slug(title.ToString(), SitePage.SlugMaxLength - 10) is { Length: > 0 } slug
            ? slug
            : "page";
        var taken = (
            await db.Set<SitePage>().Where(p => p.Slug.StartsWith(wanted)).Select(p => p.Slug).ToListAsync(cancel)
        ).ToHashSet();
        var free = Folding.Free(wanted, taken);
        var page = new SitePage
        {
            Id = Guid.CreateVersion7(acting.At),
            Slug = free,
            Title = title,
            Reference = Reference.Of(
                (await network.Profile(cancel)).Prefix,
                ReferenceLetter,
                free.Length <= 40
                    ? free.ToUpperInvariant()
                    : $"{free[..31].TrimEnd('-').ToUpperInvariant()}-{Guid.NewGuid().ToString("N")[..8].ToUpperInvariant()}"
            ),
        };
        db.Add(page);
        return page;
    }

    public async Task Change(
        SitePage page,
        string act,
        OperationContext acting,
        Action change,
        CancellationToken cancel
    )
    {
        change();
        page.ChangedAt = acting.At;
        var last = await db.Set<SitePageRevision>()
            .AsNoTracking()
            .Where(r => r.Page == page.Id)
            .OrderByDescending(r => r.Number)
            .FirstOrDefaultAsync(cancel);
        if (page.IsPublished && (last is null || !last.Title.Equals(page.Title) || !last.Body.Equals(page.Body)))
            db.Add(
                new SitePageRevision
                {
                    Page = page.Id,
                    Number = (last?.Number ?? 0) + 1,
                    At = acting.At,
                    By = acting.Actor.Id,
                    Title = page.Title,
                    Body = page.Body,
                }
            );
        if (page.IsPublished)
            await register.Publish(
                new(page.Reference, Kind, page.Path, page.Title, LocalizedText.Empty)
                {
                    Texts = [page.Title, page.Body],
                },
                page.Body,
                Audience.Public,
                cancel
            );
        else
            await register.Withdraw(page.Reference, cancel);
        journal.Append(
            acting,
            page.Stream,
            act,
            page.Reference,
            new
            {
                title = page.Title.ToString(),
                menu = page.Menu.ToString(),
                published = page.IsPublished,
            }
        );
        await db.SaveChangesAsync(cancel);
    }

    public async Task Change(HomeBlock block, string act, OperationContext acting, CancellationToken cancel)
    {
        journal.Append(acting, "home", act, null, new { title = block.Title.ToString(), shown = block.IsShown });
        await db.SaveChangesAsync(cancel);
    }
}
