using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Standing;

namespace Plenaria.Experiences.Figures;

/// <summary>That a member has told the others of a practice of its own.</summary>
internal sealed class ExperienceStanding(PlenariaDb db, Localizer texts) : IStanding
{
    public async Task<IReadOnlyList<Duty>> Of(MemberId member, Language reader, CancellationToken cancel)
    {
        var last = await db.Set<Experience>()
            .AsNoTracking()
            .Where(e => e.Owner == member && e.State == EditorialState.Published)
            .OrderByDescending(e => e.PublishedAt)
            .Select(e => e.PublishedAt)
            .FirstOrDefaultAsync(cancel);
        return
        [
            new(
                texts.Get(reader, "experiences.duty"),
                texts.Get(reader, "experiences.duty.help"),
                last is not null,
                last is { } at ? PartialDate.On(DateOnly.FromDateTime(at.UtcDateTime)) : null,
                "/experiences/new"
            ),
        ];
    }
}
