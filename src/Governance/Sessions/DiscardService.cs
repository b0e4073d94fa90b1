using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Sessions.Papers;

namespace Plenaria.Sessions;

/// <summary>Discards drafts, and keeps their references from being given again.</summary>
internal sealed class DiscardService(PlenariaDb db, Journal journal)
{
    /// <summary>
    /// Deletes a draft with its agenda, motions and documents. What it held stands in the journal; its reference is
    /// given to no other session.
    /// </summary>
    public async Task DiscardAsync(Session session, OperationContext acting, CancellationToken cancel)
    {
        acting.RequireLead(session.Body);
        if (session.FindDiscardObstacle() is { } obstacle)
            throw obstacle;
        db.RemoveRange(await db.Set<SessionDocument>().Where(d => d.Session == session.Id).ToListAsync(cancel));
        db.Remove(session);
        journal.Append(
            acting,
            session.Stream,
            "sessions.discarded",
            session.Reference,
            new
            {
                title = session.Title.ToString(),
                starts = session.StartsAt.UtcDateTime.ToString("O"),
                agenda = session.Points().Select(p => $"{p.Number} {p.Item.Title}"),
                motions = session.Motions.Select(m => new { number = m.Number, title = m.Title.ToString() }),
            },
            []
        );
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>
    /// The first reference of a year that no session has or had: the journal tells the story of a discarded one under
    /// its own.
    /// </summary>
    public async Task<Reference> FindNextReferenceAsync(string prefix, int year, CancellationToken cancel)
    {
        Reference Numbered(int number) =>
            Reference.Of(prefix, SessionStore.ReferenceLetter, $"{year:0000}", $"{number:00}");
        var row = $"{prefix}-{SessionStore.ReferenceLetter}-{year:0000}-%";
        var taken = await db.Set<Session>()
            .Select(s => s.Reference)
            .Where(r => EF.Functions.Like((string)(object)r, row))
            .ToListAsync(cancel);
        var next = Reference.Next(taken, Numbered);
        while ((await journal.Read(Session.StreamOf(next), 1, cancel)).Count > 0)
        {
            taken.Add(next);
            next = Reference.Next(taken, Numbered);
        }
        return next;
    }
}
