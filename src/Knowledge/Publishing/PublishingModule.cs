using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Files;
using Plenaria.Platform.Home;
using Plenaria.Platform.Jobs;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Panels;
using Plenaria.Platform.Register;
using Plenaria.Platform.Sections;
using Plenaria.Platform.Subjects;
using Plenaria.Platform.Tasks;
using Plenaria.Publishing.Contact;
using Plenaria.Publishing.Content;
using Plenaria.Publishing.Site;
using Plenaria.Translation;

namespace Plenaria.Publishing;

/// <summary>
/// What the network says in its own voice: editorial pages, news, events, publications and video; and how the public
/// writes to it.
/// </summary>
public sealed class PublishingModule : IModule
{
    /// <summary>To write news, events, publications and video, in the name of a member or for the network.</summary>
    internal const string Write = "publishing.write";

    /// <summary>To read what was submitted and publish it, within one's territory.</summary>
    internal const string Publish = "publishing.publish";

    /// <summary>To write editorial pages and the home page's blocks.</summary>
    internal const string Site = "publishing.site";

    /// <summary>To read and answer what the public wrote.</summary>
    internal const string Contact = "publishing.contact";

    public void Declare(ModuleBuilder module) =>
        DeclareTools(DeclareStreams(module))
            .Services(services =>
            {
                services.AddScoped<ItemStore>();
                services.AddScoped<SiteStore>();
                services.AddSingleton<FootKept>();
            })
            .Panels<PublishingPanels>()
            .Tasks<PublishingTasks>()
            .Translatables<PublishingTranslatables>()
            .Publishes(Enum.GetValues<ItemKind>().Select(Item.KindOf))
            .Publishes(SiteStore.Kind)
            .References(ItemStore.ReferenceLetter, "content")
            .References(SiteStore.ReferenceLetter, SiteStore.Kind)
            .Tab(SectionKeys.Practices, "publishing.library", "/library", order: 20)
            .Tab(SectionKeys.News, "publishing.news.all", "/news", order: 10)
            .Tab(SectionKeys.News, "publishing.calendar", "/calendar", order: 20)
            .Upcoming<UpcomingEvents>()
            .Permission(Write, Role.Staff, Role.Regional, Role.Editor, Role.Member)
            .Permission(Publish, Role.Staff, Role.Regional, Role.Editor)
            .Permission(Site, Role.Staff)
            .Permission(Contact, Role.Staff)
            .Sample(PublishingSample.Load)
            .Routes(ItemRoutes.Map)
            .Job("publishing.contact-erased", TimeSpan.FromDays(1), EraseOldContacts)
            .Files<Item>(i => i.Files, MayRead)
            .Subject<Item>(i => i.Owner, SubjectKind.Member)
            .Authored<Item>(i => i.Author, "publishing.records.items")
            .Authored<SitePageRevision>(r => r.By, "publishing.records.pages")
            .Authored<ContactMessage>(m => m.DoneBy, "publishing.records.answers");

    private static ModuleBuilder DeclareTools(ModuleBuilder module) =>
        module
            .StaffTool(
                StaffToolGroup.Content,
                "publishing.desk",
                "publishing.desk.text",
                "/library/desk",
                order: 16,
                Publish
            )
            .StaffTool(
                StaffToolGroup.Content,
                "publishing.site",
                "publishing.site.text",
                "/site/pages",
                order: 60,
                Site
            )
            .StaffTool(
                StaffToolGroup.Letters,
                "publishing.contact.received",
                "publishing.contact.received.text",
                "/contact/received",
                order: 17,
                Contact
            );

    private static async Task<bool> MayRead(Item item, IServiceProvider services, CancellationToken cancel) =>
        item.IsPublic
        || await services
            .GetRequiredService<ItemStore>()
            .Editing(item, services.GetRequiredService<CurrentUser>(), cancel)
            is not null;

    private static async Task EraseOldContacts(IServiceProvider services, CancellationToken cancel)
    {
        var (db, acting) = (
            services.GetRequiredService<PlenariaDb>(),
            services.GetRequiredService<SystemActor>().As("retention")
        );
        var before = acting.At.AddDays(-ContactMessage.DaysKept);
        var old = await db.Set<ContactMessage>().Where(m => m.DoneAt != null && m.DoneAt < before).ToListAsync(cancel);
        if (old.Count == 0)
            return;
        db.RemoveRange(old);
        services
            .GetRequiredService<Journal>()
            .Append(acting, "contact", "publishing.contact-erased", null, new { count = old.Count });
        await db.SaveChangesAsync(cancel);
    }

    // To which stream of the journal each entity belongs; and the letter to whoever wrote.
    private static ModuleBuilder DeclareStreams(ModuleBuilder module) =>
        module
            .LetterTemplate("publishing.contact", "publishing.template.contact", "publishing.contact.letter")
            .Journaled<Item>("item", i => i.Stream)
            .Journaled<SitePage>("page", p => p.Stream)
            .Journaled<HomeBlock>("home")
            .Journaled<ContactMessage>("contact");
}
