using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Members.People;

/// <summary>Who is to act for a member, and as what.</summary>
internal sealed record Appointment(string Name, string? Email, Language Language, RepresentationRole Role)
{
    public string? Title { get; init; }
    public string? Phone { get; init; }
    public bool ShowsName { get; init; }

    /// <summary>The hash of the institution's signed letter.</summary>
    public string? Letter { get; init; }
    public PartialDate? From { get; init; }

    /// <summary>The institution named this person itself, in its application.</summary>
    public bool IsByMember { get; init; }
}

/// <summary>
/// Who acts for whom. Whoever has an address and a present role (a juror's apart) may sign in and act for the member;
/// with the last role that right ends. A role that somebody outside the member gives waits for the member's word
/// (<see cref="RepresentationRights"/>), and its people are told.
/// </summary>
internal sealed class PeopleStore(
    PlenariaDb db,
    Accounts accounts,
    RepresentationRights rights,
    AppointmentNotices notices,
    MemberPublishing publishing,
    Journal journal
)
{
    public async Task<IReadOnlyList<(Representation Role, Person Person)>> Of(MemberId member, CancellationToken cancel)
    {
        var found = await (
            from r in db.Set<Representation>()
            join p in db.Set<Person>() on r.Person equals p.Id
            where r.Member == member
            select new { r, p }
        )
            .AsNoTracking()
            .ToListAsync(cancel);
        return
        [
            .. found
                .OrderBy(x => x.r.Until is null ? 0 : 1)
                .ThenBy(x => x.r.Role)
                .ThenBy(x => x.p.Folded, StringComparer.Ordinal)
                .Select(x => (x.r, x.p)),
        ];
    }

    /// <summary>Gives a person a role for a member. A person is known again by their address.</summary>
    /// <exception cref="RuleViolationException">They hold it already, or the member has its voting
    /// delegate.</exception>
    public async Task<Person> Appoint(
        Member member,
        Appointment appointment,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var person = await Meet(appointment, acting, cancel);
        var isOwn = appointment.IsByMember || await rights.ActsForMemberAsync(member.Id, acting, cancel);
        var role = New(
            member,
            person,
            appointment.Role,
            acting,
            isOwn,
            appointment.From,
            appointment.Title,
            appointment.Letter
        );
        await Assign(member, person, role, acting, cancel, isToldOtherwise: appointment.IsByMember);
        return person;
    }

    /// <summary>The person meant: known again by their address, else added. Saved by the caller.</summary>
    public async Task<Person> Meet(Appointment meant, OperationContext acting, CancellationToken cancel)
    {
        var email = string.IsNullOrWhiteSpace(meant.Email) ? null : Accounts.Normal(meant.Email);
        if (
            email is not null
            && await db.Set<Person>()
                .Include(p => p.Represents)
                .OrderBy(p => p.Id)
                .FirstOrDefaultAsync(p => p.Email == email, cancel)
                is { } known
        )
            return known;
        var person = new Person
        {
            Id = new(Guid.CreateVersion7(acting.At)),
            Email = email,
            Language = meant.Language,
            ShowsName = meant.ShowsName,
            Phone = meant.Phone,
        };
        person.Call(meant.Name);
        db.Add(person);
        journal.Append(acting, person.Stream, "members.person-added", null, new { person = person.Id.ToString() });
        return person;
    }

    private static Representation New(
        Member member,
        Person person,
        RepresentationRole role,
        OperationContext acting,
        bool isOwn,
        PartialDate? from,
        string? title,
        string? letter
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(acting.At),
            Person = person.Id,
            Member = member.Id,
            Role = role,
            From = from,
            Letter = letter,
            Title = string.IsNullOrWhiteSpace(title) ? null : title.Trim(),
            NamedBy = acting.Actor.Id,
            ConfirmedAt = isOwn || role == RepresentationRole.Juror ? acting.At : null,
        };

    private async Task Assign(
        Member member,
        Person person,
        Representation role,
        OperationContext acting,
        CancellationToken cancel,
        bool isToldOtherwise = false
    )
    {
        if (person.Represents.Exists(r => r.Member == member.Id && r.Role == role.Role && r.IsPresent))
            throw new RuleViolationException("members.people.has-role", ("name", person.Name));
        await RequireOneDelegateAsync(member, role, cancel);
        person.Represents.Add(role);
        db.Entry(role).State = EntityState.Added;
        journal.Append(acting, member.Stream, "members.role-given", null, Described(person, role));
        if (role.Role != RepresentationRole.Juror && person.Email is { } email)
        {
            if (person.Account is null)
            {
                person.Account = await accounts.Open(email, person.Name, person.Language, acting, cancel);
                journal.Append(
                    acting,
                    person.Stream,
                    "members.person-account",
                    null,
                    new { account = $"{person.Account}" }
                );
            }
            await rights.GrantAsync(person.Account.Value, member, person.Represents, acting, cancel);
        }
        if (role.Role != RepresentationRole.Juror)
            await notices.TellNamedAsync(member, role, person, acting, cancel, isToldOtherwise);
        if (person.ShowsName)
            await publishing.Publish(member, cancel);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>
    /// A member has one voting delegate. One whom nobody confirmed is none: it does not keep the member from naming its
    /// own.
    /// </summary>
    private async Task RequireOneDelegateAsync(Member member, Representation role, CancellationToken cancel)
    {
        if (role.Role != RepresentationRole.VotingDelegate)
            return;
        // Of two at once, the second finds the first: both change the member.
        var present = db.Set<Representation>()
            .Where(r => r.Member == member.Id && r.Role == role.Role && r.Until == null && r.ConfirmedAt != null)
            .Where(r => r.Id != role.Id);
        var isEnding = db
            .ChangeTracker.Entries<Representation>()
            .Any(e =>
                e.State == EntityState.Modified
                && e.Entity.Member == member.Id
                && e.Entity is { Role: RepresentationRole.VotingDelegate, IsPresent: false, ConfirmedAt: not null }
            );
        if (!isEnding && await present.AnyAsync(cancel))
            throw new RuleViolationException("members.people.has-delegate");
    }

    // The journal keeps for good what it is told: it knows people by their key, which says nothing after an erasure.
    private static object Described(Person person, Representation role) =>
        new
        {
            person = person.Id.ToString(),
            representation = role.Id,
            role = role.Role.ToString(),
            from = role.From?.ToString(),
            hasLetter = role.Letter is not null,
            confirmed = role.ConfirmedAt is not null,
        };

    /// <summary>The member's people say that a role given by somebody else is right: from now on it holds.</summary>
    /// <exception cref="RuleViolationException">It is not theirs to say, or the member has its voting
    /// delegate.</exception>
    public Task ConfirmAsync(Representation role, Member member, OperationContext acting, CancellationToken cancel) =>
        db.InTransactionAsync(
            async () =>
            {
                var person = await ToDecideAsync(role, member, mayDecline: false, acting, cancel);
                await RequireOneDelegateAsync(member, role, cancel);
                role.ConfirmedAt = acting.At;
                journal.Append(acting, member.Stream, "members.role-confirmed", null, Described(person, role));
                if (person.Account is { } account)
                    await rights.SetAsync(account, member, person.Represents, acting, cancel);
                await publishing.Publish(member, cancel);
                await db.SaveChangesAsync(cancel);
            },
            cancel
        );

    /// <summary>The member's people, or the one named, say that a role is not right: it ends.</summary>
    public Task RefuseAsync(
        Representation role,
        Member member,
        string reason,
        OperationContext acting,
        CancellationToken cancel
    ) =>
        db.InTransactionAsync(
            async () =>
            {
                var person = await ToDecideAsync(role, member, mayDecline: true, acting, cancel);
                role.Refuse(acting.Today, reason);
                journal.Append(acting, member.Stream, "members.role-refused", null, Described(person, role));
                if (person.Account is { } account)
                    await rights.SetAsync(account, member, person.Represents, acting, cancel);
                await publishing.Publish(member, cancel);
                await db.SaveChangesAsync(cancel);
            },
            cancel
        );

    private async Task<Person> ToDecideAsync(
        Representation role,
        Member member,
        bool mayDecline,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        if (!role.IsUnconfirmed)
            throw new RuleViolationException("platform.changed-meanwhile");
        var person = await db.Set<Person>().Include(p => p.Represents).SingleAsync(p => p.Id == role.Person, cancel);
        var isOneself = mayDecline && person.Account is not null && person.Account == acting.Actor.Id;
        if (!isOneself && !RepresentationRights.MayConfirm(acting.Actor.Id, role, person, await Of(member.Id, cancel)))
            throw new RuleViolationException("members.people.confirm-by-another");
        // Of two who decide at once, the second is told.
        db.Entry(member).Property(m => m.Kind).IsModified = true;
        return person;
    }

    /// <summary>
    /// Ends roles of a person, all with one date and reason, and hands each over where a successor is named. The member
    /// is checked against its version by the caller.
    /// </summary>
    public Task Leave(
        Person person,
        IReadOnlyList<(Representation Role, Member Member, PersonId? Successor)> ended,
        PartialDate on,
        string? reason,
        OperationContext acting,
        CancellationToken cancel
    ) =>
        db.InTransactionAsync(
            async () =>
            {
                var own = new Dictionary<MemberId, bool>();
                foreach (var member in ended.Select(e => e.Member.Id).Distinct())
                    own[member] = await rights.ActsForMemberAsync(member, acting, cancel);
                foreach (var (role, member, successor) in ended)
                {
                    var counted = role.Votes;
                    // Of whoever is erased, a role that has not begun yet ends without having held.
                    if (role.From is { } from && from.First > acting.Today)
                        role.Cancel(acting.Today, reason);
                    else
                        role.End(on, reason, acting.Today);
                    var what = new
                    {
                        person = person.Id.ToString(),
                        representation = role.Id,
                        role = role.Role.ToString(),
                        on = on.ToString(),
                    };
                    journal.Append(acting, member.Stream, "members.role-ended", null, what);
                    if (counted && !own[member.Id])
                        await notices.TellEndedAsync(member, role, acting, cancel);
                    if (successor is { } next)
                    {
                        var heir = await db.Set<Person>()
                            .Include(p => p.Represents)
                            .SingleAsync(p => p.Id == next, cancel);
                        var title = heir.Represents.Find(r => r.Member == member.Id && r.IsPresent)?.Title;
                        var taken = New(member, heir, role.Role, acting, own[member.Id], on, title, null);
                        await Assign(member, heir, taken, acting, cancel);
                    }
                }
                foreach (var member in ended.Select(e => e.Member).DistinctBy(m => m.Id))
                {
                    if (person.Account is { } account)
                        await rights.SetAsync(account, member, person.Represents, acting, cancel);
                    await publishing.Publish(member, cancel);
                }
                await db.SaveChangesAsync(cancel);
            },
            cancel
        );

    public async Task Prove(Representation role, Member member, OperationContext acting, CancellationToken cancel)
    {
        if (role.Letter is null)
            throw new RuleViolationException("members.people.no-letter");
        // Two pairs of eyes: whoever named somebody, or was named, does not find the letter good as well.
        var me = acting.Actor.Id;
        var isNamed =
            me is not null && await db.Set<Person>().AnyAsync(p => p.Id == role.Person && p.Account == me, cancel);
        if (isNamed || role.NamedBy is { } by && by == acting.Actor.Id)
            throw new RuleViolationException("members.people.prove-by-another");
        role.ProvedOn = acting.Today;
        journal.Append(acting, member.Stream, "members.role-proved", null, new { role = role.Id });
        await db.SaveChangesAsync(cancel);
    }

    // What the account's page says of the grant: in the language the member wrote its name in.
    internal static string Short(LocalizedText name) =>
        name.ToString() is { Length: > 200 } long_ ? long_[..200] : name.ToString();
}
