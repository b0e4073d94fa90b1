using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Files;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Register;

namespace Plenaria.Sessions.Papers;

/// <summary>The documents of a session, edition by edition.</summary>
internal sealed class DocumentStore(PlenariaDb db, FileStore files, Journal journal)
{
    private const int Most = 200;

    /// <summary>By number, the newest edition of each first.</summary>
    public Task<List<SessionDocument>> Of(Session session, CancellationToken cancel) =>
        db.Set<SessionDocument>()
            .AsNoTracking()
            .Where(d => d.Session == session.Id)
            .OrderBy(d => d.Number)
            .ThenByDescending(d => d.Edition)
            .ToListAsync(cancel);

    /// <param name="number">The document of which this is the next edition; a new one when null.</param>
    public async Task Add(
        Session session,
        int? number,
        LocalizedText title,
        Guid? item,
        IFormFile? upload,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        acting.RequireLead(session.Body);
        if (session.State is SessionState.Ended or SessionState.Cancelled)
            throw new RuleViolationException("sessions.ended");
        if (upload is null || upload.Length == 0)
            throw new RuleViolationException("sessions.document-file-missing");
        var all = await Of(session, cancel);
        var before = all.Find(d => d.Number == number);
        if (number is not null && before is null)
            throw new RuleViolationException("platform.changed-meanwhile");
        if (before is null && title.IsEmpty)
            throw new RuleViolationException("sessions.title-missing");
        if (all.Count >= Most)
            throw new RuleViolationException("sessions.documents-too-many", ("most", Most));
        var kept = await files.Keep(upload, session.IsPublic ? Audience.Public : Audience.Staff, cancel);
        if (before?.Hash == kept.Hash)
            throw new RuleViolationException("sessions.document-same");
        var document = new SessionDocument
        {
            Id = Guid.CreateVersion7(acting.At),
            Session = session.Id,
            Number = before?.Number ?? all.Select(d => d.Number).DefaultIfEmpty(0).Max() + 1,
            Edition = (before?.Edition ?? 0) + 1,
            Title = title.IsEmpty ? before!.Title : title,
            Item = session.Agenda.Find(i => i.Id == item)?.Id ?? before?.Item,
            Hash = kept.Hash,
            Name = Folding.Cut(kept.Name, SessionDocument.NameMaxLength),
            MediaType = kept.MediaType,
            Size = kept.Size,
            At = acting.At,
        };
        db.Add(document);
        journal.Append(
            acting,
            session.Stream,
            "sessions.document-added",
            session.Reference,
            new
            {
                number = document.Number,
                edition = document.Edition,
                title = document.Title.ToString(),
                sha256 = kept.Hash,
            }
        );
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Takes an edition back, while nobody has been sent it.</summary>
    public async Task Remove(Session session, Guid id, OperationContext acting, CancellationToken cancel)
    {
        acting.RequireLead(session.Body);
        if (session.State != SessionState.Draft)
            throw new RuleViolationException("sessions.documents-frozen");
        var document =
            await db.Set<SessionDocument>().SingleOrDefaultAsync(d => d.Session == session.Id && d.Id == id, cancel)
            ?? throw new RuleViolationException("platform.changed-meanwhile");
        db.Remove(document);
        journal.Append(
            acting,
            session.Stream,
            "sessions.document-removed",
            session.Reference,
            new
            {
                number = document.Number,
                edition = document.Edition,
                sha256 = document.Hash,
            }
        );
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>With the notice everybody may read them; which ones, with their hashes. Saved by the caller.</summary>
    public async Task<IReadOnlyList<string>> Open(Session session, CancellationToken cancel)
    {
        var all = await Of(session, cancel);
        await files.Widen(all.Select(d => d.Hash), Audience.Public, cancel);
        return [.. all.Select(d => $"{d.Number}.{d.Edition} {d.Hash}")];
    }
}
