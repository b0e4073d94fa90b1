using Microsoft.EntityFrameworkCore;
using Plenaria.Members;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Ties;

namespace Plenaria.Experiences.Figures;

/// <summary>That one member took up a practice of another, and this was confirmed.</summary>
internal sealed class ExperienceTies(PlenariaDb db, IMembers members, Localizer texts) : ITies
{
    public async Task<IReadOnlyList<Tie>> Of(
        IReadOnlyCollection<TieEnd> ends,
        Language reader,
        CancellationToken cancel
    )
    {
        var taken = await TakenUpAsync([.. ends.Select(e => e.Member).Where(m => m is not null)], cancel);
        var names = await members.Lines([.. taken.SelectMany(t => new[] { t.By, t.Owner }).Distinct()], cancel);
        return
        [
            .. taken
                .Where(t => names.ContainsKey(t.By) && names.ContainsKey(t.Owner))
                .Select(t => new Tie(
                    TieEnd.Of(t.By),
                    TieEnd.Of(t.Owner),
                    texts.Get(
                        reader,
                        "experiences.tie",
                        ("member", names[t.By].Name),
                        ("practice", t.Title),
                        ("owner", names[t.Owner].Name)
                    ),
                    t.Since,
                    null,
                    $"/experiences/{t.Slug}"
                )),
        ];
    }

    private sealed record TakenUp(MemberId By, PartialDate? Since, MemberId Owner, LocalizedText Title, string Slug);

    private Task<List<TakenUp>> TakenUpAsync(MemberId?[] institutions, CancellationToken cancel) =>
        db.Set<Adoption>()
            .AsNoTracking()
            .Where(a => a.IsConfirmed && a.Member != null)
            .Join(
                db.Set<Experience>().Where(e => e.State == EditorialState.Published && e.Owner != null),
                a => a.Experience,
                e => e.Id,
                (a, e) => new { Adoption = a, Practice = e }
            )
            .Where(t => institutions.Contains(t.Adoption.Member) || institutions.Contains(t.Practice.Owner))
            .Where(t => t.Adoption.Member != t.Practice.Owner)
            .Select(t => new TakenUp(
                t.Adoption.Member!.Value,
                t.Adoption.Since,
                t.Practice.Owner!.Value,
                t.Practice.Title,
                t.Practice.Slug
            ))
            .ToListAsync(cancel);
}
