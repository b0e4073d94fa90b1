using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Sessions;

/// <summary>Moves motions and changes their wording while that is still allowed.</summary>
internal sealed class MotionStore(PlenariaDb db, Journal journal)
{
    /// <summary>A motion of a member with a seat, or of the Secretariat (<paramref name="by"/> null).</summary>
    public async Task<Motion> Move(Session session, LocalizedText title, LocalizedText text, MemberId? by, string decision, Guid? item, Acting acting, CancellationToken cancel)
    {
        Demand(session, by, acting);
        if (session.State == SessionState.Ended)
            throw new RuleBroken("sessions.ended");
        if (title.IsEmpty)
            throw new RuleBroken("sessions.motion-title-missing");
        if (!session.Rules.Decisions.ContainsKey(decision))
            throw new RuleBroken("ballots.decision-unknown", ("decision", decision), ("known", string.Join(", ", session.Rules.Decisions.Keys)));
        var motion = new Motion { Id = Guid.CreateVersion7(acting.When), Session = session.Id, Number = session.Motions.Select(m => m.Number).DefaultIfEmpty(0).Max() + 1, Title = title, Text = text, By = by, Decision = decision, Item = item, State = MotionState.Submitted };
        session.Motions.Add(motion);
        db.Entry(motion).State = EntityState.Added;
        journal.Record(acting, session.Stream, "sessions.motion-moved", session.Reference, new { number = motion.Number, title = title.ToString(), text = text.ToString(), decision });
        await db.SaveChangesAsync(cancel);
        return motion;
    }

    /// <summary>Changes a motion that is not yet put to the vote, for whoever moved it or the desk.</summary>
    public async Task Change(Session session, Motion motion, string act, Acting acting, Action change, CancellationToken cancel)
    {
        Demand(session, motion.By, acting);
        if (motion.State != MotionState.Submitted)
            throw new RuleBroken("sessions.motion-decided");
        if (session.Log.OpenVote?.Motion == motion.Id)
            throw new RuleBroken("sessions.vote-running");
        change();
        if (motion.Title.IsEmpty)
            throw new RuleBroken("sessions.motion-title-missing");
        journal.Record(acting, session.Stream, act, session.Reference, new { number = motion.Number, title = motion.Title.ToString(), text = motion.Text.ToString(), state = motion.State.ToString(), decision = motion.Decision });
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Whether somebody may move for a member, or change what it moved.</summary>
    public static bool May(Session session, MemberId? by, Acting acting) =>
        acting.May(SessionsModule.Prepare) || by is { } member && acting.Who.Represents.Contains(member) && session.Seats.Exists(s => s.Member == member && !s.IsObserver);

    private static void Demand(Session session, MemberId? by, Acting acting)
    {
        if (!May(session, by, acting))
            throw new NotAllowed(SessionsModule.Prepare);
    }
}
