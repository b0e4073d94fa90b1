using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using Plenaria.Imports;
using Plenaria.Newsletter.Issues;
using Plenaria.Newsletter.Subscribing;
using Plenaria.Platform.Access;
using Plenaria.Platform.Instruments;
using Plenaria.Platform.Jobs;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Register;
using Plenaria.Platform.Sections;
using Plenaria.Platform.Subjects;
using Plenaria.Platform.Tasks;

namespace Plenaria.Newsletter;

/// <summary>Newsletters: who asked for them, what they say, how they leave, and where they can be read later.</summary>
public sealed class NewsletterModule : IModule
{
    public void Declare(ModuleBuilder module) =>
        DeclareJobs(DeclareRecords(DeclareTemplates(module)))
            .Services(AddServices)
            .Permission(NewsletterPermission.Write, Role.Staff, Role.Editor)
            .Add(Letters)
            .References(IssueStore.ReferenceLetters, IssueStore.Kind)
            .Publishes(IssueStore.Kind)
            .Tab(SectionKeys.News, "newsletter.title", "/newsletter", order: 40)
            .StaffTool(
                StaffToolGroup.Letters,
                "newsletter.desk",
                "newsletter.desk.text",
                "/newsletter/desk",
                order: 18,
                NewsletterPermission.Write
            )
            .Import<SubscriberImport>(SubscriberImport.Kind)
            .Instruments<NewsletterInstruments>()
            .Tasks<NewsletterTasks>()
            .ReplyReader<AnswerStore>()
            .Routes(NewsletterRoutes.Map)
            .Sample(
                (services, folder, cancel) => services.GetRequiredService<NewsletterSample>().LoadAsync(folder, cancel)
            );

    private static LetterKind Letters =>
        new(
            MailingList.LetterKind,
            "newsletter.title",
            "newsletter.letters.why",
            LetterPriority.Bulk,
            LetterChoice.Elsewhere
        )
        {
            ChoicePath = NewsletterRoutes.OwnPath,
        };

    private static void AddServices(IServiceCollection services) =>
        services
            .AddScoped<SubscriberStore>()
            .AddScoped<SubscriptionLetters>()
            .AddScoped<WaitingLetters>()
            .AddScoped<ListStore>()
            .AddScoped<IssueStore>()
            .AddScoped<IWaitingIssues>(provider => provider.GetRequiredService<IssueStore>())
            .AddScoped<AudienceFinder>()
            .AddScoped<SegmentEditor>()
            .AddScoped<IssueSending>()
            .AddScoped<IssueAssembly>()
            .AddScoped<IBatchObserver, FailureWatch>()
            .AddScoped<AnswerStore>()
            .AddScoped<NewsletterSample>();

    private static ModuleBuilder DeclareJobs(ModuleBuilder module) =>
        module
            .Job(
                "newsletter.unconfirmed",
                TimeSpan.FromDays(1),
                (services, cancel) =>
                    services
                        .GetRequiredService<SubscriberStore>()
                        .DeleteUnconfirmedAsync(services.GetRequiredService<SystemActor>().As("retention"), cancel)
            )
            .Job(
                "newsletter.assemble",
                JobSchedule.At(new(6, 0), DayOfWeek.Monday),
                (services, cancel) =>
                    services
                        .GetRequiredService<IssueAssembly>()
                        .AssembleDueAsync(services.GetRequiredService<SystemActor>().As("newsletter"), cancel)
            )
            .Job(
                "newsletter.end-lists",
                TimeSpan.FromHours(1),
                (services, cancel) =>
                    services
                        .GetRequiredService<ListStore>()
                        .EndAsync(services.GetRequiredService<SystemActor>().As("newsletter"), cancel)
            )
            .Job(
                "newsletter.archive",
                TimeSpan.FromMinutes(10),
                (services, cancel) =>
                    services
                        .GetRequiredService<IssueStore>()
                        .ArchiveDueAsync(services.GetRequiredService<SystemActor>().As("newsletter"), cancel)
            );

    // To which stream of the journal each record belongs, and whose it is.
    private static ModuleBuilder DeclareRecords(ModuleBuilder module) =>
        module
            .Journaled<MailingList>("newsletter-list", l => l.Stream)
            .Journaled<Subscriber>("subscriber", s => s.Stream)
            .JournaledWith<Subscription, Subscriber>(s => s.Subscriber)
            .Journaled<Issue>("newsletter", i => i.Stream)
            .JournaledWith<IssueAnswer, Issue>(a => a.Issue)
            .Owned<Subscriber>(s => s.Account, "newsletter.records.subscriptions")
            .Authored<Issue>(i => i.Author, "newsletter.records.written")
            .Authored<Issue>(i => i.ChangedBy, "newsletter.records.changed")
            .Authored<Issue>(i => i.SentBy, "newsletter.records.sent");

    // The letters whose words the network may change.
    private static ModuleBuilder DeclareTemplates(ModuleBuilder module) =>
        module
            .LetterTemplate(
                "newsletter.confirm",
                "newsletter.template.confirm",
                "newsletter.letter.confirm.subject",
                "newsletter.letter.confirm"
            )
            .LetterTemplate(
                "newsletter.preferences",
                "newsletter.template.preferences",
                "newsletter.letter.preferences.subject",
                "newsletter.letter.preferences"
            )
            .LetterTemplate(
                "newsletter.issue",
                "newsletter.template.issue",
                "newsletter.foot.why",
                "newsletter.foot.read",
                "newsletter.foot.preferences",
                "newsletter.foot.unsubscribe",
                "newsletter.from-region",
                "newsletter.from-elsewhere"
            )
            .LetterTemplate("newsletter.test", "newsletter.template.test", "newsletter.test.subject");
}
