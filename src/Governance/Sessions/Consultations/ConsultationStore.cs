using Microsoft.EntityFrameworkCore;
using Plenaria.Comments;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;

namespace Plenaria.Sessions.Consultations;

/// <summary>Prepares consultations, asks members, and keeps what they say and what they are answered.</summary>
internal sealed class ConsultationStore(
    PlenariaDb db,
    Journal journal,
    Register register,
    Network network,
    IMembers members,
    MemberLetters letters,
    CommentService comments
)
{
    public const string Kind = "consultation",
        ReferenceLetter = "C";

    public Task<Consultation?> Find(string? reference, CancellationToken cancel, bool toEdit = false) =>
        !Reference.TryParse(reference ?? "", null, out var parsed)
            ? Task.FromResult<Consultation?>(null)
            : Query(toEdit).SingleOrDefaultAsync(c => c.Reference == parsed, cancel);

    public Task<Consultation?> FindAsync(Guid id, CancellationToken cancel) =>
        Query(toEdit: false).SingleOrDefaultAsync(c => c.Id == id, cancel);

    private IQueryable<Consultation> Query(bool toEdit) =>
        (toEdit ? db.Set<Consultation>() : db.Set<Consultation>().AsNoTracking())
            .Include(c => c.Versions.OrderBy(v => v.Number))
            .Include(c => c.Asked)
            .AsSplitQuery();

    /// <summary>What was said about a draft and not taken back, oldest first.</summary>
    public async Task<List<ConsultationComment>> Comments(Consultation consultation, CancellationToken cancel)
    {
        var answers = await db.Set<CommentAnswer>()
            .AsNoTracking()
            .Where(a => a.Consultation == consultation.Id)
            .ToDictionaryAsync(a => a.Comment, cancel);
        return
        [
            .. (await comments.ListAsync(consultation.Id, cancel))
                .Where(c => c.WithdrawnAt is null)
                .Select(c => new ConsultationComment(c, answers.GetValueOrDefault(c.Id))),
        ];
    }

    /// <summary>Comments that can be read, were not taken back, and have no answer yet.</summary>
    public IQueryable<PostedComment> QueryUnanswered() =>
        comments
            .Query()
            .Where(c =>
                c.WithdrawnAt == null && c.HiddenAt == null && !db.Set<CommentAnswer>().Any(a => a.Comment == c.Id)
            );

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
    /// said, or this member has said enough.</exception>
    public Task<PostedComment> Say(
        Consultation consultation,
        int paragraph,
        LocalizedText text,
        MemberId? by,
        OperationContext acting,
        CancellationToken cancel
    ) =>
        comments.PostAsync(
            ConsultationDiscussions.Kind,
            consultation.Id,
            new(text, paragraph) { Member = by },
            acting,
            cancel
        );

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
        await db.InTransactionAsync(
            async () =>
            {
                // Whoever takes a comment back meanwhile, or answers it too, waits for its turn.
                await LockAsync(consultation.Id, cancel);
                var comment =
                    await comments
                        .Query()
                        .SingleOrDefaultAsync(
                            c => c.Record == consultation.Id && c.Id == id && c.WithdrawnAt == null,
                            cancel
                        )
                    ?? throw new RuleViolationException("platform.changed-meanwhile");
                var answer = await db.Set<CommentAnswer>().SingleOrDefaultAsync(a => a.Comment == id, cancel);
                if (new ConsultationComment(comment, answer).Version != version)
                    throw new RuleViolationException("platform.changed-meanwhile");
                var text = reword(answer?.Text ?? LocalizedText.Empty);
                if (verdict != Verdict.Noted && text.IsEmpty)
                    throw new RuleViolationException("consultations.answer-missing");
                if (answer is null)
                    db.Add(
                        new CommentAnswer
                        {
                            Comment = id,
                            Consultation = consultation.Id,
                            Verdict = verdict,
                            Text = text,
                            At = acting.At,
                        }
                    );
                else
                    (answer.Verdict, answer.Text, answer.At) = (verdict, text, acting.At);
                Tell(
                    consultation,
                    "sessions.comment-answered",
                    acting,
                    new
                    {
                        version = comment.TextVersion,
                        paragraph = comment.Paragraph,
                        member = comment.Member,
                        verdict = verdict.ToString(),
                        answer = text.ToString(),
                    }
                );
                await db.SaveChangesAsync(cancel);
            },
            cancel
        );
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
                if (await QueryUnanswered().CountAsync(c => c.Record == consultation.Id, cancel) is > 0 and var open)
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

    private async Task Turn(Consultation consultation, CancellationToken cancel)
    {
        await LockAsync(consultation.Id, cancel);
        if (
            await db.Set<Consultation>().Where(c => c.Id == consultation.Id).Select(c => c.Version).SingleAsync(cancel)
            != consultation.Version
        )
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    // Whoever speaks, answers and ends a round take turns: no comment is left behind without its answer.
    public async Task LockAsync(Guid consultation, CancellationToken cancel)
    {
        if (!db.IsSqlite)
            await db.Database.ExecuteSqlAsync(
                $"SELECT 1 FROM sessions_consultations WHERE id = {consultation} FOR UPDATE",
                cancel
            );
    }

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
    ) =>
        letters.FindAddresseesAsync(
            consultation.Asked.Select(a => (a.Member, a.Name)),
            acting.At,
            cancel,
            MemberLetters.ConsultationKind
        );

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
