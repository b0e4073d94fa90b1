using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Decisions;
using Plenaria.Platform.Files;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Register;
using Plenaria.Platform.Standing;
using Plenaria.Platform.Subjects;
using Plenaria.Platform.Tasks;
using Plenaria.Platform.Ties;
using Plenaria.Sessions.Accreditation;
using Plenaria.Sessions.Consultations;
using Plenaria.Sessions.Live;
using Plenaria.Sessions.Minutes;
using Plenaria.Sessions.Papers;
using Plenaria.Sessions.Wording;

namespace Plenaria.Sessions;

/// <summary>
/// Meetings of the network's bodies: notice, agenda, presence, floor, motions, votes, and what they decide.
/// </summary>
public sealed class SessionsModule : IModule
{
    /// <summary>To plan a session and call its body together.</summary>
    internal const string Prepare = "sessions.prepare";

    /// <summary>To sit at the desk: credentials, floor, votes.</summary>
    internal const string Conduct = "sessions.conduct";

    /// <summary>To take part for a member.</summary>
    internal const string TakePart = "sessions.take-part";

    public void Declare(ModuleBuilder module) =>
        DeclareStreams(module)
            .Services(services =>
                services
                    .AddScoped<SessionStore>()
                    .AddScoped<SessionCommands>()
                    .AddScoped<VotingRights>()
                    .AddScoped<Adoption>()
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
            .Tasks<SessionTasks>()
            .Ties<SessionTies>()
            .Standing<SessionStanding>()
            .Tasks<ConsultationTasks>()
            .Publishes(SessionStore.Kind, MinutesStore.Kind, ConsultationStore.Kind)
            .Decidable<MinutesApproval>(MinutesApproval.Key, "sessions.deciding.minutes")
            .References(SessionStore.ReferenceLetter, SessionStore.Kind)
            .References(ConsultationStore.ReferenceLetter, ConsultationStore.Kind)
            .Navigation("sessions.door", "/plenaries", order: 65)
            .KeepsWording()
            .Authored<Accredited>(d => d.Account, d => d.Name, "sessions.records")
            .Permission(Prepare, Role.Staff)
            .Permission(Conduct, Role.Staff)
            .Permission(TakePart, Role.Staff, Role.Member)
            .StaffTool("sessions.tool", "sessions.tool.text", "/plenaries", order: 8, Prepare)
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
            .Subject<Comment>(c => c.By, SubjectKind.Member, follows: false)
            .Subject<Correction>(c => c.By, SubjectKind.Member, follows: false);

    private static async Task<bool> MayRead(
        SessionDocument document,
        IServiceProvider services,
        CancellationToken cancel
    ) =>
        services.GetRequiredService<CurrentUser>().May(Prepare)
        || await services
            .GetRequiredService<PlenariaDb>()
            .Set<Session>()
            .AnyAsync(s => s.Id == document.Session && s.State != SessionState.Draft, cancel);

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
            .JournaledWith<Comment, Consultation>(c => c.Consultation);
}
