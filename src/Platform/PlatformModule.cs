using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Modules;

namespace Plenaria.Platform;

/// <summary>The ground floor: register, journal, access, languages, mail, tasks, the site itself.</summary>
public sealed class PlatformModule : IModule
{
    internal const string StaffArea = "site.staff-area",
        ManageSite = "site.manage",
        ManageAccess = "access.manage",
        ReadJournal = "journal.read";

    public void Declare(ModuleBuilder module) =>
        module
            .Services(services =>
            {
                services.AddScoped<Register.Register>();
                services.AddScoped<Journal.Journal>();
                services.AddScoped<Journal.Seals>();
                services.AddScoped<Data.Archive>();
                services.AddScoped<Site.Network>();
                services.AddScoped<Site.Readiness>();
                services.AddScoped<Visitor>();
                services.AddScoped<Language.Phrases>();
                services.AddSingleton<Rights>();
                services.AddSingleton<HouseActing>();
                services.AddScoped(s => new FirstLinks(
                    s.GetRequiredService<Data.PlenariaDb>(),
                    s.GetRequiredService<SignIns>()
                ));
                services.AddScoped<Files.FileStore>();
                // Inside the filter that refuses forms: what it throws is refused there.
                services.Configure<MvcOptions>(options => options.Filters.Add<Site.RepeatedFormFilter>(order: 1));
                services.AddScoped<Mail.Outbox>();
                services.AddScoped<Panels.PanelBoard>();
                services.AddHostedService<Mail.Carrier>();
                services.AddSingleton<Documents.RenderedDocuments>();
                services
                    .AddSingleton<Jobs.JobRunner>()
                    .AddHostedService(provider => provider.GetRequiredService<Jobs.JobRunner>());
                services.AddScoped<Tasks.ITaskSource, Tasks.HandTasks>();
                services.AddScoped<Data.Bulk>();
                services.AddScoped<Subjects.Subjects>();
                services.AddScoped<Forms.Forms>();
                services.AddSingleton<Thesaurus.Thesaurus>();
                services.AddScoped<Thesaurus.Keeping>();
                services.AddSingleton<Search.SearchIndex>();
                services.AddScoped<Search.Search>();
                services.AddScoped<Translation.Translations>();
                services.AddScoped<Translation.Sheeting>();
                services.AddScoped<Tasks.ITaskSource, Translation.TranslationTasks>();
                services.AddHttpClient<Translation.IMachineTranslation, Translation.LibreTranslate>(http =>
                    http.Timeout = TimeSpan.FromSeconds(60)
                );
            })
            .AlwaysOn()
            .Own("search.saved.door", "/searches", order: 30)
            .Own("translation.door", "/translations", order: 40, Translation.Translations.Translate)
            .Door(StaffArea, "/staff", order: 90, StaffArea)
            .Permission(Translation.Translations.Assign, Role.Staff, Role.Regional, Role.Editor)
            .Permission(Translation.Translations.Translate, Role.Staff, Role.Regional, Role.Editor, Role.Translator)
            .Tool("translation.door", "translation.text", "/translations", order: 18, Translation.Translations.Assign)
            .Permission(StaffArea, Role.Staff, Role.Regional, Role.Auditor)
            .Permission(ManageSite, Role.Staff)
            .Permission(ManageAccess, Role.Staff)
            .Permission(ReadJournal, Role.Staff, Role.Auditor)
            .Tool("access.people", "access.people.text", "/people", order: 50, ManageAccess)
            .Tool("site.settings", "site.settings.text", "/settings", order: 60, ManageSite)
            .Tool("journal.title", "journal.title.text", "/journal", order: 70, ReadJournal)
            .Routes(Journal.Pages.SealsModel.Map)
            .Job("search-digests", TimeSpan.FromHours(1), Search.Digests.Send)
            .Job("sweep", TimeSpan.FromDays(1), Site.Sweep.Run)
            .Job(
                "journal-seal",
                TimeSpan.FromHours(1),
                (services, cancel) => services.GetRequiredService<Journal.Seals>().Make(cancel)
            )
            .Check("search", Search.SearchIndex.Faults)
            .Check("seals", (services, cancel) => services.GetRequiredService<Journal.Seals>().Faults(cancel))
            .Permission(Thesaurus.Keeping.Manage, Role.Staff)
            .Tool("thesaurus.title", "thesaurus.tool.text", "/thesaurus", order: 55, Thesaurus.Keeping.Manage)
            .Routes(Thesaurus.IndexModel.Map)
            .Routes(Search.SearchRoutes.Map)
            .Routes(Register.Oai.Map)
            .Routes(Register.Sitemap.Map)
            .Routes(Register.BulkArchive.Map)
            .Job("register-archive", TimeSpan.FromDays(1), Register.BulkArchive.Make)
            .Verb(Thesaurus.ThesaurusVerb.Make)
            .Verb(Documents.TextVerb.Make)
            .Verb(TokenVerb.Make)
            .Verb(Mail.Inbound.Verb)
            .Verb(Data.ArchiveVerbs.Backup)
            .Verb(Data.ArchiveVerbs.Restore)
            .Routes(Files.FileRoutes.Map)
            .Subject<Access.AccountGrant>(g => g.ScopeId, Subjects.SubjectKind.Member, only: "scope_kind = 'member'")
            .Subject<Register.RegisterEntry>(e => e.Member, Subjects.SubjectKind.Member)
            // What was entered in the journal stays as it was entered: its hash holds it.
            .Subject<Journal.JournalEntry>(e => e.OnBehalfOf, Subjects.SubjectKind.Member, follows: false)
            .AfterUpgrade(
                (services, cancel) => services.GetRequiredService<Thesaurus.Thesaurus>().Plant(services, cancel)
            )
            .Sample(Site.NetworkSample.Load)
            .Sample(AccessSample.Load)
            .Check("journal", (services, cancel) => services.GetRequiredService<Journal.Journal>().Faults(cancel))
            .Files<Forms.FormResponse>(
                r => r.Given,
                (response, services, cancel) =>
                    services
                        .GetRequiredService<Forms.Forms>()
                        .MayRead(response, services.GetRequiredService<Visitor>(), cancel)
            )
            .Check("files", (services, cancel) => services.GetRequiredService<Files.FileStore>().Faults(cancel));
}
