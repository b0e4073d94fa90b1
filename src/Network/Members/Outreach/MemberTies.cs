using Microsoft.EntityFrameworkCore;
using Plenaria.Members.People;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Ties;

namespace Plenaria.Members.Outreach;

/// <summary>
/// What ties institutions by themselves: somebody who acts or acted for both (each is tied to that person), being a
/// part of the other, having been brought by the other.
/// </summary>
internal sealed class MemberTies(PlenariaDb db, Localizer texts) : ITies
{
    public async Task<IReadOnlyList<Tie>> Of(
        IReadOnlyCollection<TieEnd> ends,
        Language reader,
        CancellationToken cancel
    )
    {
        MemberId[] institutions = [.. ends.Select(e => e.Member).OfType<MemberId>()];
        PersonId[] persons = [.. ends.Select(e => e.Person).OfType<PersonId>()];
        var acting = await db.Set<Representation>()
            .AsNoTracking()
            .Where(r => institutions.Contains(r.Member) || persons.Contains(r.Person))
            .Where(r => db.Set<Representation>().Any(o => o.Person == r.Person && o.Member != r.Member))
            .ToListAsync(cancel);
        var parts = await db.Set<Member>()
            .AsNoTracking()
            .Where(m => m.Parent != null && (institutions.Contains(m.Id) || institutions.Contains(m.Parent.Value)))
            .Select(m => new { m.Id, Parent = m.Parent!.Value })
            .ToListAsync(cancel);
        var brought = await db.Set<Prospect>()
            .AsNoTracking()
            .Where(p =>
                p.ReferredBy != null && (institutions.Contains(p.Member) || institutions.Contains(p.ReferredBy.Value))
            )
            .Select(p => new { p.Member, By = p.ReferredBy!.Value })
            .ToListAsync(cancel);

        MemberId[] named =
        [
            .. acting.Select(r => r.Member),
            .. parts.SelectMany(p => new[] { p.Id, p.Parent }),
            .. brought.SelectMany(b => new[] { b.Member, b.By }),
        ];
        PersonId[] who = [.. acting.Select(r => r.Person)];
        var names = await db.Set<Member>()
            .AsNoTracking()
            .Where(m => named.Contains(m.Id))
            .Select(m => new
            {
                m.Id,
                m.Name,
                m.Slug,
                m.Status,
            })
            .ToDictionaryAsync(m => m.Id, cancel);
        var people = await db.Set<Person>()
            .AsNoTracking()
            .Where(p => who.Contains(p.Id))
            .Select(p => new { p.Id, p.Name })
            .ToDictionaryAsync(p => p.Id, p => p.Name, cancel);

        // The page of an institution that does not belong is the Secretariat's own.
        string? Page(MemberId id) =>
            names[id].Status is MemberStatus.Member or MemberStatus.Former ? $"/members/{names[id].Slug}" : null;
        string Say(string key, params (string, object?)[] values) => texts.Get(reader, key, values);
        return
        [
            .. acting.Select(r => new Tie(
                TieEnd.Of(r.Member),
                TieEnd.Of(r.Person),
                r.Until is { } until
                    ? Say(
                        "members.outreach.tie.acted",
                        ("person", people[r.Person]),
                        ("member", names[r.Member].Name),
                        ("date", until)
                    )
                    : Say("members.outreach.tie.acts", ("person", people[r.Person]), ("member", names[r.Member].Name)),
                r.From,
                r.Until,
                Page(r.Member)
            )),
            .. parts.Select(p => new Tie(
                TieEnd.Of(p.Id),
                TieEnd.Of(p.Parent),
                Say("members.outreach.tie.part", ("part", names[p.Id].Name), ("whole", names[p.Parent].Name)),
                null,
                null,
                Page(p.Id)
            )),
            .. brought.Select(b => new Tie(
                TieEnd.Of(b.Member),
                TieEnd.Of(b.By),
                Say("members.outreach.tie.brought", ("member", names[b.Member].Name), ("by", names[b.By].Name)),
                null,
                null,
                Page(b.By)
            )),
        ];
    }
}
