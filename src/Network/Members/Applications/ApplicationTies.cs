using Microsoft.EntityFrameworkCore;
using Plenaria.Members.People;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Ties;

namespace Plenaria.Members.Applications;

/// <summary>That somebody applied for an institution which was admitted.</summary>
internal sealed class ApplicationTies(PlenariaDb db, Localizer texts) : ITies
{
    public async Task<IReadOnlyList<Tie>> Of(
        IReadOnlyCollection<TieEnd> ends,
        Language reader,
        CancellationToken cancel
    )
    {
        MemberId?[] institutions = [.. ends.Select(e => e.Member).Where(m => m is not null)];
        PersonId?[] persons = [.. ends.Select(e => e.Person).Where(p => p is not null)];
        var applied = await db.Set<Application>()
            .AsNoTracking()
            .Where(a => institutions.Contains(a.Member) || persons.Contains(a.Applicant))
            .Where(a => a.Member != null && a.Applicant != null)
            .Join(
                db.Set<Person>(),
                a => a.Applicant,
                p => p.Id,
                (a, p) =>
                    new
                    {
                        Member = a.Member!.Value,
                        Person = p.Id,
                        a.Name,
                        Applicant = p.Name,
                        a.ReceivedAt,
                        a.Id,
                    }
            )
            .ToListAsync(cancel);
        return
        [
            .. applied.Select(a => new Tie(
                TieEnd.Of(a.Member),
                TieEnd.Of(a.Person),
                texts.Get(reader, "members.applications.tie", ("person", a.Applicant), ("member", a.Name)),
                PartialDate.On(DateOnly.FromDateTime(a.ReceivedAt.UtcDateTime)),
                null,
                $"/members/applications/{a.Id}"
            )),
        ];
    }
}
