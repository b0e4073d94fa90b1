using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Sessions.Live;

namespace Plenaria.Sessions.Accreditation;

/// <summary>
/// Who is sent to a session, and who has been let in. The journal is told that, of which member and as what; never a
/// name.
/// </summary>
internal sealed class Credentials(PlenariaDb db, Journal journal, Accounts accounts, SessionCommands hall)
{
    private const int MostOfOne = 20;

    public async Task<IReadOnlyList<Accredited>> Of(Session session, CancellationToken cancel) =>
        [
            .. (await db.Set<Accredited>().AsNoTracking().Where(d => d.Session == session.Id).ToListAsync(cancel))
                .OrderBy(d => d.Kind)
                .ThenBy(d => d.Id),
        ];

    /// <summary>The person of a code, as it was read or typed; null when it lets nobody in.</summary>
    public Task<Accredited?> Find(Session session, string code, CancellationToken cancel)
    {
        var typed = code.Trim().ToUpperInvariant();
        return db.Set<Accredited>().SingleOrDefaultAsync(d => d.Session == session.Id && d.Code == typed, cancel);
    }

    /// <summary>
    /// A member names who comes for it; the desk also observers from outside (<paramref name="member"/> null).
    /// </summary>
    public async Task<Accredited> Name(
        Session session,
        MemberId? member,
        string? organisation,
        string? name,
        DelegateKind kind,
        OperationContext acting,
        CancellationToken cancel,
        string? address = null
    )
    {
        Demand(session, member, acting);
        var account = await FindVoterAsync(session, member, kind, address, acting, cancel);
        session.DemandRunning();
        if (string.IsNullOrWhiteSpace(name))
            throw new RuleViolationException("sessions.delegate-name-missing");
        if (member is null && (kind != DelegateKind.Observer || string.IsNullOrWhiteSpace(organisation)))
            throw new RuleViolationException("sessions.observer-organisation-missing");
        var named = await db.Set<Accredited>().CountAsync(d => d.Session == session.Id && d.Member == member, cancel);
        if (member is not null && named >= MostOfOne)
            throw new RuleViolationException("sessions.delegates-too-many", ("most", MostOfOne));
        if (
            member is not null
            && kind == DelegateKind.Delegate
            && await db.Set<Accredited>()
                .AnyAsync(d => d.Session == session.Id && d.Member == member && d.Kind == DelegateKind.Delegate, cancel)
        )
            throw new RuleViolationException("sessions.delegate-already");
        var person = new Accredited
        {
            Id = Guid.CreateVersion7(acting.At),
            Session = session.Id,
            Member = member,
            Organisation = member is null ? Folding.Cut(organisation!.Trim(), Accredited.OrganisationMaxLength) : null,
            Name = Folding.Cut(name.Trim(), Accredited.NameMaxLength),
            Kind = kind,
            Code = Accredited.NewCode(),
            Account = account,
        };
        db.Add(person);
        journal.Append(
            acting,
            session.Stream,
            "sessions.delegate-named",
            session.Reference,
            new
            {
                member = member?.ToString(),
                kind = kind.ToString(),
                account = account?.ToString(),
            }
        );
        await db.SaveChangesAsync(cancel);
        return person;
    }

    // With an address the desk says who votes for the member on a device; a member's own people cannot make themselves
    // its delegate.
    private async Task<AccountId?> FindVoterAsync(
        Session session,
        MemberId? member,
        DelegateKind kind,
        string? address,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        if (string.IsNullOrWhiteSpace(address) || member is null || kind == DelegateKind.Observer)
            return null;
        acting.RequireLead(session.Body);
        return (await accounts.Known(address, acting.At, cancel))?.Id
            ?? throw new RuleViolationException("sessions.delegate-no-account", ("address", address.Trim()));
    }

    public async Task Remove(Session session, Guid id, OperationContext acting, CancellationToken cancel)
    {
        var person =
            await db.Set<Accredited>().SingleOrDefaultAsync(d => d.Session == session.Id && d.Id == id, cancel)
            ?? throw new RuleViolationException("platform.changed-meanwhile");
        Demand(session, person.Member, acting);
        db.Remove(person);
        journal.Append(
            acting,
            session.Stream,
            "sessions.delegate-removed",
            session.Reference,
            new { member = person.Member?.ToString(), kind = person.Kind.ToString() }
        );
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>
    /// Lets somebody in; with the first delegate or alternate, their member is there. The same code again changes
    /// nothing.
    /// </summary>
    public async Task<Accredited> CheckIn(
        Session session,
        string code,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        acting.RequireLead(session.Body);
        session.DemandRunning();
        session.DemandDay(acting.At);
        var person =
            await Find(session, code, cancel)
            ?? throw new RuleViolationException("sessions.code-unknown", ("code", code));
        if (person.CheckedInAt is null)
        {
            person.CheckedInAt = acting.At;
            journal.Append(
                acting,
                session.Stream,
                "sessions.delegate-let-in",
                session.Reference,
                new { member = person.Member?.ToString(), kind = person.Kind.ToString() }
            );
            await db.SaveChangesAsync(cancel);
        }
        if (
            person is { Kind: not DelegateKind.Observer, Member: { } member }
            && session.Seats.Exists(s => s.Member == member)
            && !session.Log.IsPresent(member.Value)
        )
            await hall.Arrive(session.Reference.ToString(), member, AttendanceMode.Hall, acting, cancel);
        return person;
    }

    /// <summary>How long after a session the names of those it let in are kept.</summary>
    internal static readonly TimeSpan KeptFor = TimeSpan.FromDays(365);

    /// <summary>
    /// Takes away the names of people who came to sessions long over: who was there for a member is in the session's
    /// log, without them.
    /// </summary>
    internal static async Task Forget(IServiceProvider services, CancellationToken cancel)
    {
        var (db, before) = (
            services.GetRequiredService<PlenariaDb>(),
            services.GetRequiredService<TimeProvider>().GetUtcNow() - KeptFor
        );
        await db.InTransactionAsync(
            () =>
                db.DeleteRowsAsync(
                    db.Set<Accredited>()
                        .Where(d =>
                            db.Set<Session>()
                                .Any(s =>
                                    s.Id == d.Session
                                    && s.EndsAt < before
                                    && (s.State == SessionState.Ended || s.State == SessionState.Cancelled)
                                )
                        ),
                    StatementStreams.None("their time is over"),
                    cancel
                ),
            cancel
        );
    }

    private static void Demand(Session session, MemberId? member, OperationContext acting)
    {
        // Whom a member sends is for those to say who vote for it: a contact, named by whomever, takes nobody's
        // entrance away.
        var isTheirs =
            member is { } own && acting.Actor.VotesFor.Contains(own) && session.Seats.Exists(s => s.Member == own);
        if (!acting.CanLead(session.Body) && !isTheirs)
            throw new ForbiddenException(SessionsModule.Prepare);
    }
}
