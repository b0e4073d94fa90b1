using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Bodies;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Tasks;

namespace Plenaria.Sessions;

/// <summary>Sessions to come in which a member of this person has a seat; for the desk, those that run.</summary>
internal sealed class SessionTasks(PlenariaDb db, BodyService bodies, Localizer texts) : ITaskSource
{
    private const int Most = 10;

    public async Task<IReadOnlyList<Waiting>> For(CurrentUser visitor, Language language, CancellationToken cancel)
    {
        if (!visitor.May(SessionsModule.TakePart))
            return [];
        var (mine, own) = (visitor.Who.Represents, await visitor.FindBodiesAsync(bodies, cancel));
        var ahead = await db.Set<Session>()
            .AsNoTracking()
            .Where(s =>
                (s.State == SessionState.Convened || s.State == SessionState.Open)
                && (
                    own.IsAll
                    || own.Kinds.Contains(s.BodyKind)
                    || own.Ids.Contains(s.BodyId)
                    || s.Seats.Any(x => mine.Contains(x.Member))
                )
            )
            .OrderBy(s => s.StartsAt)
            .Take(Most)
            .ToListAsync(cancel);
        return
        [
            .. ahead
                .Select(s => (Session: s, Conducts: visitor.MayLead(s.Body)))
                .Select(x => new Waiting(
                    texts.Get(
                        language,
                        x.Conducts ? "sessions.task.desk" : "sessions.task.seat",
                        ("title", x.Session.Title.For(language))
                    ),
                    x.Session.Path + (x.Conducts ? "/desk" : "/seat"),
                    PartialDate.On(x.Session.Day)
                )),
        ];
    }
}
