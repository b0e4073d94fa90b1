using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Register;
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
    /// The reference after the last one of a year that a session has or had: the journal tells the story of a discarded
    /// one under its own.
    /// </summary>
    public async Task<Reference> FindNextReferenceAsync(string prefix, int year, CancellationToken cancel)
    {
        Reference Numbered(int number) =>
            Reference.Of(prefix, SessionStore.ReferenceLetter, $"{year:0000}", $"{number:00}");
        var next = await db.Set<Session>().Select(s => s.Reference).NextAsync(Numbered, cancel);
        // Those discarded after the last that is kept are few.
        for (var number = NumberOf(next); await HasHistoryAsync(next, cancel); next = Numbered(++number)) { }
        return next;
    }

    private static int NumberOf(Reference reference) =>
        int.Parse(reference.ToString().Split('-')[^1], CultureInfo.InvariantCulture);

    private async Task<bool> HasHistoryAsync(Reference reference, CancellationToken cancel) =>
        (await journal.Read(Session.StreamOf(reference), 1, cancel)).Count > 0;
}
