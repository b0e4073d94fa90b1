using Microsoft.EntityFrameworkCore;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;
using Plenaria.Sessions.Wording;

namespace Plenaria.Sessions.Consultations;

/// <summary>Prepares consultations, asks members, and keeps what they say and what they are answered.</summary>
internal sealed class ConsultationStore(
    PlenariaDb db,
    Journal journal,
    Register register,
    Network network,
    IMembers members,
    MemberLetters letters
)
{
    public const string Kind = "consultation",
        ReferenceLetter = "C";
    private const int MostComments = 50;

    public Task<Consultation?> Find(string? reference, CancellationToken cancel, bool toEdit = false) =>
        !Reference.TryParse(reference ?? "", null, out var parsed)
            ? Task.FromResult<Consultation?>(null)
            : (toEdit ? db.Set<Consultation>() : db.Set<Consultation>().AsNoTracking())
                .Include(c => c.Versions.OrderBy(v => v.Number))
                .Include(c => c.Asked)
                .AsSplitQuery()
                .SingleOrDefaultAsync(c => c.Reference == parsed, cancel);

    /// <summary>What was said about a draft, oldest first.</summary>
    public Task<List<Comment>> Comments(Consultation consultation, CancellationToken cancel) =>
        db.Set<Comment>()
            .AsNoTracking()
            .Where(c => c.Consultation == consultation.Id)
            .OrderBy(c => c.At)
            .ThenBy(c => c.Id)
            .ToListAsync(cancel);

    /// <summary>A draft with the next number of the year. Saved by <see cref="Change"/>.</summary>
    public async Task<Consultation> New(
        LocalizedText title,
        DateOnly until,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var (prefix, year) = ((await network.Profile(cancel)).Prefix, acting.At.UtcDateTime.Year);
        var reference = await db.Set<Consultation>()
            .Select(c => c.Reference)
            .NextAsync(number => Reference.Of(prefix, ReferenceLetter, $"{year:0000}", $"{number:00}"), cancel);
        var consultation = new Consultation
        {
            Id = Guid.CreateVersion7(acting.At),
            Reference = reference,
            Title = title,
            Until = until,
        };
        db.Add(consultation);
        return consultation;
    }

    /// <summary>Changes what it is, before its opening; after it, the version that is being written.</summary>
    public async Task Change(
        Consultation consultation,
        string act,
        OperationContext acting,
        Action change,
        CancellationToken cancel
    )
    {
        acting.Require(SessionsModule.Network);
        if (consultation.State == ConsultationState.Closed)
            throw new RuleViolationException("consultations.not-open");
        change();
        if (consultation.Title.IsEmpty)
            throw new RuleViolationException("sessions.title-missing");
        Track(consultation);
        Tell(
            consultation,
            act,
            acting,
            new
            {
                title = consultation.Title.ToString(),
                until = $"{consultation.Until:O}",
                version = consultation.Next?.Number,
                text = consultation.Next?.Text.ToString(),
            }
        );
        await db.SaveChangesAsync(cancel);
    }

    public async Task Ask(
        Consultation consultation,
        MemberLine member,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        DemandDraft(consultation, acting);
        if (consultation.Asked.Exists(a => a.Member == member.Id))
            return;
        consultation.AsksAll = false;
        Add(consultation, member);
        Tell(consultation, "sessions.consultation-asked", acting, new { member = member.Id });
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Asks one member no more; without a member, all are asked.</summary>
    public async Task Unask(
        Consultation consultation,
        MemberId? member,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        DemandDraft(consultation, acting);
        consultation.Asked.RemoveAll(a => member is null || a.Member == member);
        consultation.AsksAll = member is null;
        Tell(
            consultation,
            "sessions.consultation-asked",
            acting,
            new { all = consultation.AsksAll, left = consultation.Asked.Count }
        );
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Publishes the first version and writes to everybody that is asked.</summary>
    /// <param name="host">The address that the links are built on.</param>
    public async Task Open(Consultation consultation, Uri host, OperationContext acting, CancellationToken cancel)
    {
        DemandDraft(consultation, acting);
        if (consultation.AsksAll)
            foreach (var member in await members.Present(null, cancel))
                Add(consultation, member);
        consultation.Open(acting.At);
        var asked = await FindAskedAsync(consultation, acting, cancel);
        var written = await Write(consultation, asked, "asked", host, cancel);
        await Publish(consultation, cancel);
        Tell(
            consultation,
            "sessions.consultation-opened",
            acting,
            new
            {
                asked = consultation.Asked.Count,
                letters = written.Written,
                unreached = written.Unreached.Select(m => m.ToString()),
                until = $"{consultation.Until:O}",
                sha256 = consultation.Current!.Sha256,
            }
        );
        await db.SaveChangesAsync(cancel);
    }

    /// <exception cref="RuleViolationException">Comments are no longer taken, there is no such paragraph, nothing is
    /// said, or this
    /// member has said enough.</exception>
    public async Task<Comment> Say(
        Consultation consultation,
        int paragraph,
        LocalizedText text,
        MemberId? by,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        if (
            by is not { } member
            || !consultation.Asked.Exists(a => a.Member == member)
            || !(acting.Actor.Represents.Contains(member) || acting.Can(SessionsModule.Network))
        )
            throw new ForbiddenException(SessionsModule.TakePart);
        if (text.IsEmpty)
            throw new RuleViolationException("consultations.comment-missing");
        Comment? comment = null;
        await db.InTransactionAsync(
            async () =>
            {
                await Turn(consultation, cancel);
                if (!consultation.Takes(acting.At))
                    throw new RuleViolationException("consultations.over");
                var current = consultation.Current!;
                if (Passages.Of(current.Text.ToString()).Count is var most && (paragraph < 0 || paragraph > most))
                    throw new RuleViolationException(
                        "sessions.no-such-paragraph",
                        ("number", paragraph),
                        ("most", most)
                    );
                if (
                    await db.Set<Comment>()
                        .CountAsync(
                            c => c.Consultation == consultation.Id && c.Of == current.Number && c.By == member,
                            cancel
                        ) >= MostComments
                )
                    throw new RuleViolationException("consultations.too-many", ("most", MostComments));
                comment = new Comment
                {
                    Id = Guid.CreateVersion7(acting.At),
                    Consultation = consultation.Id,
                    Of = current.Number,
                    Paragraph = paragraph,
                    Text = text,
                    By = member,
                    At = acting.At,
                };
                db.Add(comment);
                Tell(
                    consultation,
                    "sessions.commented",
                    acting,
                    new
                    {
                        version = comment.Of,
                        paragraph,
                        member,
                        text = text.ToString(),
                    }
                );
                await db.SaveChangesAsync(cancel);
            },
            cancel
        );
        return comment!;
    }

    /// <summary>Takes a comment back, while it is not answered.</summary>
    public async Task TakeBack(Consultation consultation, Guid id, OperationContext acting, CancellationToken cancel)
    {
        var comment = await Comment(consultation, id, cancel);
        if (!acting.Actor.Represents.Contains(comment.By))
            throw new ForbiddenException(SessionsModule.TakePart);
        if (comment.AnsweredAt is not null || consultation.State != ConsultationState.Open)
            throw new RuleViolationException("consultations.answered-already");
        db.Remove(comment);
        Tell(
            consultation,
            "sessions.comment-taken-back",
            acting,
            new
            {
                version = comment.Of,
                paragraph = comment.Paragraph,
                member = comment.By,
            }
        );
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Says what becomes of a comment, and why; may be said again while the consultation is open.</summary>
    /// <param name="version">The state of the comment that was read.</param>
    /// <param name="reword">From the answer as it stands to the one that is meant.</param>
    public async Task Answer(
        Consultation consultation,
        Guid id,
        int version,
        Verdict verdict,
        Func<LocalizedText, LocalizedText> reword,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        acting.Require(SessionsModule.Network);
        if (consultation.State != ConsultationState.Open)
            throw new RuleViolationException("consultations.not-open");
        var comment = await Comment(consultation, id, cancel);
        PlenariaDb.RequireVersion(comment, version);
        comment.Answer = reword(comment.Answer);
        if (verdict != Verdict.Noted && comment.Answer.IsEmpty)
            throw new RuleViolationException("consultations.answer-missing");
        (comment.Verdict, comment.AnsweredAt) = (verdict, acting.At);
        Tell(
            consultation,
            "sessions.comment-answered",
            acting,
            new
            {
                version = comment.Of,
                paragraph = comment.Paragraph,
                member = comment.By,
                verdict = verdict.ToString(),
                answer = comment.Answer.ToString(),
            }
        );
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Ends a round, once every comment has its answer; everybody that was asked is told.</summary>
    /// <param name="again">The last day of another round about the next version; no more rounds when null.</param>
    public async Task EndRound(
        Consultation consultation,
        DateOnly? again,
        Uri host,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        acting.Require(SessionsModule.Network);
        var asked = await FindAskedAsync(consultation, acting, cancel);
        await db.InTransactionAsync(
            async () =>
            {
                await Turn(consultation, cancel);
                if (
                    await db.Set<Comment>()
                        .CountAsync(c => c.Consultation == consultation.Id && c.AnsweredAt == null, cancel)
                    is > 0
                        and var open
                )
                    throw new RuleViolationException("consultations.unanswered", ("count", open));
                consultation.EndRound(again, acting.At);
                var written = await Write(consultation, asked, again is null ? "closed" : "again", host, cancel);
                await Publish(consultation, cancel);
                Tell(
                    consultation,
                    again is null ? "sessions.consultation-closed" : "sessions.consultation-again",
                    acting,
                    new
                    {
                        version = consultation.Current!.Number,
                        sha256 = consultation.Current.Sha256,
                        until = $"{consultation.Until:O}",
                        letters = written.Written,
                        unreached = written.Unreached.Select(m => m.ToString()),
                    }
                );
                await db.SaveChangesAsync(cancel);
            },
            cancel
        );
    }

    // Whoever speaks and whoever ends a round take turns: no comment is left behind without its answer.
    private async Task Turn(Consultation consultation, CancellationToken cancel)
    {
        if (!db.IsSqlite)
            await db.Database.ExecuteSqlAsync(
                $"SELECT 1 FROM sessions_consultations WHERE id = {consultation.Id} FOR UPDATE",
                cancel
            );
        if (
            await db.Set<Consultation>().Where(c => c.Id == consultation.Id).Select(c => c.Version).SingleAsync(cancel)
            != consultation.Version
        )
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    private async Task<Comment> Comment(Consultation consultation, Guid id, CancellationToken cancel) =>
        await db.Set<Comment>().SingleOrDefaultAsync(c => c.Consultation == consultation.Id && c.Id == id, cancel)
        ?? throw new RuleViolationException("platform.changed-meanwhile");

    private void Add(Consultation consultation, MemberLine member)
    {
        var asked = new AskedMember
        {
            Consultation = consultation.Id,
            Member = member.Id,
            Name = member.Name,
        };
        consultation.Asked.Add(asked);
        db.Entry(asked).State = EntityState.Added;
    }

    // A version that was begun on an entity read before: said, so that it is inserted and not updated.
    private void Track(Consultation consultation)
    {
        if (db.Entry(consultation).State == EntityState.Added)
            return;
        if (consultation.Next is { } next && db.Entry(next).State == EntityState.Detached)
            db.Entry(next).State = EntityState.Added;
        if (db.Entry(consultation).State == EntityState.Unchanged)
            db.Entry(consultation).Property(c => c.Until).IsModified = true;
    }

    private Task<IReadOnlyList<Addressee>> FindAskedAsync(
        Consultation consultation,
        OperationContext acting,
        CancellationToken cancel
    ) => letters.FindAddresseesAsync(consultation.Asked.Select(a => (a.Member, a.Name)), acting.At, cancel);

    private Task<LettersResult> Write(
        Consultation consultation,
        IReadOnlyList<Addressee> asked,
        string letter,
        Uri host,
        CancellationToken cancel
    ) =>
        letters.Write(
            asked,
            $"consultations.mail.{letter}",
            reader =>
                [
                    ("title", consultation.Title.For(reader)),
                    ("until", PartialDate.On(consultation.Until).For(reader)),
                    ("version", consultation.Current!.Number),
                    ("link", new Uri(host, $"/{reader}{consultation.Path}")),
                ],
            cancel
        );

    private Task Publish(Consultation consultation, CancellationToken cancel) =>
        register.Publish(
            new(consultation.Reference, Kind, consultation.Path, consultation.Title, consultation.Introduction)
            {
                Date = PartialDate.On(DateOnly.FromDateTime(consultation.OpenedAt!.Value.UtcDateTime)),
                Texts = [consultation.Title, consultation.Introduction, consultation.Current!.Text],
            },
            consultation.Current.Text,
            Audience.Public,
            cancel
        );

    private static void DemandDraft(Consultation consultation, OperationContext acting)
    {
        acting.Require(SessionsModule.Network);
        if (consultation.State != ConsultationState.Draft)
            throw new RuleViolationException("consultations.open-already");
    }

    private void Tell(Consultation consultation, string act, OperationContext acting, object what) =>
        journal.Append(acting, consultation.Stream, act, consultation.Reference, what);
}
