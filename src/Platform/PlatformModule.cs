using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Files;
using Plenaria.Platform.FirstSteps;
using Plenaria.Platform.Home;
using Plenaria.Platform.Jobs;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Sections;
using Plenaria.Platform.Subjects;
using Plenaria.Platform.Tasks;

namespace Plenaria.Platform;

/// <summary>The ground floor: register, journal, access, languages, tasks, the site itself.</summary>
public sealed class PlatformModule : IModule
{
    /// <summary>Enters the pages of the Secretariat and of its offices.</summary>
    public const string StaffArea = "site.staff-area";

    internal const string ManageSite = "site.manage",
        ManageAccess = "access.manage",
        ReadJournal = "journal.read";

    public void Declare(ModuleBuilder module) =>
        DeclareStreams(module)
            .Services(services =>
            {
                services.AddScoped<Register.Register>();
                services.AddScoped<Register.SitemapPartStore>();
                services.AddScoped<Journal.Journal>();
                services.AddScoped<Journal.Seals>();
                services.AddScoped<Data.Archive>();
                services.AddScoped<Site.Network>();
                services.AddScoped<Covers.CoverMaker>();
                services.AddScoped<Site.Contributions>();
                services.AddScoped<Decisions.DecidableService>();
                services.AddScoped<Bodies.BodyService>();
                services.AddScoped<Site.Requests.UsedPaths>();
                services.AddScoped<Site.Readiness>();
                services.AddScoped<CurrentUser>();
                services.AddScoped<Language.PageLocalizer>();
                services.AddSingleton<PermissionCatalog>();
                services.AddSingleton<SystemActor>();
                services.AddScoped(s => new FirstLinks(
                    s.GetRequiredService<Data.PlenariaDb>(),
                    s.GetRequiredService<SignIns>(),
                    s.GetRequiredService<PermissionCatalog>()
                ));
                services.AddSingleton<Files.FileTotals>();
                services.AddSingleton<Files.SizedPictures>();
                services.AddSingleton<Files.PartialUploads>();
                services.AddScoped<Files.FileStore>();
                // Inside the filter that refuses forms: what it throws is refused there.
                services.Configure<MvcOptions>(options =>
                    options.Filters.Add<Site.Requests.RepeatedFormFilter>(order: 1)
                );
                services.AddScoped<Panels.PanelService>();
                services.AddScoped<SiteSections>();
                services.AddScoped<HomePageLayout>();
                services.AddScoped<FirstStepList>();
                services.AddScoped<Tasks.TaskCount>();
                services.AddMemoryCache();
                // What the network put there goes before what the machine happens to have.
                services.AddSingleton(provider => new Documents.Printing.FontFolders([
                    provider.GetRequiredService<Data.DataFolder>().Of("fonts").FullName,
                    .. Documents.Printing.FontFolders.OnTheMachine,
                ]));
                services.AddSingleton<Documents.Printing.RenderedDocuments>();
                services
                    .AddSingleton<Jobs.DeclaredJobFactory>()
                    .AddSingleton<Jobs.JobScheduler>()
                    .AddSingleton<Site.IProfileObserver>(provider => provider.GetRequiredService<Jobs.JobScheduler>())
                    .AddHostedService(provider => provider.GetRequiredService<Jobs.JobScheduler>());
                services.AddSingleton(provider =>
                    Fetching.SafeHttpOptions.Read(provider.GetRequiredService<IConfiguration>().GetSection("Fetching"))
                );
                services.AddSingleton<Fetching.IHostResolver, Fetching.SystemHostResolver>();
                services.AddSingleton(provider => new Fetching.SafeHttpClient(
                    provider.GetRequiredService<Fetching.SafeHttpOptions>(),
                    provider.GetRequiredService<Fetching.IHostResolver>(),
                    provider.GetRequiredService<TimeProvider>()
                ));
                services.AddScoped<Data.Bulk>();
                services.AddScoped<Subjects.Subjects>();
                services.AddScoped<AccountRecords>();
            })
            .Tasks<Tasks.HandTasks>()
            .FirstSteps<SiteFirstSteps>()
            .AlwaysOn()
            .Role(Role.Staff)
            .Role(Role.Regional)
            .Role(Role.Member)
            .Role(Role.Juror)
            .Role(Role.Editor)
            .Role(Role.Translator)
            .Role(Role.Auditor)
            .Role(Role.Delegate, isGiven: false)
            .Section(SectionKeys.Practices, "site.section.practices", order: 10)
            .Section(SectionKeys.Exchange, "site.section.exchange", order: 20)
            .Section(SectionKeys.Decisions, "site.section.decisions", order: 30)
            .Section(SectionKeys.Members, "site.section.members", order: 40)
            .Section(SectionKeys.News, "site.section.news", order: 50)
            .Tab(SectionKeys.Decisions, "journal.seals", "/seals", order: 90)
            .HomePageBlock<FiguresBlock>("figures", "home.figures", 10, "/Platform/Home/_Figures.cshtml")
            .HomePageBlock<UpcomingBlock>("upcoming", "home.next", 20, "/Platform/Home/_Upcoming.cshtml")
            .HomePageBlock<PanelsBlock>("panels", "home.panels", 70, "/Platform/Home/_PanelsBlock.cshtml")
            .HomePageBlock<NewestBlock>("newest", "home.newest", 80, "/Platform/Home/_Newest.cshtml")
            .HeaderLink(StaffArea, "/staff", order: 90, StaffArea)
            .Permission(StaffArea, Role.Staff, Role.Regional, Role.Auditor)
            .Permission(ManageSite, Role.Staff)
            .Permission(ManageAccess, Role.Staff)
            .Permission(ReadJournal, Role.Staff, Role.Auditor)
            .StaffTool(
                StaffToolGroup.Members,
                "access.people",
                "access.people.text",
                "/people",
                order: 50,
                ManageAccess
            )
            .StaffTool(
                StaffToolGroup.Network,
                "site.settings",
                "site.settings.text",
                "/settings",
                order: 60,
                ManageSite
            )
            .StaffTool(
                StaffToolGroup.Network,
                "jobs.title",
                "jobs.title.text",
                "/administration/jobs",
                order: 66,
                ManageSite
            )
            .StaffTool(
                StaffToolGroup.Network,
                "journal.title",
                "journal.title.text",
                "/journal",
                order: 70,
                ReadJournal
            )
            .Routes(Journal.Pages.SealsModel.Map)
            .Job("sweep", JobSchedule.At(new(3, 0)), Jobs.ExpiredRowsJob.Run)
            .Job(
                "journal-seal",
                TimeSpan.FromHours(1),
                (services, cancel) => services.GetRequiredService<Journal.Seals>().Make(cancel)
            )
            .Check("seals", (services, cancel) => services.GetRequiredService<Journal.Seals>().Faults(cancel))
            .Routes(Register.Oai.Map)
            .Routes(Register.Sitemap.Map)
            .Job(
                "register-sitemap",
                TimeSpan.FromMinutes(10),
                (services, cancel) => services.GetRequiredService<Register.SitemapPartStore>().ExtendAsync(cancel)
            )
            .Check(
                "sitemap",
                (services, cancel) => services.GetRequiredService<Register.SitemapPartStore>().Faults(cancel)
            )
            .Routes(Register.BulkArchive.Map)
            .Job("register-archive", JobSchedule.At(new(3, 30)), Register.BulkArchive.Make)
            .CliCommand(Documents.Verbs.TextVerb.Make)
            .CliCommand(TokenVerb.Make)
            .CliCommand(Data.ArchiveVerbs.Backup)
            .CliCommand(Data.ArchiveVerbs.Restore)
            .Routes(Files.FileRoutes.Map)
            .Subject<Access.AccountGrant>(g => g.ScopeId, Subjects.SubjectKind.Member, only: "scope_kind = 'member'")
            .Subject<Register.RegisterEntry>(e => e.Member, Subjects.SubjectKind.Member)
            // What was entered in the journal stays as it was entered: its hash holds it.
            .Subject<Journal.JournalEntry>(e => e.OnBehalfOf, Subjects.SubjectKind.Member, follows: false)
            .Owned<AccountGrant>(g => g.AccountId, "access.records")
            .Owned<SignInRequest>(r => r.AccountId, "access.records")
            .Owned<SignInSession>(s => s.AccountId, "access.records")
            .Owned<AccessToken>(t => t.AccountId, "access.records")
            .Owned<Passkey>(p => p.AccountId, "access.records")
            .Owned<Tasks.HandTask>(t => t.Assignee, "tasks.records")
            .Authored<Tasks.HandTask>(t => t.CreatedBy, "tasks.records.given")
            .Kept<Journal.JournalEntry>(e => e.Actor, "journal.records", "journal.records.kept")
            .Sample(Site.SetUp.NetworkSample.Load)
            .Sample(AccessSample.Load)
            .Check("journal", (services, cancel) => services.GetRequiredService<Journal.Journal>().Faults(cancel))
            .Files<Site.NetworkProfile>(n => n.Logo, (_, _, _) => Task.FromResult(true))
            .Files<Site.NetworkProfile>(n => n.Picture, (_, _, _) => Task.FromResult(true))
            .Check("files", (services, cancel) => services.GetRequiredService<Files.FileStore>().Faults(cancel));

    // To which stream of the journal each entity belongs.
    private static ModuleBuilder DeclareStreams(ModuleBuilder module) =>
        module
            .Journaled<Account>("account", a => a.Stream)
            .JournaledWith<AccountGrant, Account>(g => g.AccountId)
            .JournaledWith<Passkey, Account>(p => p.AccountId)
            .Journaled<Tasks.HandTask>("task", t => t.Stream)
            .Journaled<Site.NetworkProfile>("site")
            .JournaledWithAny<Files.StoredFile>()
            .JournaledWithAny<Register.RegisterEntry>();
}
