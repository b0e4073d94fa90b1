using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Publishing.Content;
using Plenaria.Publishing.Site;
using Plenaria.Translation;

namespace Plenaria.Publishing;

/// <summary>News, events, publications, videos and editorial pages as translators see them.</summary>
internal sealed class PublishingTranslatables(PlenariaDb db, ItemStore items, SiteStore site, Localizer texts)
    : ITranslatables
{
    public IReadOnlyCollection<string> Kinds { get; } =
    [.. Enum.GetValues<ItemKind>().Select(Item.KindOf), SiteStore.Kind];

    public async Task<Translatable?> Read(
        Reference reference,
        OperationContext acting,
        Language reader,
        CancellationToken cancel
    )
    {
        TranslatableText Text(string name, LocalizedText text) =>
            new(name, texts.Get(reader, $"publishing.{name}"), text);
        if (
            await db.Set<Item>()
                .AsNoTracking()
                .SingleOrDefaultAsync(i => i.Reference == reference && i.State == ItemState.Published, cancel) is
            { } item
        )
            return new(
                item.Reference,
                item.Path,
                item.Title,
                [Text("title", item.Title), Text("summary", item.Summary), Text("body", item.Body)],
                acting.Can(PublishingModule.Write) && await items.MayDecide(item, acting, cancel)
            );
        return
            await db.Set<SitePage>()
                .AsNoTracking()
                .SingleOrDefaultAsync(p => p.Reference == reference && p.IsPublished, cancel)
                is { } page
            ? new(
                page.Reference,
                page.Path,
                page.Title,
                [Text("title", page.Title), Text("body", page.Body)],
                acting.Can(PublishingModule.Site)
            )
            : null;
    }

    public async Task Write(
        Reference reference,
        Func<string, LocalizedText, LocalizedText> reword,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        if (await db.Set<Item>().SingleOrDefaultAsync(i => i.Reference == reference, cancel) is { } item)
            await items.Change(
                item,
                "publishing.translated",
                acting,
                () =>
                    (item.Title, item.Summary, item.Body) = (
                        reword("title", item.Title),
                        reword("summary", item.Summary),
                        reword("body", item.Body)
                    ),
                cancel
            );
        else if (await db.Set<SitePage>().SingleOrDefaultAsync(p => p.Reference == reference, cancel) is { } page)
            await site.Change(
                page,
                "publishing.translated",
                acting,
                () => (page.Title, page.Body) = (reword("title", page.Title), reword("body", page.Body)),
                cancel
            );
    }
}
