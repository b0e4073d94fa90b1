using Microsoft.EntityFrameworkCore;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Bodies;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Places;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;
using Plenaria.Sessions.Live;

namespace Plenaria.Sessions;

/// <summary>Reads, plans and convenes sessions, and writes down what happens in them.</summary>
internal sealed class SessionStore(
    PlenariaDb db,
    Journal journal,
    Register register,
    Network network,
    IMembers members,
    BodyService bodies,
    DiscardService discards
)
{
    public const string Kind = "session",
        ReferenceLetter = "S";

    public Task<Session?> Find(string reference, CancellationToken cancel, bool toEdit = false) =>
        !Reference.TryParse(reference, null, out var parsed)
            ? Task.FromResult<Session?>(null)
            : (toEdit ? db.Set<Session>() : db.Set<Session>().AsNoTracking())
                .Include(s => s.Seats)
                .Include(s => s.Motions.OrderBy(m => m.Number))
                    .ThenInclude(m => m.Amendments.OrderBy(a => a.Number))
                .AsSplitQuery()
                .SingleOrDefaultAsync(s => s.Reference == parsed, cancel);

    /// <summary>A session to plan; null when there is none.</summary>
    /// <exception cref="ForbiddenException">Its body is not the caller's.</exception>
    public async Task<Session?> FindToPrepareAsync(string reference, OperationContext acting, CancellationToken cancel)
    {
        var session = await Find(reference, cancel, toEdit: true);
        if (session is not null)
            acting.RequireLead(session.Body);
        return session;
    }

    /// <summary>A new session of a body, with the next number of its year. Saved by <see cref="Change"/>.</summary>
    public async Task<Session> New(
        Body body,
        LocalizedText title,
        string zone,
        DateTimeOffset starts,
        DateTimeOffset ends,
        Preset preset,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        acting.RequireLead(body.Key);
        var (prefix, year) = ((await network.Profile(cancel)).Prefix, PlaceTime.In(zone, starts).Year);
        var reference = await discards.FindNextReferenceAsync(prefix, year, cancel);
        var session = new Session
        {
            Id = Guid.CreateVersion7(acting.At),
            Reference = reference,
            Body = body.Key,
            Title = title,
            Zone = zone,
            StartsAt = starts,
            EndsAt = ends,
            Language = title.Source ?? Language.English,
            Preset = preset,
            Rules = Presets.Of(body),
            NoticeDays = body.DecidesForNetwork ? Presets.PlenaryNotice : 0,
        };
        // A body keeps the rules it last had; of working groups there are several under one name.
        if (
            body.Key.Kind != NetworkBodies.Group
            && await db.Set<Session>()
                .AsNoTracking()
                .Where(s => s.BodyKind == body.Key.Kind && s.BodyId == body.Key.Id)
                .OrderByDescending(s => s.StartsAt)
                .Select(s => s.Rules)
                .FirstOrDefaultAsync(cancel)
                is { } last
        )
            session.Rules = last;
        db.Add(session);
        return session;
    }

    /// <summary>Carries a change of the plan of a session out.</summary>
    /// <param name="removed">What the journal keeps of what the change took away, so that it can be undone.</param>
    public async Task Change(
        Session session,
        string act,
        OperationContext acting,
        Action change,
        CancellationToken cancel,
        Func<object?>? removed = null
    )
    {
        acting.RequireLead(session.Body);
        session.DemandPlanning();
        change();
        session.IsUntold = session.State == SessionState.Convened;
        await Publish(session, cancel);
        journal.Append(
            acting,
            session.Stream,
            act,
            session.Reference,
            new
            {
                title = session.Title.ToString(),
                starts = session.StartsAt.UtcDateTime.ToString("O"),
                points = session.Agenda.Count,
                seats = session.Seats.Count,
                removed = removed?.Invoke(),
            }
        );
        if (db.Entry(session).State == EntityState.Unchanged)
            db.Entry(session).Property(s => s.StartsAt).IsModified = true;
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>
    /// Seats for the members of the body: all of them where it decides for the network, otherwise unless some were
    /// named.
    /// </summary>
    public async Task SeatBodyAsync(Session session, CancellationToken cancel)
    {
        foreach (var member in await FindUnseatedAsync(session, cancel))
            Seat(session, member);
    }

    /// <summary>The members that <see cref="SeatBodyAsync"/> would give a seat now.</summary>
    public async Task<IReadOnlyList<MemberLine>> FindUnseatedAsync(Session session, CancellationToken cancel)
    {
        var body = await bodies.FindAsync(session.Body, cancel);
        if (session.Seats.Count > 0 && body is not { DecidesForNetwork: true })
            return [];
        var seated = session.Seats.Select(s => s.Member).ToHashSet();
        var lines = await members.Lines(await bodies.MembersAsync(session.Body, cancel), cancel);
        return [.. lines.Values.Where(m => !seated.Contains(m.Id)).OrderBy(m => m.Id.Value)];
    }

    /// <summary>
    /// Lets a session begin with the rules of another and, of a body whose members are named, with those that are
    /// members still; and with its agenda.
    /// </summary>
    public async Task Begin(Session session, Session pattern, bool withAgenda, CancellationToken cancel)
    {
        session.Rules = pattern.Rules;
        if (withAgenda)
        {
            var ids = pattern.Agenda.ToDictionary(i => i.Id, _ => Guid.CreateVersion7());
            session.Agenda =
            [
                .. pattern.Agenda.Select(i =>
                    i with
                    {
                        Id = ids[i.Id],
                        Under = i.Under is { } under ? ids[under] : null,
                    }
                ),
            ];
        }
        if ((await bodies.FindAsync(session.Body, cancel)) is { DecidesForNetwork: true })
            return;
        var lines = await members.Lines([.. pattern.Seats.Select(s => s.Member)], cancel);
        foreach (var seat in pattern.Seats)
            if (lines.GetValueOrDefault(seat.Member) is { IsMember: true } line)
                Seat(session, line, seat.Weight, seat.IsObserver);
    }

    /// <summary>The sessions of one body.</summary>
    public async Task<IReadOnlySet<Reference>> FindReferencesAsync(BodyKey body, CancellationToken cancel) =>
        (
            await db.Set<Session>()
                .Where(s => s.BodyKind == body.Kind && s.BodyId == body.Id)
                .Select(s => s.Reference)
                .ToListAsync(cancel)
        ).ToHashSet();

    /// <summary>Sessions that prepare this one, and the one that it prepares.</summary>
    public async Task<(IReadOnlyList<Session> By, Session? Of)> Preparing(Session session, CancellationToken cancel) =>
        (
            await db.Set<Session>()
                .AsNoTracking()
                .Where(s => s.Prepares == session.Reference)
                .OrderBy(s => s.StartsAt)
                .ToListAsync(cancel),
            session.Prepares is { } of ? await Find(of.ToString(), cancel) : null
        );

    /// <summary>Gives a member a seat; nothing happens when it has one.</summary>
    public void Seat(Session session, MemberLine member, long weight = 1, bool isObserver = false)
    {
        if (session.Seats.Exists(s => s.Member == member.Id))
            return;
        var seat = new Seat
        {
            Session = session.Id,
            Member = member.Id,
            Name = member.Name,
            Country = member.Country,
            Class = member.Kind,
            Weight = weight,
            IsObserver = isObserver,
        };
        session.Seats.Add(seat);
        db.Entry(seat).State = EntityState.Added;
    }

    /// <summary>
    /// Writes down what happens in a session. Whoever acts at the same moment waits: <paramref name="what"/> is asked
    /// with the session as it then is, and says which events follow, or throws what forbids them.
    /// </summary>
    public async Task Happen(
        string reference,
        OperationContext acting,
        Func<Session, Task<IReadOnlyList<SessionEvent>>> what,
        CancellationToken cancel
    )
    {
        // Microseconds, which is what the journal keeps.
        var at = new DateTimeOffset(acting.At.UtcTicks / 10 * 10, TimeSpan.Zero);
        await db.InTransactionAsync(
            async () =>
            {
                db.ClearTracking();
                var id = Reference.TryParse(reference, null, out var parsed) ? parsed.ToString() : "";
                if (!db.IsSqlite)
                    await db.Database.ExecuteSqlAsync(
                        $"SELECT 1 FROM sessions_sessions WHERE reference = {id} FOR UPDATE",
                        cancel
                    );
                var session =
                    await Find(reference, cancel, toEdit: true)
                    ?? throw new RuleViolationException("platform.changed-meanwhile");
                foreach (var happened in await what(session))
                    Tell(session, happened, acting, at);
                await db.SaveChangesAsync(cancel);
            },
            cancel
        );
    }

    private void Tell(Session session, SessionEvent happened, OperationContext acting, DateTimeOffset at)
    {
        // As the journal will tell it: canonical JSON has its own order of names.
        session.Log.Apply(SessionEvent.Of(happened.Act, happened.What()), at);
        // The same list changed within: said, so that it is stored.
        db.Entry(session).Property(s => s.Log).IsModified = true;
        session.State =
            session.Log.EndedAt is not null ? SessionState.Ended
            : session.Log.OpenedAt is not null ? SessionState.Open
            : session.State;
        journal.Append(acting with { At = at }, session.Stream, happened.Act, session.Reference, happened.What());
    }

    public Task Happen(
        string reference,
        OperationContext acting,
        Func<Session, SessionEvent> what,
        CancellationToken cancel
    ) => Happen(reference, acting, session => Task.FromResult<IReadOnlyList<SessionEvent>>([what(session)]), cancel);

    /// <summary>What the register knows of a session: from the notice on, everybody finds it.</summary>
    public async Task Publish(Session session, CancellationToken cancel)
    {
        if (session.IsPublic)
            await register.Publish(
                new(session.Reference, Kind, session.Path, session.Title, LocalizedText.Empty)
                {
                    Date = PartialDate.On(session.Day),
                    Texts = [session.Title, session.Text],
                },
                session.Text,
                Audience.Public,
                cancel
            );
    }

    /// <summary>The events of a session as the journal holds them, oldest first.</summary>
    public async Task<SessionLog> Rebuilt(Session session, CancellationToken cancel)
    {
        var log = new SessionLog();
        foreach (var line in (await journal.Read(session.Stream, int.MaxValue, cancel)).Reverse())
            if (SessionEvent.Of(line) is { } happened)
                log.Apply(happened, line.At);
        return log;
    }
}
