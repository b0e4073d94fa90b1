using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Members.People;

/// <summary>
/// Mail to a member's people when somebody gives or ends a role for it, so that nothing happens behind their backs.
/// </summary>
internal sealed class AppointmentNotices(
    PlenariaDb db,
    Outbox outbox,
    Network network,
    Localizer texts,
    SiteAddress site,
    IHttpContextAccessor http
)
{
    /// <summary>The kind of letters about who acts for a member, and about its details.</summary>
    public const string Kind = "membership";

    /// <summary>
    /// Tells everybody who acts for the member, the one named included, who named whom as what. Queued for the
    /// caller's save.
    /// </summary>
    /// <param name="isToldOtherwise">The one named gets another letter about it.</param>
    public Task TellNamedAsync(
        Member member,
        Representation role,
        Person named,
        OperationContext acting,
        CancellationToken cancel,
        bool isToldOtherwise = false
    )
    {
        var what = role.IsUnconfirmed ? "unconfirmed" : "named";
        return TellAsync(member, role, what, named, isToldOtherwise, acting, cancel);
    }

    /// <summary>
    /// Tells everybody who acts for the member that somebody else ended one of its roles. Names nobody: the person
    /// may have been erased.
    /// </summary>
    public Task TellEndedAsync(Member member, Representation role, OperationContext acting, CancellationToken cancel) =>
        TellAsync(member, role, "ended", null, false, acting, cancel);

    private async Task TellAsync(
        Member member,
        Representation role,
        string what,
        Person? named,
        bool isToldOtherwise,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        // Imports and samples are the operator's work and write to nobody.
        if (acting.Actor.IsSystem)
            return;
        var people = await (
            from r in db.Set<Representation>()
            join p in db.Set<Person>() on r.Person equals p.Id
            where r.Member == member.Id && r.Until == null && p.Email != null
            select p
        ).ToListAsync(cancel);
        // The one named is not stored yet, or is, without this role.
        if (named is not null && !people.Contains(named))
            people.Add(named);
        var told = people.Where(p => p.Email is not null && p.Account != acting.Actor.Id).ToList();
        if (isToldOtherwise)
            told.RemoveAll(p => p == named);
        var name = (await network.Profile(cancel)).Name;
        var readers = await outbox.FindReadersAsync(Kind, told.Select(p => p.Email!), cancel);
        foreach (var person in told.DistinctBy(p => p.Email).Where(p => readers.Reaches(p.Email!)))
        {
            (string, object?)[] values =
            [
                ("by", acting.Actor.Name),
                ("person", named?.Name),
                ("institution", member.Name),
                ("network", name),
                ("date", role.Until),
                ("role", texts.Get(person.Language, $"members.role.{PageLocalizer.Kebab(role.Role.ToString())}")),
                ("people", new Uri(Site(), $"/{person.Language}{member.Path}/people")),
            ];
            var subject = texts.Get(person.Language, $"members.mail.role-{what}.subject", values);
            var text = texts.Get(person.Language, $"members.mail.role-{what}.text", values);
            outbox.Queue(new(person.Email!, person.Language, subject, text), readers);
        }
    }

    private Uri Site() =>
        site.Url
        ?? (
            http.HttpContext?.Request is { } request
                ? new($"{request.Scheme}://{request.Host}")
                : new("http://localhost")
        );
}
