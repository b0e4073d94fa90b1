using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Comments;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Bodies;
using Plenaria.Platform.Data;
using Plenaria.Platform.Decisions;
using Plenaria.Platform.Files;
using Plenaria.Platform.Home;
using Plenaria.Platform.Jobs;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Panels;
using Plenaria.Platform.Register;
using Plenaria.Platform.Sections;
using Plenaria.Platform.Standing;
using Plenaria.Platform.Subjects;
using Plenaria.Platform.Tasks;
using Plenaria.Platform.Ties;
using Plenaria.Sessions.Accreditation;
using Plenaria.Sessions.Consultations;
using Plenaria.Sessions.Live;
using Plenaria.Sessions.Minutes;
using Plenaria.Sessions.Papers;
using Plenaria.Sessions.Planning;
using Plenaria.Sessions.Wording;

namespace Plenaria.Sessions;

/// <summary>
/// Meetings of the network's bodies: notice, agenda, presence, floor, motions, votes, and what they decide.
/// </summary>
public sealed class SessionsModule : IModule
{
    /// <summary>To plan sessions of some body: which, its kind says.</summary>
    internal const string Prepare = "sessions.prepare";

    /// <summary>To sit at the desk of some body's sessions: credentials, floor, votes.</summary>
    internal const string Conduct = "sessions.conduct";

    /// <summary>
    /// To put before members what concerns the whole network: consultations, and motions about its records.
    /// </summary>
    internal const string Network = "sessions.network";

    /// <summary>To take part for a member.</summary>
    internal const string TakePart = "sessions.take-part";

    public void Declare(ModuleBuilder module) =>
        DeclareStreams(DeclareTemplates(module))
            .Services(services =>
                services
                    .AddScoped<SessionStore>()
                    .AddScoped<SessionHistory>()
                    .AddScoped<DiscardService>()
                    .AddScoped<SessionCommands>()
                    .AddScoped<VotingRights>()
                    .AddScoped<Adoption>()
                    .AddScoped<DecisionNotices>()
                    .AddScoped<ISessions, SessionsApi>()
                    .AddScoped<MotionStore>()
                    .AddScoped<Convening>()
                    .AddScoped<MemberLetters>()
                    .AddScoped<MinutesStore>()
                    .AddScoped<ConsultationStore>()
                    .AddScoped<Credentials>()
                    .AddScoped<DocumentStore>()
                    .AddSingleton<SessionEventStream>()
                    .AddSingleton<SessionCache>()
            )
            .LetterKind(
                MemberLetters.SessionKind,
                "sessions.letters",
                "sessions.letters.why",
                LetterPriority.Ordinary,
                LetterChoice.Always,
                Role.Member,
                Role.Delegate,
                Role.Staff
            )
            .LetterKind(
                MemberLetters.ConsultationKind,
                "consultations.letters",
                "consultations.letters.why",
                LetterPriority.Ordinary,
                LetterChoice.Optional,
                Role.Member,
                Role.Delegate,
                Role.Staff
            )
            .Body<NetworkBodies>(NetworkBodies.Plenary, "sessions.body.plenary")
            .Body<NetworkBodies>(NetworkBodies.Committee, "sessions.body.committee")
            .Body<NetworkBodies>(NetworkBodies.Group, "sessions.body.group")
            .Tasks<SessionTasks>()
            .Panels<OfficePanel>()
            .Ties<SessionTies>()
            .Standing<SessionStanding>()
            .Tasks<ConsultationTasks>()
            .Comments<ConsultationDiscussions>(ConsultationDiscussions.Kind)
            .Publishes(SessionStore.Kind, MinutesStore.Kind, ConsultationStore.Kind)
            .Decidable<MinutesApproval>(MinutesApproval.Key, "sessions.deciding.minutes")
            .References(SessionStore.ReferenceLetter, SessionStore.Kind)
            .References(ConsultationStore.ReferenceLetter, ConsultationStore.Kind)
            .Tab(SectionKeys.Decisions, "sessions.door", "/plenaries", order: 10)
            .Tab(SectionKeys.Exchange, "consultations.all", "/consultations", order: 30)
            .Upcoming<UpcomingSessions>()
            .Upcoming<UpcomingConsultations>()
            .KeepsWording()
            .Authored<Accredited>(d => d.Account, d => d.Name, "sessions.records")
            .Permission(Prepare, Role.Staff, Role.Regional)
            .Permission(Conduct, Role.Staff, Role.Regional)
            .Permission(Network, Role.Staff)
            .Permission(TakePart, Role.Staff, Role.Regional, Role.Member)
            .StaffTool(StaffToolGroup.Decisions, "sessions.tool", "sessions.tool.text", "/plenaries", order: 8, Prepare)
            .Routes(SessionRoutes.Map)
            .Routes(ConsultationRoutes.Map)
            .Job("sessions-forget-names", TimeSpan.FromDays(1), Credentials.Forget)
            .Check("sessions", SessionCheck.Faults)
            .Files<SessionDocument>(d => d.Hash, MayRead)
            .Sample(SessionsSample.Load)
            .Sample(SessionsSample.Consult)
            // Who had a seat, and who moved a motion, stays as it was.
            .Subject<Seat>(s => s.Member, SubjectKind.Member, follows: false)
            .Subject<Motion>(m => m.By, SubjectKind.Member, follows: false)
            .Subject<Amendment>(a => a.By, SubjectKind.Member, follows: false)
            .Subject<Accredited>(d => d.Member, SubjectKind.Member, follows: false)
            .Subject<AskedMember>(a => a.Member, SubjectKind.Member, follows: false)
            .Subject<Correction>(c => c.By, SubjectKind.Member, follows: false);

    private static async Task<bool> MayRead(
        SessionDocument document,
        IServiceProvider services,
        CancellationToken cancel
    ) =>
        await services
            .GetRequiredService<PlenariaDb>()
            .Set<Session>()
            .AsNoTracking()
            .SingleOrDefaultAsync(s => s.Id == document.Session, cancel)
            is { } session
        && (session.IsPublic || services.GetRequiredService<CurrentUser>().MayLead(session.Body));

    // To which stream of the journal each entity belongs.
    private static ModuleBuilder DeclareStreams(ModuleBuilder module) =>
        module
            .Journaled<Session>("session", s => s.Stream)
            .JournaledWith<Seat, Session>(s => s.Session)
            .JournaledWith<Motion, Session>(m => m.Session)
            .JournaledWith<Amendment, Motion>(a => a.Motion)
            .JournaledWith<Accredited, Session>(d => d.Session)
            .JournaledWith<SessionDocument, Session>(d => d.Session)
            .JournaledWith<SessionMinutes, Session>(m => m.Session)
            .JournaledWith<Correction, SessionMinutes>(c => c.Minutes)
            .Journaled<Consultation>("consultation", c => c.Stream)
            .JournaledWith<DraftVersion, Consultation>(v => v.Consultation)
            .JournaledWith<AskedMember, Consultation>(a => a.Consultation)
            .JournaledWith<CommentAnswer, Consultation>(a => a.Consultation);

    // The letters whose words the network may change.
    private static ModuleBuilder DeclareTemplates(ModuleBuilder module) =>
        module
            .LetterTemplateOf("sessions.notice", "sessions.template.notice", "sessions.mail.notice")
            .LetterTemplateOf("sessions.changed", "sessions.template.changed", "sessions.mail.changed")
            .LetterTemplateOf("sessions.cancelled", "sessions.template.cancelled", "sessions.mail.cancelled")
            .LetterTemplateOf("sessions.minutes", "sessions.template.minutes", "sessions.mail.minutes")
            .LetterTemplateOf("consultations.asked", "consultations.template.asked", "consultations.mail.asked")
            .LetterTemplateOf("consultations.again", "consultations.template.again", "consultations.mail.again")
            .LetterTemplateOf("consultations.closed", "consultations.template.closed", "consultations.mail.closed");
}
