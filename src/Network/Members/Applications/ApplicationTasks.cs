using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;
using Plenaria.Platform.Tasks;

namespace Plenaria.Members.Applications;

/// <summary>
/// Applications that wait for a decision, and what others say should be changed, for whoever looks after the country.
/// </summary>
internal sealed class ApplicationTasks(PlenariaDb db, Territory territory, Localizer texts) : ITaskSource
{
    /// <summary>Within how many days an institution may expect to hear.</summary>
    private const int Days = 14;

    public async Task<IReadOnlyList<Waiting>> For(CurrentUser visitor, Language language, CancellationToken cancel)
    {
        if (!visitor.May(MembersModule.Edit))
            return [];
        var countries = await territory.Of(visitor.Acting(), cancel);
        var open = await db.Set<Application>()
            .AsNoTracking()
            .Where(a =>
                (a.State == ApplicationState.Received || a.State == ApplicationState.Eligible)
                && (countries == null || countries.Contains(a.Country))
            )
            .ToListAsync(cancel);
        var suggestions = await (
            from s in db.Set<Suggestion>()
            join m in db.Set<Member>() on s.Member equals m.Id
            where s.DoneAt == null && (countries == null || countries.Contains(m.Country))
            select new
            {
                s.Text,
                m.Name,
                m.Slug,
            }
        )
            .AsNoTracking()
            .ToListAsync(cancel);
        return
        [
            .. open.Select(a => new Waiting(
                texts.Get(language, "members.applications.task", ("name", a.Name)),
                a.Path,
                PartialDate.On(DateOnly.FromDateTime(a.ReceivedAt.UtcDateTime).AddDays(Days)),
                Countries.NameOf(a.Country, language)
            )),
            .. suggestions.Select(s => new Waiting(
                texts.Get(language, "members.suggestion.task", ("name", s.Name.For(language))),
                $"/members/{s.Slug}/suggest",
                null,
                s.Text
            )),
        ];
    }
}
