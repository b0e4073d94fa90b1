using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Home;
using Plenaria.Platform.Language;
using Plenaria.Platform.Panels;
using Plenaria.Publishing.Content;
using Plenaria.Publishing.Site;

namespace Plenaria.Publishing;

/// <summary>
/// On the home page: the latest news and the blocks the Secretariat wrote. At the foot of every
/// page: the editorial pages by heading. On an office's page: what it published.
/// </summary>
internal sealed class PublishingPanels(PlenariaDb db, FootKept foot, Localizer texts) : IPanels
{
    private const int Few = HomePageBlock.Fewest;

    public async Task<IReadOnlyList<Panel>> GetAsync(
        Slot slot,
        CurrentUser visitor,
        Language reader,
        CancellationToken cancel
    ) =>
        slot.Page switch
        {
            "home" => await Home(reader, cancel),
            "footer" => await foot.Panels(db, texts, reader, cancel),
            "office" => await Office(new(Guid.Parse(slot.Subject)), reader, cancel),
            _ => [],
        };

    private async Task<IReadOnlyList<Panel>> Home(Language reader, CancellationToken cancel)
    {
        var panels = new List<Panel>();
        var news = await db.Set<Item>()
            .AsNoTracking()
            .Where(i => i.State == ItemState.Published && i.Kind == ItemKind.News)
            .OrderByDescending(i => i.PublishedAt)
            .Take(Few)
            .ToListAsync(cancel);
        if (news.Count >= HomePageBlock.Fewest)
            panels.Add(
                new(
                    texts.Get(reader, "publishing.news"),
                    [.. news.Select(i => new PanelLine(i.Title, reader, i.Path, i.Appeared.For(reader)))]
                )
                {
                    Order = 10,
                    Actions = [new(texts.Get(reader, "publishing.news.all"), "/news")],
                }
            );
        var blocks = await db.Set<HomeBlock>()
            .AsNoTracking()
            .Where(b => b.IsShown)
            .OrderBy(b => b.Order)
            .ToListAsync(cancel);
        panels.AddRange(
            blocks.Select(b => new Panel(b.Title.For(reader), [])
            {
                Text = b.Text,
                Order = 30,
                Actions = b.Target is { } target && !b.Label.IsEmpty ? [new(b.Label.For(reader), target)] : [],
            })
        );
        return panels;
    }

    private async Task<IReadOnlyList<Panel>> Office(OfficeId office, Language reader, CancellationToken cancel)
    {
        var published = await db.Set<Item>()
            .AsNoTracking()
            .Where(i => i.State == ItemState.Published && i.Office == office)
            .OrderByDescending(i => i.PublishedAt)
            .Take(5)
            .ToListAsync(cancel);
        return published.Count == 0
            ? []
            :
            [
                new(
                    texts.Get(reader, "publishing.of-office"),
                    [
                        .. published.Select(i => new PanelLine(
                            i.Title,
                            reader,
                            i.Path,
                            texts.Get(reader, $"register.kind.{i.RegisterKind}")
                        )),
                    ]
                ),
            ];
    }
}

/// <summary>The editorial pages as every page's foot lists them: read once, and again when anything changed.</summary>
internal sealed class FootKept(CacheInvalidation freshness)
{
    private sealed record Kept(long Generation, IReadOnlyList<(LocalizedText Title, string Path, Menu Menu)> Pages);

    private volatile Kept? _kept;

    public async Task<IReadOnlyList<Panel>> Panels(
        PlenariaDb db,
        Localizer texts,
        Language reader,
        CancellationToken cancel
    )
    {
        await freshness.Confirm(cancel);
        var generation = freshness.Generation;
        if (_kept is not { } kept || kept.Generation != generation)
            _kept = kept = new(
                generation,
                [
                    .. (
                        await db.Set<SitePage>()
                            .AsNoTracking()
                            .Where(p => p.IsPublished && p.Menu != Menu.None)
                            .OrderBy(p => p.Order)
                            .ThenBy(p => p.Slug)
                            .Select(p => new
                            {
                                p.Title,
                                p.Slug,
                                p.Menu,
                            })
                            .ToListAsync(cancel)
                    ).Select(p => (p.Title, SitePage.PathOf(p.Slug), p.Menu)),
                ]
            );
        Panel Heading(Menu menu) =>
            new(
                texts.Get(reader, $"publishing.menu.{menu.ToString().ToLowerInvariant()}"),
                [
                    .. kept.Pages.Where(p => p.Menu == menu).Select(p => new PanelLine(p.Title, reader, p.Path)),
                    .. menu == Menu.Join ? [new(texts.Get(reader, "publishing.contact"), "/contact")] : (PanelLine[])[],
                ]
            )
            {
                Order = (int)menu,
            };
        return [.. ((Menu[])[Menu.About, Menu.Join, Menu.Legal]).Select(Heading).Where(p => p.Lines.Count > 0)];
    }
}
