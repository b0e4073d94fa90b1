using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Register;

namespace Plenaria.Sessions.Minutes;

/// <summary>Drafts, presents and corrects minutes; a vote of a later session approves them.</summary>
internal sealed class MinutesStore(
    PlenariaDb db,
    SessionStore sessions,
    Journal journal,
    Register register,
    MemberLetters letters,
    Localizer texts
)
{
    public const string Kind = "minutes";

    public async Task<SessionMinutes?> Find(Session session, CancellationToken cancel, bool toEdit = false) =>
        await (toEdit ? db.Set<SessionMinutes>() : db.Set<SessionMinutes>().AsNoTracking())
            .Include(m => m.Corrections.OrderBy(c => c.Number))
            .SingleOrDefaultAsync(m => m.Session == session.Id, cancel);

    private Task<SessionMinutes?> Of(Reference session, CancellationToken cancel) =>
        db.Set<SessionMinutes>().SingleOrDefaultAsync(m => m.Of == session, cancel);

    /// <summary>Minutes that have been presented and wait for a session to approve them.</summary>
    public async Task<IReadOnlyList<(Reference Session, LocalizedText Title)>> Waiting(CancellationToken cancel) =>
        [
            .. (
                await db.Set<SessionMinutes>()
                    .Where(m => m.State == MinutesState.Presented)
                    .Join(db.Set<Session>(), m => m.Session, s => s.Id, (m, s) => new { s.Reference, s.Title })
                    .ToListAsync(cancel)
            )
                .OrderBy(m => m.Reference.ToString(), StringComparer.Ordinal)
                .Select(m => (m.Reference, m.Title)),
        ];

    /// <summary>Makes the draft from the session's events; anew while it is a draft.</summary>
    public async Task<SessionMinutes> Draft(
        Session session,
        int? version,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        acting.RequireLead(session.Body);
        if (session.State != SessionState.Ended)
            throw new RuleViolationException("sessions.minutes.not-ended");
        var minutes = await Find(session, cancel, toEdit: true);
        if (minutes is { State: not MinutesState.Draft })
            throw new RuleViolationException("sessions.minutes.presented-already");
        var text = new MinutesDraft(session, (await sessions.Preparing(session, cancel)).Of, texts).Write();
        if (minutes is null)
            db.Add(
                minutes = new()
                {
                    Id = Guid.CreateVersion7(acting.At),
                    Session = session.Id,
                    Of = session.Reference,
                    Language = session.Language,
                    Text = text,
                }
            );
        else
        {
            PlenariaDb.RequireVersion(minutes, version ?? minutes.Version);
            minutes.Text = text;
        }
        journal.Append(
            acting,
            session.Stream,
            "sessions.minutes-drafted",
            session.Reference,
            new { sha256 = minutes.HashNow() }
        );
        await db.SaveChangesAsync(cancel);
        return minutes;
    }

    public async Task Edit(
        Session session,
        SessionMinutes minutes,
        string? text,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        acting.RequireLead(session.Body);
        minutes.DemandOpen();
        if (string.IsNullOrWhiteSpace(text))
            throw new RuleViolationException("sessions.minutes.empty");
        minutes.Text = text.ReplaceLineEndings("\n").Trim();
        journal.Append(
            acting,
            session.Stream,
            "sessions.minutes-edited",
            session.Reference,
            new { sha256 = minutes.HashNow() }
        );
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Shows them to the members that had a seat, and writes to their people.</summary>
    public async Task Present(
        Session session,
        SessionMinutes minutes,
        Uri host,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        acting.RequireLead(session.Body);
        if (minutes.State != MinutesState.Draft)
            throw new RuleViolationException("sessions.minutes.presented-already");
        (minutes.State, minutes.PresentedAt) = (MinutesState.Presented, acting.At);
        var written = await letters.Write(session, "minutes", "minutes", host, acting, cancel);
        journal.Append(
            acting,
            session.Stream,
            "sessions.minutes-presented",
            session.Reference,
            new
            {
                sha256 = minutes.HashNow(),
                letters = written.Written,
                unreached = written.Unreached.Select(m => m.ToString()),
            }
        );
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>A member that had a seat says what should be put right.</summary>
    public async Task Ask(
        Session session,
        SessionMinutes minutes,
        MemberId? by,
        string? text,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        if (!acting.CanLead(session.Body) && !session.SeatsOf(acting.Actor).Any(s => s.Member == by))
            throw new ForbiddenException(SessionsModule.TakePart);
        minutes.DemandOpen();
        if (minutes.State != MinutesState.Presented)
            throw new RuleViolationException("sessions.minutes.not-presented");
        if (string.IsNullOrWhiteSpace(text))
            throw new RuleViolationException("sessions.minutes.correction-missing");
        var correction = new Correction
        {
            Id = Guid.CreateVersion7(acting.At),
            Minutes = minutes.Id,
            Number = minutes.Corrections.Count + 1,
            By = by,
            Text = Folding.Cut(text.Trim(), Correction.TextMaxLength),
            At = acting.At,
        };
        db.Add(correction);
        journal.Append(
            acting,
            session.Stream,
            "sessions.correction-asked",
            session.Reference,
            new { number = correction.Number, text = correction.Text }
        );
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Says what became of a correction that was asked for.</summary>
    public async Task Answer(
        Session session,
        SessionMinutes minutes,
        int number,
        bool isTaken,
        string? answer,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        acting.RequireLead(session.Body);
        minutes.DemandOpen();
        var correction =
            minutes.Corrections.Find(c => c.Number == number)
            ?? throw new RuleViolationException("platform.changed-meanwhile");
        (correction.State, correction.Answer) = (
            isTaken ? CorrectionState.Taken : CorrectionState.Declined,
            string.IsNullOrWhiteSpace(answer) ? null : Folding.Cut(answer.Trim(), Correction.TextMaxLength)
        );
        journal.Append(
            acting,
            session.Stream,
            "sessions.correction-answered",
            session.Reference,
            new
            {
                number,
                taken = isTaken,
                answer = correction.Answer,
            }
        );
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Names the text that is put to the vote of a later session.</summary>
    public async Task<string> Freeze(Reference session, CancellationToken cancel) =>
        await Of(session, cancel) is { State: MinutesState.Presented } minutes
            ? minutes.HashNow()
            : throw new RuleViolationException("sessions.minutes.not-presented");

    /// <summary>Closes them with the decision that approved them. Saved by the caller.</summary>
    public async Task Approve(
        Reference reference,
        Reference resolution,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var minutes = (await Of(reference, cancel))!;
        if (minutes.State == MinutesState.Approved)
            return;
        minutes.Approve(resolution, acting.At);
        var session = await db.Set<Session>().AsNoTracking().SingleAsync(s => s.Id == minutes.Session, cancel);
        await register.Publish(
            new(
                Named(session.Reference),
                Kind,
                session.Path + "/minutes",
                LocalizedText.InEvery(
                    minutes.Language,
                    l => texts.Get(l, "sessions.minutes.of", ("session", session.Title.For(l)))
                ),
                LocalizedText.Empty
            )
            {
                Date = PartialDate.On(session.Day),
            },
            LocalizedText.Original(minutes.Language, minutes.Text),
            Audience.Public,
            cancel
        );
        journal.Append(
            acting,
            session.Stream,
            "sessions.minutes-approved",
            session.Reference,
            new { by = resolution.ToString(), sha256 = Convert.ToHexStringLower(minutes.Hash!) }
        );
    }

    /// <summary>The permanent name of a session's minutes.</summary>
    public static Reference Named(Reference session) => Reference.Parse($"{session}-M");
}
