using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Decisions;
using Plenaria.Platform.Journal;
using Plenaria.Sessions.Minutes;
using Plenaria.Sessions.Wording;

namespace Plenaria.Sessions;

/// <summary>
/// A motion as it is moved. <paramref name="By"/> is null for the Secretariat, which alone says what it decides about
/// and what it orders.
/// </summary>
internal sealed record MotionDraft(
    LocalizedText Title,
    LocalizedText Text,
    LocalizedText Reason,
    MemberId? By,
    string Decision,
    Guid? Item = null
)
{
    public Reference? About { get; init; }
    public string? Deciding { get; init; }
    public IReadOnlyList<Reference> Mandates { get; init; } = [];
    public Reference? Consultation { get; init; }
}

/// <summary>Moves motions and amendments, and changes their wording while that is still allowed.</summary>
internal sealed class MotionStore(
    PlenariaDb db,
    Journal journal,
    SessionStore sessions,
    DecidableService decidables,
    VotingRights rights
)
{
    public async Task<Motion> Move(
        Session session,
        MotionDraft moved,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        await DemandAsync(session, moved.By, acting, cancel);
        if (session.State is SessionState.Ended or SessionState.Cancelled)
            throw new RuleViolationException("sessions.ended");
        await DemandSubjectAsync(session, moved, acting, cancel);
        if (moved.Title.IsEmpty)
            throw new RuleViolationException("sessions.motion-title-missing");
        if (!session.Rules.Decisions.ContainsKey(moved.Decision))
            throw new RuleViolationException(
                "ballots.decision-unknown",
                ("decision", moved.Decision),
                ("known", string.Join(", ", session.Rules.Decisions.Keys))
            );
        var motion = new Motion
        {
            Id = Guid.CreateVersion7(acting.At),
            Session = session.Id,
            Number = session.Motions.Select(m => m.Number).DefaultIfEmpty(0).Max() + 1,
            Title = moved.Title,
            Text = moved.Text,
            Reason = moved.Reason,
            By = moved.By,
            Decision = moved.Decision,
            Item = session.Agenda.Find(i => i.Id == moved.Item)?.Id,
            State = MotionState.Submitted,
            About = moved.About,
            Deciding = moved.Deciding,
            Mandates = [.. moved.Mandates],
            Consultation = moved.Consultation,
        };
        session.Motions.Add(motion);
        db.Entry(motion).State = EntityState.Added;
        journal.Append(
            acting,
            session.Stream,
            "sessions.motion-moved",
            session.Reference,
            new
            {
                number = motion.Number,
                title = motion.Title.ToString(),
                text = motion.Text.ToString(),
                decision = motion.Decision,
                about = motion.About?.ToString(),
                deciding = motion.Deciding,
                mandates = motion.Mandates.Select(m => m.ToString()),
                consultation = motion.Consultation?.ToString(),
            }
        );
        await db.SaveChangesAsync(cancel);
        return motion;
    }

    /// <summary>Changes a motion that is not yet put to the vote, for whoever moved it or the desk.</summary>
    public async Task Change(
        Session session,
        Motion motion,
        string act,
        OperationContext acting,
        Action change,
        CancellationToken cancel
    )
    {
        await DemandAsync(session, motion.By, acting, cancel);
        DemandUndecided(session, motion);
        var before = motion.Text;
        change();
        if (motion.Title.IsEmpty)
            throw new RuleViolationException("sessions.motion-title-missing");
        // What the members changed, or are deciding on, is no longer the mover's to reword.
        if (!motion.Text.Equals(before) && (motion.Included().Any() || session.Log.OpenVote?.Motion == motion.Id))
            throw new RuleViolationException("sessions.motion-amended");
        motion.FollowParagraphs();
        journal.Append(
            acting,
            session.Stream,
            act,
            session.Reference,
            new
            {
                number = motion.Number,
                title = motion.Title.ToString(),
                text = motion.Text.ToString(),
                state = motion.State.ToString(),
                decision = motion.Decision,
            }
        );
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Asks for a change of one paragraph of a motion, or for other words in an open amendment.</summary>
    /// <param name="changes">The amendment it would reword; its own kind and paragraph are then what counts.</param>
    /// <exception cref="RuleViolationException">There is no such paragraph, nothing would change, or the motion is
    /// decided or being
    /// voted on.</exception>
    public async Task<Amendment> Amend(
        Session session,
        Motion motion,
        ChangeKind kind,
        int paragraph,
        LocalizedText text,
        LocalizedText reason,
        MemberId? by,
        OperationContext acting,
        CancellationToken cancel,
        Amendment? changes = null
    )
    {
        await DemandAsync(session, by, acting, cancel);
        DemandUndecided(session, motion);
        if (changes is not null)
        {
            DemandAmendable(session, changes);
            (kind, paragraph) = (ChangeKind.Replace, changes.Paragraph);
        }
        var paragraphs = Passages.Of(motion.Text.ToString());
        if (changes is null && (paragraph > paragraphs.Count || paragraph < (kind == ChangeKind.Insert ? 0 : 1)))
            throw new RuleViolationException(
                "sessions.no-such-paragraph",
                ("number", paragraph),
                ("most", paragraphs.Count)
            );
        if (kind != ChangeKind.Delete && text.IsEmpty)
            throw new RuleViolationException("sessions.amendment-text-missing");
        var was = changes?.Text.ToString() ?? (paragraph == 0 ? "" : paragraphs[paragraph - 1]);
        var amendment = new Amendment
        {
            Id = Guid.CreateVersion7(acting.At),
            Motion = motion.Id,
            Number = motion.Amendments.Select(a => a.Number).DefaultIfEmpty(0).Max() + 1,
            Kind = kind,
            Paragraph = paragraph,
            Was = was,
            Text = kind == ChangeKind.Delete ? LocalizedText.Empty : text,
            Reason = reason,
            By = by,
            Under = changes?.Id,
        };
        if (
            kind == ChangeKind.Replace
            && amendment.InOriginal((changes?.Text ?? motion.Text).Source ?? Language.English).Text == was
        )
            throw new RuleViolationException("sessions.amendment-changes-nothing");
        motion.Amendments.Add(amendment);
        db.Entry(amendment).State = EntityState.Added;
        Tell(session, motion, amendment, "sessions.amendment-moved", acting);
        await db.SaveChangesAsync(cancel);
        return amendment;
    }

    /// <summary>
    /// An open amendment is withdrawn by whoever moved it, or taken over by whoever moved the motion.
    /// </summary>
    public async Task Settle(
        Session session,
        Motion motion,
        Amendment amendment,
        AmendmentState to,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        await DemandAsync(
            session,
            to == AmendmentState.TakenOver ? motion.MoverOf(amendment) : amendment.By,
            acting,
            cancel
        );
        DemandUndecided(session, motion);
        if (amendment.State != AmendmentState.Submitted)
            throw new RuleViolationException("sessions.amendment-decided");
        // One that is taken over must stand beside whatever the running vote adopts.
        if (
            session.Log.OpenVote is { } vote
            && (
                vote.Amendment == amendment.Id
                || motion.Amendments.Exists(a => a.Id == vote.Amendment && a.Under == amendment.Id)
                || to == AmendmentState.TakenOver && vote.Motion == motion.Id
            )
        )
            throw new RuleViolationException("sessions.vote-running");
        if (to == AmendmentState.TakenOver && motion.IsAdrift(amendment))
            throw new RuleViolationException("sessions.amendment-adrift", ("number", amendment.Number));
        if (
            to == AmendmentState.TakenOver
            && motion
                .Amendments.Where(a => a.Under == amendment.Id && a.State == AmendmentState.Submitted)
                .Select(a => a.Number)
                .ToList()
                is { Count: > 0 } open
        )
            throw new RuleViolationException("sessions.amendments-first", ("numbers", string.Join(", ", open)));
        amendment.State = to;
        if (to == AmendmentState.TakenOver)
            motion.Revise(amendment);
        Tell(
            session,
            motion,
            amendment,
            to == AmendmentState.TakenOver ? "sessions.amendment-taken-over" : "sessions.amendment-withdrawn",
            acting,
            motion.Fell()
        );
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Brings a motion back that was withdrawn, while its session can still vote on it.</summary>
    public async Task ReinstateAsync(Session session, Motion motion, OperationContext acting, CancellationToken cancel)
    {
        await DemandAsync(session, motion.By, acting, cancel);
        if (session.State is SessionState.Ended or SessionState.Cancelled)
            throw new RuleViolationException("sessions.ended");
        if (motion.State != MotionState.Withdrawn)
            throw new RuleViolationException("platform.changed-meanwhile");
        motion.State = MotionState.Submitted;
        journal.Append(
            acting,
            session.Stream,
            "sessions.motion-reinstated",
            session.Reference,
            new { number = motion.Number, title = motion.Title.ToString() }
        );
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>
    /// Brings an amendment back that was withdrawn, and those that fell with it, while all of them can still be voted
    /// on.
    /// </summary>
    public async Task ReinstateAsync(
        Session session,
        Motion motion,
        Amendment amendment,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        await DemandAsync(session, amendment.By, acting, cancel);
        DemandUndecided(session, motion);
        if (session.State is SessionState.Ended or SessionState.Cancelled)
            throw new RuleViolationException("sessions.ended");
        if (session.Log.OpenVote?.Motion == motion.Id)
            throw new RuleViolationException("sessions.vote-running");
        if (amendment.State != AmendmentState.Withdrawn)
            throw new RuleViolationException("platform.changed-meanwhile");
        var fallen = await FindFallenAsync(session, motion, amendment, cancel);
        foreach (var back in motion.Amendments.Where(a => a == amendment || fallen.Contains(a.Number)))
            back.State = AmendmentState.Submitted;
        // What was adopted or taken over meanwhile may leave no place for it.
        if (motion.Fell() is not null)
            throw new RuleViolationException("sessions.amendment-cannot-stand", ("number", amendment.Number));
        Tell(session, motion, amendment, "sessions.amendment-reinstated", acting);
        await db.SaveChangesAsync(cancel);
    }

    // By the journal: which amendments fell when this one was withdrawn.
    private async Task<IReadOnlySet<int>> FindFallenAsync(
        Session session,
        Motion motion,
        Amendment amendment,
        CancellationToken cancel
    ) =>
        (await journal.Read(session.Stream, int.MaxValue, cancel))
            .Where(l => l.Act == "sessions.amendment-withdrawn")
            .Select(l => l.What)
            .OfType<JsonElement>()
            .FirstOrDefault(what =>
                what.GetProperty("motion").GetInt32() == motion.Number
                && what.GetProperty("number").GetInt32() == amendment.Number
            )
            is { ValueKind: JsonValueKind.Object } last
        && last.GetProperty("fallen") is { ValueKind: JsonValueKind.Array } fallen
            ? fallen.EnumerateArray().Select(f => f.GetInt32()).ToHashSet()
            : new HashSet<int>();

    private void Tell(
        Session session,
        Motion motion,
        Amendment amendment,
        string act,
        OperationContext acting,
        IReadOnlyList<int>? fallen = null
    ) =>
        journal.Append(
            acting,
            session.Stream,
            act,
            session.Reference,
            new
            {
                motion = motion.Number,
                number = amendment.Number,
                under = motion.Amendments.Find(a => a.Id == amendment.Under)?.Number,
                fallen,
                kind = amendment.Kind.ToString(),
                paragraph = amendment.Paragraph,
                was = amendment.Was,
                text = amendment.Text.ToString(),
            }
        );

    /// <summary>Whether somebody may move for a member, or change what it moved.</summary>
    /// <param name="votesFor">The members whose vote they may cast: a motion is the member's act, as a vote is.</param>
    public static bool May(Session session, IReadOnlySet<MemberId> votesFor, MemberId? by, OperationContext acting) =>
        acting.CanLead(session.Body) || by is { } member && votesFor.Contains(member);

    /// <summary>
    /// For whom a form moves: who was chosen in it; else, of somebody who does not prepare the session, the first they
    /// act for.
    /// </summary>
    public static MemberId? For(Session session, Guid? chosen, IReadOnlyList<Seat> own, OperationContext acting) =>
        chosen is { } id ? new(id)
        : own.Count > 0 && !acting.CanLead(session.Body) ? own[0].Member
        : null;

    /// <summary>
    /// What a motion of this session may decide about, for whoever prepares it: of an office, the minutes of its
    /// earlier sessions alone.
    /// </summary>
    public async Task<IReadOnlyList<(DecidableDeclaration Decidable, DecidableRecord Record)>> ListSubjectsAsync(
        Session session,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var isSecretariat = acting.Can(SessionsModule.Network);
        var own = await sessions.FindReferencesAsync(session.Body, cancel);
        return
        [
            // A session does not approve its own minutes.
            .. (await decidables.ListAsync(cancel)).Where(w =>
                w.Record.About != session.Reference
                && (isSecretariat || w.Decidable.Key == MinutesApproval.Key && own.Contains(w.Record.About))
            ),
        ];
    }

    // What concerns the network's records is the Secretariat's to put; any body approves the minutes of its own.
    private async Task DemandSubjectAsync(
        Session session,
        MotionDraft moved,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        if (moved is { About: null, Consultation: null, Mandates.Count: 0 })
            return;
        var isOwnMinutes =
            moved is { Deciding: MinutesApproval.Key, Consultation: null, Mandates.Count: 0 }
            && acting.CanLead(session.Body)
            && moved.About is { } about
            && (await sessions.FindReferencesAsync(session.Body, cancel)).Contains(about);
        if (!isOwnMinutes)
            acting.Require(SessionsModule.Network);
    }

    private async Task DemandAsync(Session session, MemberId? by, OperationContext acting, CancellationToken cancel)
    {
        if (May(session, await rights.FindAsync(session, acting.Actor, cancel), by, acting))
            return;
        if (session.SeatsOf(acting.Actor).Any(s => by is null || s.Member == by))
            throw new RuleViolationException("sessions.not-delegate");
        throw new ForbiddenException(SessionsModule.Prepare);
    }

    // One that deletes has no words; one that changes another would lead to ever smaller ones.
    private static void DemandAmendable(Session session, Amendment amendment)
    {
        if (amendment.State != AmendmentState.Submitted)
            throw new RuleViolationException("sessions.amendment-decided");
        if (amendment.Kind == ChangeKind.Delete || amendment.Under is not null)
            throw new RuleViolationException("sessions.amendment-not-amendable", ("number", amendment.Number));
        if (session.Log.OpenVote?.Amendment == amendment.Id)
            throw new RuleViolationException("sessions.vote-running");
    }

    private static void DemandUndecided(Session session, Motion motion)
    {
        if (motion.State != MotionState.Submitted)
            throw new RuleViolationException("sessions.motion-decided");
        if (session.Log.OpenVote is { Amendment: null } vote && vote.Motion == motion.Id)
            throw new RuleViolationException("sessions.vote-running");
    }
}
