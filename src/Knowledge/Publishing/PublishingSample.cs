using Microsoft.Extensions.DependencyInjection;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Places;
using Plenaria.Publishing.Content;
using Plenaria.Publishing.Site;

namespace Plenaria.Publishing;

internal static class PublishingSample
{
    private sealed record Sample(List<SaidPage> Pages, List<SaidBlock> Blocks, List<SaidItem> Items);

    private sealed record SaidPage(LocalizedText Title, LocalizedText Body, Menu Menu, int Order);

    private sealed record SaidBlock(
        LocalizedText Title,
        LocalizedText Text,
        LocalizedText Label,
        string? Target,
        int Order
    );

    private sealed record SaidItem(
        ItemKind Kind,
        LocalizedText Title,
        LocalizedText Summary,
        LocalizedText? Body,
        string? Owner,
        string? Office,
        string? Country,
        string? City,
        PartialDate? Date,
        string? Authors,
        string? Licence,
        string? Url,
        DateTime? Starts,
        DateTime? Ends,
        string? Zone,
        List<string>? Terms,
        ItemState State = ItemState.Published
    );

    public static async Task Load(IServiceProvider services, SampleFolder folder, CancellationToken cancel)
    {
        if (!folder.Has("publishing.json"))
            return;
        var (db, items, site, members) = (
            services.GetRequiredService<PlenariaDb>(),
            services.GetRequiredService<ItemStore>(),
            services.GetRequiredService<SiteStore>(),
            services.GetRequiredService<IMembers>()
        );
        var acting = services.GetRequiredService<SystemActor>().As("sample");
        var sample = folder.Read<Sample>("publishing.json");
        foreach (var said in sample.Pages)
        {
            var page = await site.New(said.Title, acting, cancel);
            await site.Change(
                page,
                "publishing.page-written",
                acting,
                () => (page.Body, page.Menu, page.Order, page.IsPublished) = (said.Body, said.Menu, said.Order, true),
                cancel
            );
        }
        foreach (var said in sample.Blocks)
        {
            var block = new HomeBlock
            {
                Id = Guid.CreateVersion7(acting.At),
                Title = said.Title,
                Text = said.Text,
                Label = said.Label,
                Target = said.Target,
                Order = said.Order,
                IsShown = true,
            };
            db.Add(block);
            await site.Change(block, "publishing.block-written", acting, cancel);
        }
        var offices = await members.Offices(cancel);
        foreach (var said in sample.Items)
        {
            var item = await items.New(said.Kind, said.Title, acting, cancel);
            var owner = await members.Find(said.Owner, cancel);
            await items.Change(
                item,
                "publishing.published",
                acting,
                () =>
                {
                    (item.Summary, item.Body, item.Owner, item.Office) = (
                        said.Summary,
                        said.Body ?? LocalizedText.Empty,
                        owner?.Id,
                        offices.FirstOrDefault(o => o.Path == $"/offices/{said.Office}")?.Id
                    );
                    (item.Country, item.City, item.Date, item.Authors, item.Licence, item.Url, item.Zone, item.Terms) =
                        (
                            said.Country,
                            said.City,
                            said.Date,
                            said.Authors,
                            said.Licence,
                            said.Url,
                            said.Zone,
                            said.Terms ?? []
                        );
                    (item.StartsAt, item.EndsAt) = (
                        said.Starts is { } starts ? PlaceTime.At(said.Zone, starts) : null,
                        said.Ends is { } ends ? PlaceTime.At(said.Zone, ends) : null
                    );
                    if (said.State == ItemState.Published)
                        item.Publish(acting.At);
                    else
                        item.Submit(acting.At);
                },
                cancel
            );
        }
    }
}
