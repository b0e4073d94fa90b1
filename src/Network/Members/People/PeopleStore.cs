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
}

/// <summary>
/// Who acts for whom. Whoever has an address and a present role (a juror's apart) may sign in and act for the member; with
/// the last role that right ends.
/// </summary>
internal sealed class PeopleStore(PlenariaDb db, Accounts accounts, MemberPublishing publishing, Journal journal)
{
    public async Task<IReadOnlyList<(Representation Role, Person Person)>> Of(MemberId member, CancellationToken cancel) =>
        [.. (await (from r in db.Set<Representation>() join p in db.Set<Person>() on r.Person equals p.Id where r.Member == member select new { r, p }).AsNoTracking().ToListAsync(cancel))
            .OrderBy(x => x.r.Until is null ? 0 : 1).ThenBy(x => x.r.Role).ThenBy(x => x.p.Folded, StringComparer.Ordinal).Select(x => (x.r, x.p))];

    /// <summary>Gives a person a role for a member. A person is known again by their address.</summary>
    /// <exception cref="RuleBroken">They hold it already, or the member has its voting delegate.</exception>
    public async Task<Person> Appoint(Member member, Appointment appointment, Acting acting, CancellationToken cancel)
    {
        var person = await Meet(appointment, acting, cancel);
        await Assign(member, person, appointment.Role, appointment.Title, appointment.From, appointment.Letter, acting, cancel);
        return person;
    }

    /// <summary>The person meant: known again by their address, else added. Saved by the caller.</summary>
    public async Task<Person> Meet(Appointment meant, Acting acting, CancellationToken cancel)
    {
        var email = string.IsNullOrWhiteSpace(meant.Email) ? null : Accounts.Normal(meant.Email);
        if (email is not null && await db.Set<Person>().Include(p => p.Represents).OrderBy(p => p.Id).FirstOrDefaultAsync(p => p.Email == email, cancel) is { } known)
            return known;
        var person = new Person { Id = new(Guid.CreateVersion7(acting.When)), Email = email, Language = meant.Language, ShowsName = meant.ShowsName, Phone = meant.Phone };
        person.Call(meant.Name);
        db.Add(person);
        journal.Record(acting, person.Stream, "members.person-added", null, new { meant.Name });
        return person;
    }

    private async Task Assign(Member member, Person person, RepresentationRole role, string? title, PartialDate? from, string? letter, Acting acting, CancellationToken cancel)
    {
        if (person.Represents.Exists(r => r.Member == member.Id && r.Role == role && r.IsPresent))
            throw new RuleBroken("members.people.has-role", ("name", person.Name));
        // Of two at once, the second finds the first: both change the member.
        if (role == RepresentationRole.VotingDelegate && await db.Set<Representation>().AnyAsync(r => r.Member == member.Id && r.Role == role && r.Until == null, cancel) && !db.ChangeTracker.Entries<Representation>().Any(e => e.State == EntityState.Modified && e.Entity is { Role: RepresentationRole.VotingDelegate, IsPresent: false } && e.Entity.Member == member.Id))
            throw new RuleBroken("members.people.has-delegate");
        var representation = new Representation { Id = Guid.CreateVersion7(acting.When), Person = person.Id, Member = member.Id, Role = role, Title = string.IsNullOrWhiteSpace(title) ? null : title.Trim(), From = from, Letter = letter };
        person.Represents.Add(representation);
        db.Entry(representation).State = EntityState.Added;
        journal.Record(acting, member.Stream, "members.role-given", null, new { person = person.Name, role = role.ToString(), from = from?.ToString(), letter });
        if (role != RepresentationRole.Juror && person.Email is { } email)
        {
            person.Account ??= await accounts.Open(email, person.Name, person.Language, acting, cancel);
            await accounts.Grant(person.Account.Value, Role.Member, Scope.Of(member.Id), Short(member.Name), acting, cancel);
        }
        if (person.ShowsName)
            await publishing.Publish(member, cancel);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Ends roles of a person, all with one date and reason, and hands each over where a successor is named. The member is checked against its version by the caller.</summary>
    public Task Leave(Person person, IReadOnlyList<(Representation Role, Member Member, PersonId? Successor)> ended, PartialDate on, string? reason, Acting acting, CancellationToken cancel) => db.Together(async () =>
    {
        foreach (var (role, member, successor) in ended)
        {
            role.End(on, reason, acting.Today);
            journal.Record(acting, member.Stream, "members.role-ended", null, new { person = person.Name, role = role.Role.ToString(), on = on.ToString(), reason });
            if (successor is { } next)
            {
                var heir = await db.Set<Person>().Include(p => p.Represents).SingleAsync(p => p.Id == next, cancel);
                await Assign(member, heir, role.Role, heir.Represents.Find(r => r.Member == member.Id && r.IsPresent)?.Title, on, null, acting, cancel);
            }
        }
        foreach (var member in ended.Select(e => e.Member).DistinctBy(m => m.Id))
            if (person.Account is { } account && !person.Represents.Exists(r => r.Member == member.Id && r.IsPresent && r.Role != RepresentationRole.Juror))
                await accounts.Revoke(account, Role.Member, Scope.Of(member.Id), acting, cancel);
        foreach (var member in ended.Select(e => e.Member).DistinctBy(m => m.Id))
            await publishing.Publish(member, cancel);
        await db.SaveChangesAsync(cancel);
    }, cancel);

    public async Task Prove(Representation role, Member member, Acting acting, CancellationToken cancel)
    {
        if (role.Letter is null)
            throw new RuleBroken("members.people.no-letter");
        role.ProvedOn = acting.Today;
        journal.Record(acting, member.Stream, "members.role-proved", null, new { role = role.Id, role.Letter });
        await db.SaveChangesAsync(cancel);
    }

    // What the account's page says of the grant: in the language the member wrote its name in.
    internal static string Short(LocalizedText name) => name.ToString() is { Length: > 200 } long_ ? long_[..200] : name.ToString();
}
