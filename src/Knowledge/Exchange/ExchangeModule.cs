using Microsoft.Extensions.DependencyInjection;
using Plenaria.Comments;
using Plenaria.Correspondence;
using Plenaria.Exchange.Figures;
using Plenaria.Platform.Access;
using Plenaria.Platform.Instruments;
using Plenaria.Platform.Jobs;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Panels;
using Plenaria.Platform.Register;
using Plenaria.Platform.Sections;
using Plenaria.Platform.Subjects;
using Plenaria.Platform.Tasks;
using Plenaria.Platform.Ties;

namespace Plenaria.Exchange;

/// <summary>
/// What cities say to each other: questions and answers, contribution drives, collections, bookmarks.
/// </summary>
public sealed class ExchangeModule : IModule
{
    // People are written to when they are at work.
    private static readonly DayOfWeek[] WorkingDays =
    [
        DayOfWeek.Monday,
        DayOfWeek.Tuesday,
        DayOfWeek.Wednesday,
        DayOfWeek.Thursday,
        DayOfWeek.Friday,
    ];

    /// <summary>To ask, to answer, to comment.</summary>
    internal const string TakePart = "exchange.take-part";

    /// <summary>To answer for an office and put its region's collections together.</summary>
    internal const string Curate = "exchange.curate";

    /// <summary>To ask members for contributions.</summary>
    internal const string Drives = "exchange.drives";

    public void Declare(ModuleBuilder module) =>
        DeclareStreams(module)
            .Services(services =>
            {
                services.AddScoped<People>();
                services.AddScoped<Letters>();
                services.AddScoped<EntryResolver>();
                services.AddScoped<ThreadStore>();
                services.AddScoped<DriveStore>();
                services.AddScoped<CollectionStore>();
                services.AddScoped<Collections.OwnerChoices>();
                services.AddScoped<ContributionReminderJob>();
                services.AddScoped<Counting>();
            })
            .LetterKind(
                Letters.QuestionKind,
                "exchange.letters.questions",
                "exchange.letters.questions.why",
                LetterPriority.Ordinary,
                LetterChoice.Digestible
            )
            .LetterKind(
                Letters.ContributionKind,
                "exchange.letters.contributions",
                "exchange.letters.contributions.why",
                LetterPriority.Ordinary,
                LetterChoice.Optional
            )
            .Panels<ExchangePanels>()
            .Tasks<ExchangeTasks>()
            .Instruments<ExchangeInstruments>()
            .Ties<ExchangeTies>()
            .Comments<ThreadDiscussions>(ThreadDiscussions.Kind)
            .Publishes(ThreadStore.Kind)
            .LetterTemplateOf("exchange.drive", "exchange.template.drive", "exchange.mail.drive")
            .LetterTemplateOf("exchange.reminder", "exchange.template.reminder", "exchange.mail.reminder")
            .LetterTemplateOf("exchange.nudge", "exchange.template.nudge", "exchange.mail.nudge")
            .References(ThreadStore.ReferenceLetter, ThreadStore.Kind)
            .Tab(SectionKeys.Exchange, "exchange.tab", "/exchange", order: 10)
            .Tab(SectionKeys.Exchange, "exchange.drives", "/exchange/drives", order: 20, TakePart)
            .Tab(SectionKeys.Practices, "exchange.collections", "/collections", order: 30)
            .WorkspacePage("exchange.mine", "/exchange#mine", order: 10, TakePart)
            .WorkspacePage("exchange.bookmarks", "/bookmarks", order: 20)
            .Permission(TakePart, Role.Staff, Role.Regional, Role.Editor, Role.Member)
            .Permission(Curate, Role.Staff, Role.Regional)
            .Permission(Drives, Role.Staff, Role.Regional)
            .StaffTool(
                StaffToolGroup.Content,
                "exchange.drives",
                "exchange.drives.text",
                "/exchange/drives",
                order: 18,
                Drives
            )
            .Job(
                "exchange-drive-reminders",
                JobSchedule.At(new(8, 0), WorkingDays),
                (services, cancel) => services.GetRequiredService<DriveStore>().Remind(cancel)
            )
            .Job(
                "exchange-nudges",
                JobSchedule.At(new(8, 30), WorkingDays),
                (services, cancel) => services.GetRequiredService<ContributionReminderJob>().Run(cancel)
            )
            .Routes(ExchangeRoutes.Map)
            .Sample(ExchangeSample.Load)
            .Authored<Thread>(t => t.By, "exchange.records.threads")
            .Authored<Drive>(d => d.By, "exchange.drives")
            .Owned<Collection>(c => c.Account, "exchange.records.collections")
            .Subject<Thread>(t => t.Member, SubjectKind.Member)
            .Subject<Thread>(t => t.Other, SubjectKind.Member)
            .Subject<DriveMember>(m => m.Member, SubjectKind.Member)
            .Subject<Collection>(c => c.Member, SubjectKind.Member)
            .Subject<Nudge>(n => n.Member, SubjectKind.Member);

    // To which stream of the journal each entity belongs.
    private static ModuleBuilder DeclareStreams(ModuleBuilder module) =>
        module
            .Journaled<Thread>("exchange", t => t.Stream)
            .Journaled<Drive>("drive", d => d.Stream)
            .JournaledWith<DriveMember, Drive>(m => m.Drive)
            .Journaled<Collection>("collection", c => c.Stream)
            .JournaledWith<CollectionEntry, Collection>(e => e.Collection)
            .Journaled<Nudge>("nudge", n => ContributionReminderJob.StreamOf(n.Member));
}
