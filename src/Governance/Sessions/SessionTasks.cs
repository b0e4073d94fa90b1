using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Tasks;

namespace Plenaria.Sessions;

/// <summary>Sessions to come in which a member of this person has a seat; for the desk, those that run.</summary>
internal sealed class SessionTasks(PlenariaDb db, Localizer texts) : ITaskSource
{
    private const int Most = 10;

    public async Task<IReadOnlyList<Waiting>> For(CurrentUser visitor, Language language, CancellationToken cancel)
    {
        if (!visitor.May(SessionsModule.TakePart))
            return [];
        var (mine, conducts) = (visitor.Who.Represents, visitor.May(SessionsModule.Conduct));
        var ahead = await db.Set<Session>()
            .AsNoTracking()
            .Where(s =>
                (s.State == SessionState.Convened || s.State == SessionState.Open)
                && (conducts || s.Seats.Any(x => mine.Contains(x.Member)))
            )
            .OrderBy(s => s.StartsAt)
            .Take(Most)
            .ToListAsync(cancel);
        return
        [
            .. ahead.Select(s => new Waiting(
                texts.Get(
                    language,
                    conducts ? "sessions.task.desk" : "sessions.task.seat",
                    ("title", s.Title.For(language))
                ),
                s.Path + (conducts ? "/desk" : "/seat"),
                PartialDate.On(s.Day)
            )),
        ];
    }
}
