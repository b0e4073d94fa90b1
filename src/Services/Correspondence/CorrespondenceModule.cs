using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Files;
using Plenaria.Platform.FirstSteps;
using Plenaria.Platform.Jobs;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Letters;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Subjects;
using Plenaria.Platform.Tasks;

namespace Plenaria.Correspondence;

/// <summary>All mail of the network: what leaves, what comes in, and what comes back.</summary>
public sealed class CorrespondenceModule : IModule
{
    /// <summary>Sees what leaves and what failed, holds it, sends it again.</summary>
    internal const string Manage = "mail.manage";

    /// <summary>Words the letters of all modules.</summary>
    internal const string EditTemplates = "mail.templates";

    // Mail is written in the encodings of many countries. MimeKit looks once, when it reads the first, which there are.
    static CorrespondenceModule() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public void Declare(ModuleBuilder module) =>
        DeclareTemplates(DeclareRecords(DeclareJobs(DeclareKinds(module))))
            .AlwaysOn()
            .Services(AddServices)
            .FirstSteps<MailFirstStep>()
            .Tasks<RefusalTasks>()
            .Permission(Manage, Role.Staff)
            .StaffTool(
                StaffToolGroup.Letters,
                "mail.title",
                "mail.title.text",
                "/administration/mail",
                order: 65,
                Manage
            )
            .Tasks<WordingTasks>()
            .Permission(EditTemplates, Role.Staff)
            .StaffTool(
                StaffToolGroup.Letters,
                "mail.templates",
                "mail.templates.text",
                "/administration/mail/templates",
                order: 66,
                EditTemplates
            )
            .Journaled<LetterWording>(LetterWording.StreamKind, w => w.Stream)
            .Files<OutboxMessage>(l => l.Attachments, (_, _, _) => Task.FromResult(false))
            .WorkspacePage("mail.choices", LetterFoot.Page, order: 90)
            .Routes(DeliveryRoutes.Map)
            .Routes(WebhookRoutes.Map)
            .CliCommand(MailCommand.Make);

    private static ModuleBuilder DeclareKinds(ModuleBuilder module) =>
        module
            .LetterKind(
                LetterKind.SignIn,
                "mail.kind.sign-in",
                "mail.kind.sign-in.why",
                LetterPriority.Urgent,
                LetterChoice.Always
            )
            .LetterKind(
                LetterKind.Test,
                "mail.kind.test",
                "mail.kind.test.why",
                LetterPriority.Urgent,
                LetterChoice.Always
            )
            .LetterKind(
                LetterKind.Notice,
                "mail.kind.notice",
                "mail.kind.notice.why",
                LetterPriority.Ordinary,
                LetterChoice.Always
            )
            .LetterKind(
                LetterKind.Digest,
                "mail.kind.digest",
                "mail.kind.digest.why",
                LetterPriority.Bulk,
                LetterChoice.Elsewhere
            );

    private static ModuleBuilder DeclareJobs(ModuleBuilder module) =>
        module
            .Job(
                "mail-sweep",
                TimeSpan.FromDays(1),
                (services, cancel) => services.GetRequiredService<ExpiredLetters>().DeleteAsync(cancel)
            )
            .Job(
                "mail-refusals",
                TimeSpan.FromHours(1),
                (services, cancel) => services.GetRequiredService<RefusingDomainStore>().RefreshAsync(cancel)
            )
            .Job(
                "mail-read",
                TimeSpan.FromMinutes(1),
                (services, cancel) => services.GetRequiredService<MailboxReader>().ReadAsync(cancel)
            )
            .Job(
                "mail-digests",
                JobSchedule.At(DigestSender.Hour),
                (services, cancel) => services.GetRequiredService<DigestSender>().SendAsync(cancel)
            );

    // Whose each record is, and to which stream of the journal it belongs.
    private static ModuleBuilder DeclareRecords(ModuleBuilder module) =>
        module
            .Owned<ReaderPreferences>(p => p.Account, "mail.records.choices")
            .Owned<DigestItem>(i => i.Account, "mail.records.collected")
            .Owned<DigestReceipt>(r => r.Account, "mail.records.digests")
            .Journaled<ReaderPreferences>("letter-choices", p => p.Stream);

    // Platform knows no mail: its letters are declared here.
    private static ModuleBuilder DeclareTemplates(ModuleBuilder module) =>
        module
            .LetterTemplate("access.sign-in", "mail.template.sign-in", "access.mail.subject", "access.mail.text")
            .LetterTemplateOf("journal.seal", "mail.template.seal", "journal.seal.mail")
            .LetterTemplate(
                "mail.test",
                "mail.template.test",
                TemplateValues.Shared,
                "mail.test.subject",
                "mail.test.body"
            )
            .LetterTemplate("mail.foot", "mail.template.foot", "mail.foot", "mail.foot.stop")
            .LetterTemplate(
                "mail.digest",
                "mail.template.digest",
                "mail.digest.subject#one",
                "mail.digest.subject#other",
                "mail.digest.text",
                "mail.digest.more#one",
                "mail.digest.more#other",
                "mail.digest.foot"
            );

    private static void AddServices(IServiceCollection services) =>
        services
            .AddSingleton<WordingOverrides>()
            .AddSingleton<ITextOverrides>(provider => provider.GetRequiredService<WordingOverrides>())
            .AddScoped<LetterWordingStore>()
            .AddScoped<LetterExample>()
            .AddScoped<WordingViewReader>()
            .AddScoped<TestLetters>()
            .AddHttpContextAccessor()
            .AddScoped<Outbox>()
            .AddScoped<LetterFoot>()
            .AddScoped<PreferenceStore>()
            .AddScoped<DigestSender>()
            .AddScoped<DigestWriter>()
            .AddScoped<ILetters>(provider => provider.GetRequiredService<Outbox>())
            .AddScoped<LetterBatches>()
            .AddScoped<OutboxQueue>()
            .AddScoped<OutcomeRecorder>()
            .AddScoped<ExpiredLetters>()
            .AddScoped<LetterWriter>()
            .AddScoped<BounceHandler>()
            .AddSingleton<ReturnPath>()
            .AddSingleton<LetterSigner>()
            .AddSingleton<MailboxReader>()
            .AddSingleton<SnsSignatureVerifier>()
            .AddScoped<ProviderEventHandler>()
            .AddSingleton<IDnsLookup, DnsLookup>()
            .AddSingleton<SenderCheck>()
            .AddScoped<DmarcReportStore>()
            .AddScoped<RefusingDomainStore>()
            .AddScoped<RefusedMail>()
            .AddScoped<IMailPreferences, SuppressionPreferences>()
            .AddScoped<DeliveryDesk>()
            .AddHostedService<OutboxDispatcher>();
}
