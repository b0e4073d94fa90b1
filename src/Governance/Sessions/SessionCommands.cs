using System.Security.Cryptography;
using Plenaria.Ballots;
using Plenaria.Ballots.Rules;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;
using Plenaria.Sessions.Live;
using Plenaria.Sessions.Wording;

namespace Plenaria.Sessions;

/// <summary>How many voices there are, and of which kind, at one moment.</summary>
internal sealed record Voices(Counted All, Dictionary<string, Counted> Classes);

/// <summary>
/// What may happen in a session, and what it leads to: presence, proxies, floor, votes. Each act is one event or is
/// refused.
/// </summary>
internal sealed class SessionCommands(
    SessionStore sessions,
    SessionCache snapshots,
    PlenariaDb db,
    IBallots ballots,
    Adoption adoption,
    VotingRights rights,
    Localizer texts
)
{
    public static readonly string[] Options = ["yes", "no", "abstain"];

    /// <summary>The mark of one vote, for a form that a browser without scripts sends.</summary>
    public static string NewTracker() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(10));

    /// <summary>Voices on the roll, there, and represented by somebody who is there.</summary>
    public static Voices VoicesOf(Session session)
    {
        var log = session.Log;
        bool IsRepresented(Seat s) =>
            !log.IsPresent(s.Member.Value) && log.HolderOf(s.Member.Value) is { } holder && log.IsPresent(holder);
        Counted Of(IEnumerable<Seat> seats)
        {
            var voting = seats.Where(s => !s.IsObserver).ToList();
            return new()
            {
                Entitled = voting.Sum(s => s.Weight),
                Present = voting.Where(s => log.IsPresent(s.Member.Value)).Sum(s => s.Weight),
                Represented = voting.Where(IsRepresented).Sum(s => s.Weight),
            };
        }
        return new(
            Of(session.Seats),
            session.Seats.GroupBy(s => s.Class).OrderBy(g => g.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, Of)
        );
    }

    /// <summary>The quorum of a call, condition by condition, as it stands now.</summary>
    public static IReadOnlyList<Measured> Quorum(Session session, int call) =>
        VoicesOf(session) is var voices ? session.Rules.Quorum(call, voices.All, voices.Classes) : [];

    /// <summary>
    /// The members for which one of these may vote now: itself, and those that gave it their voice and are not there.
    /// </summary>
    public static IReadOnlyList<Seat> VoicesHeldBy(Session session, IReadOnlySet<MemberId> own) =>
        [
            .. session.Seats.Where(s =>
                !s.IsObserver
                && (
                    own.Contains(s.Member) && session.Log.IsPresent(s.Member.Value)
                    || !session.Log.IsPresent(s.Member.Value)
                        && session.Log.HolderOf(s.Member.Value) is { } holder
                        && own.Contains(new(holder))
                        && session.Log.IsPresent(holder)
                )
            ),
        ];

    /// <summary>
    /// Opens the session at the first call, or calls again. Without a quorum the call is written down, and the session
    /// stays closed.
    /// </summary>
    public Task Call(string reference, OperationContext acting, CancellationToken cancel) =>
        ConductAsync(
            reference,
            acting,
            session =>
            {
                if (session.State is SessionState.Draft)
                    throw new RuleViolationException("sessions.not-convened");
                if (session.State is not SessionState.Convened)
                    throw new RuleViolationException("sessions.begun-already");
                session.DemandDay(acting.At);
                if (
                    session.Log.Calls.LastOrDefault() is { } last
                    && last.At.AddMinutes(session.Rules.Wait) is var next
                    && acting.At < next
                )
                    throw new RuleViolationException(
                        "sessions.call-too-soon",
                        ("minutes", session.Rules.Wait),
                        ("time", $"{PlaceTime.In(session.Zone, next):HH:mm}")
                    );
                var (call, voices) = (session.Log.Calls.Count + 1, VoicesOf(session));
                return new Called(
                    call,
                    voices.All.Entitled,
                    voices.All.Present,
                    voices.All.Represented,
                    session.Rules.Quorum(call, voices.All, voices.Classes).All(q => q.IsMet)
                );
            },
            cancel
        );

    public Task Arrive(
        string reference,
        MemberId member,
        AttendanceMode manner,
        OperationContext acting,
        CancellationToken cancel
    ) =>
        ActForAsync(
            reference,
            member,
            acting,
            (session, _) =>
            {
                session.DemandRunning();
                session.DemandDay(acting.At);
                if (session.Log.IsPresent(member.Value))
                    throw new RuleViolationException("sessions.present-already");
                return new Arrived(member.Value, null, manner);
            },
            cancel
        );

    public Task Depart(string reference, MemberId member, OperationContext acting, CancellationToken cancel) =>
        ActForAsync(
            reference,
            member,
            acting,
            (session, _) =>
                session.Log.IsPresent(member.Value)
                    ? new Departed(member.Value)
                    : throw new RuleViolationException("sessions.not-present"),
            cancel
        );

    /// <summary>A member that cannot come, or must go, lets another speak its voice.</summary>
    public Task GiveProxy(
        string reference,
        MemberId from,
        MemberId to,
        OperationContext acting,
        CancellationToken cancel
    ) =>
        ActForAsync(
            reference,
            from,
            acting,
            (session, giver) =>
            {
                var (holder, log) = (Seated(session, to), session.Log);
                session.DemandRunning();
                if (session.Rules.Proxies.PerHolder == 0)
                    throw new RuleViolationException("sessions.no-proxies");
                if (from == to || giver.IsObserver || holder.IsObserver)
                    throw new RuleViolationException("sessions.proxy-impossible");
                if (log.IsPresent(from.Value))
                    throw new RuleViolationException("sessions.proxy-while-present");
                // A voice is handed on once: who has given its own away holds no other's.
                if (log.HolderOf(to.Value) is not null || log.Proxies.Exists(p => p.To == from.Value))
                    throw new RuleViolationException("sessions.proxy-chain");
                if (log.Proxies.Count(p => p.To == to.Value && p.From != from.Value) >= session.Rules.Proxies.PerHolder)
                    throw new RuleViolationException("sessions.proxy-limit", ("most", session.Rules.Proxies.PerHolder));
                return new ProxyGiven(from.Value, to.Value);
            },
            cancel
        );

    public Task RevokeProxy(string reference, MemberId from, OperationContext acting, CancellationToken cancel) =>
        ActForAsync(
            reference,
            from,
            acting,
            (session, _) =>
                session.Log.HolderOf(from.Value) is not null
                    ? new ProxyRevoked(from.Value)
                    : throw new RuleViolationException("sessions.no-proxy"),
            cancel
        );

    public Task Take(string reference, Guid? item, OperationContext acting, CancellationToken cancel) =>
        ConductAsync(
            reference,
            acting,
            session =>
            {
                session.DemandOpen();
                if (session.Log.OpenVote is not null)
                    throw new RuleViolationException("sessions.vote-running");
                return item is null || session.Agenda.Exists(i => i.Id == item)
                    ? new ItemTaken(item)
                    : throw new RuleViolationException("platform.changed-meanwhile");
            },
            cancel
        );

    public Task AskFloor(
        string reference,
        MemberId member,
        SpeechKind kind,
        OperationContext acting,
        CancellationToken cancel
    ) =>
        ActForAsync(
            reference,
            member,
            acting,
            (session, _) =>
            {
                session.DemandOpen();
                if (!session.Log.IsPresent(member.Value))
                    throw new RuleViolationException("sessions.not-present");
                // A point of order is heard even when the list is closed.
                if (!session.Log.TakesSpeakers && kind != SpeechKind.PointOfOrder)
                    throw new RuleViolationException("sessions.list-closed");
                if (session.Log.Speeches.Exists(s => s.Member == member.Value && s.Kind == kind && s.IsWaiting))
                    throw new RuleViolationException("sessions.asked-already");
                return new FloorAsked(Guid.CreateVersion7(acting.At), member.Value, kind);
            },
            cancel
        );

    public Task GiveFloor(string reference, Guid speech, OperationContext acting, CancellationToken cancel) =>
        ConductAsync(
            reference,
            acting,
            session =>
            {
                session.DemandOpen();
                return session.Log.Speeches.Exists(s => s.Id == speech && s.IsWaiting)
                    ? new FloorGiven(speech)
                    : throw new RuleViolationException("platform.changed-meanwhile");
            },
            cancel
        );

    /// <summary>Ends a speech, or takes a request back.</summary>
    public Task LeaveFloor(string reference, Guid speech, OperationContext acting, CancellationToken cancel) =>
        sessions.Happen(
            reference,
            acting,
            async session =>
            {
                if (session.Log.Speeches.Find(s => s.Id == speech && s.Until is null) is not { } known)
                    throw new RuleViolationException("platform.changed-meanwhile");
                await DemandForAsync(session, acting, Seated(session, new(known.Member)), cancel);
                return [new FloorLeft(speech)];
            },
            cancel
        );

    public Task OpenSpeakers(string reference, bool open, OperationContext acting, CancellationToken cancel) =>
        ConductAsync(
            reference,
            acting,
            session =>
            {
                session.DemandOpen();
                return new SpeakersOpened(open);
            },
            cancel
        );

    /// <summary>
    /// Puts a question. Who may vote is who is there, or represented, at this moment; a ballot opens unless only hands
    /// are counted.
    /// </summary>
    /// <param name="subject">The motion, or the amendment, that is voted on; the <paramref name="question"/> itself
    /// when null.</param>
    public Task PutVote(
        string reference,
        Guid? subject,
        LocalizedText question,
        Method method,
        string decision,
        OperationContext acting,
        CancellationToken cancel
    ) =>
        ConductAsync(
            reference,
            acting,
            async session =>
            {
                session.DemandOpen();
                if (session.Log.OpenVote is not null)
                    throw new RuleViolationException("sessions.vote-running");
                var motion = subject is null
                    ? null
                    : session.Motions.Find(m => m.Id == subject || m.Amendments.Exists(a => a.Id == subject))
                        ?? throw new RuleViolationException("platform.changed-meanwhile");
                var amendment = motion?.Amendments.Find(a => a.Id == subject);
                DemandReady(motion, amendment);
                var (words, rule) = (
                    amendment is not null ? QuestionOf(motion!, amendment) : motion?.Title ?? question,
                    motion?.Decision ?? decision
                );
                if (words.IsEmpty)
                    throw new RuleViolationException("sessions.question-missing");
                if (!session.Rules.Decisions.TryGetValue(rule, out var decided))
                    throw new RuleViolationException(
                        "ballots.decision-unknown",
                        ("decision", rule),
                        ("known", string.Join(", ", session.Rules.Decisions.Keys))
                    );
                var text = motion is null ? null : await adoption.Freeze(session, motion, amendment, acting, cancel);
                Guid? ballot = null;
                if (method != Method.Consensus)
                {
                    var log = session.Log;
                    // A secret paper that bore its voter's class would name the only voter of a class: it does where
                    // the rules count classes apart.
                    var isClassKept = method != Method.Secret || decided.CountsClasses;
                    var voices = session
                        .Seats.Where(s =>
                            !s.IsObserver
                            && (
                                log.IsPresent(s.Member.Value)
                                || log.HolderOf(s.Member.Value) is { } holder && log.IsPresent(holder)
                            )
                        )
                        .Select(s => new Voice(s.Member, s.Weight, isClassKept ? s.Class : null))
                        .ToList();
                    ballot = await ballots.Open(
                        session.Reference,
                        method == Method.Secret ? Secrecy.Secret : Secrecy.Named,
                        Options,
                        voices,
                        acting,
                        cancel
                    );
                }
                return
                [
                    new VoteOpened(
                        session.Log.Votes.Count + 1,
                        motion?.Id,
                        words.Wordings.ToDictionary(w => w.Key.Code, w => w.Value.Text),
                        method,
                        rule,
                        ballot,
                        amendment?.Id,
                        text
                    ),
                ];
            },
            cancel
        );

    // First what is to be changed, then the whole as it then reads.
    private static void DemandReady(Motion? motion, Amendment? amendment)
    {
        if (motion is { State: not MotionState.Submitted })
            throw new RuleViolationException("sessions.motion-decided");
        if (amendment is { State: not AmendmentState.Submitted })
            throw new RuleViolationException("sessions.amendment-decided");
        if (amendment is not null && motion!.IsAdrift(amendment))
            throw new RuleViolationException("sessions.amendment-adrift", ("number", amendment.Number));
        // Before an amendment, what would change its words; before the motion, all that is open.
        if (
            motion
                ?.Amendments.Where(a =>
                    a.State == AmendmentState.Submitted && (amendment is null || a.Under == amendment.Id)
                )
                .Select(a => a.Number)
                .ToList() is
            { Count: > 0 } open
        )
            throw new RuleViolationException("sessions.amendments-first", ("numbers", string.Join(", ", open)));
    }

    private LocalizedText QuestionOf(Motion motion, Amendment amendment) =>
        LocalizedText.InEvery(
            motion.Text.Source ?? Language.English,
            l =>
                texts.Get(
                    l,
                    "sessions.amendment.question",
                    ("number", amendment.Number),
                    ("motion", motion.Title.For(l))
                )
        );

    /// <summary>A vote from a delegate's own device; or, at a roll call, what the desk heard a voice say.</summary>
    /// <exception cref="RuleViolationException">No vote is running, or this is not the one; whoever casts is not there,
    /// or does not
    /// hold this voice; or the box refuses.</exception>
    /// <returns>False when there is no such session.</returns>
    public async Task<bool> Cast(
        string reference,
        int number,
        MemberId member,
        string option,
        string tracker,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        if (await snapshots.Of(reference, db, sessions, cancel) is not { } session)
            return false;
        var vote = session.Log.Votes.Find(v => v.Number == number);
        if (vote?.Ballot is not { } ballot)
            throw new RuleViolationException("sessions.no-vote");
        var isTeller = vote.Method == Method.RollCall && acting.CanLead(session.Body);
        // Hundreds vote in one moment: of a delegate nothing more is read.
        if (!isTeller && !VoicesHeldBy(session, acting.Actor.VotesFor.ToHashSet()).Any(s => s.Member == member))
        {
            var own = await rights.FindAsync(session, acting.Actor, cancel);
            // One that was in time is acknowledged again, even to who has left meanwhile: the box knows it by its
            // tracker.
            if (
                !VoicesHeldBy(session, own).Any(s => s.Member == member)
                && !(own.Contains(member) && (await ballots.Voted(ballot, [member], cancel)).Count > 0)
            )
                throw new RuleViolationException(WhyNoVote(session, member, acting.Actor, own));
        }
        await ballots.Put(new(ballot, member, option, tracker, acting.Actor.Id), cancel);
        return true;
    }

    private static string WhyNoVote(Session session, MemberId member, Actor who, IReadOnlySet<MemberId> own)
    {
        var contactOf = who.Represents.Where(m => !own.Contains(m)).ToHashSet();
        if (contactOf.Contains(member) || VoicesHeldBy(session, contactOf).Any(s => s.Member == member))
            return "sessions.not-delegate";
        return session.Log.IsPresent(member.Value) || session.Log.HolderOf(member.Value) is not null
            ? "sessions.not-your-voice"
            : "sessions.not-present";
    }

    /// <summary>
    /// Closes the running vote: what devices sent and what tellers counted are one count, and the rules decide.
    /// </summary>
    /// <param name="hands">What tellers counted in the hall, of voices that did not vote otherwise; null when nobody
    /// counted.</param>
    /// <param name="objections">For a consensus: whether somebody objected.</param>
    public async Task CloseVote(
        string reference,
        Counted? hands,
        bool objections,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        Guid? closed = null;
        await ConductAsync(
            reference,
            acting,
            async session =>
            {
                closed = session.Log.OpenVote?.Ballot;
                return await CountAsync(session, hands, objections, acting, cancel);
            },
            cancel
        );
        if (closed is { } ballot)
            await ballots.DestroyKeyAsync(ballot, cancel);
    }

    /// <summary>
    /// Ends the running ballot without a result: its votes are deleted unread, and its question may be put again.
    /// </summary>
    public async Task VoidVoteAsync(string reference, OperationContext acting, CancellationToken cancel)
    {
        Guid? voided = null;
        await ConductAsync(
            reference,
            acting,
            async session =>
            {
                if (session.Log.OpenVote is not { Method: Method.Secret, Ballot: { } running } vote)
                    throw new RuleViolationException("sessions.no-vote");
                await ballots.VoidAsync(running, acting, cancel);
                voided = running;
                return [new VoteClosed(vote.Number, null, null, Outcome.Void)];
            },
            cancel
        );
        if (voided is { } ballot)
            await ballots.DestroyKeyAsync(ballot, cancel);
    }

    private async Task<IReadOnlyList<SessionEvent>> CountAsync(
        Session session,
        Counted? hands,
        bool objections,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        if (session.Log.OpenVote is not { } vote)
            throw new RuleViolationException("sessions.no-vote");
        if (vote.Method == Method.Consensus)
        {
            var there = VoicesOf(session);
            var reached = session
                .Rules.Quorum(session.Log.Call, there.All, there.Classes, vote.Decision)
                .All(q => q.IsMet);
            var agreed =
                !reached ? Outcome.NoQuorum
                : objections ? Outcome.Rejected
                : Outcome.Adopted;
            return
            [
                new VoteClosed(
                    vote.Number,
                    null,
                    null,
                    agreed,
                    await adoption.Decided(session, vote, agreed, null, acting, cancel)
                ),
            ];
        }
        var count = await ballots.Close(vote.Ballot!.Value, acting, cancel);
        if (hands is not null && hands.Cast > count.Roll - count.Cast)
            throw new RuleViolationException(
                "sessions.hands-too-many",
                ("hands", hands.Cast),
                ("left", count.Roll - count.Cast)
            );
        var voices = VoicesOf(session);
        var figures = new VoteFigures
        {
            Decision = vote.Decision,
            Call = session.Log.Call,
            Entitled = voices.All.Entitled,
            Present = voices.All.Present,
            Represented = voices.All.Represented,
            Yes = count.Of("yes") + (hands?.Yes ?? 0),
            No = count.Of("no") + (hands?.No ?? 0),
            Abstentions = count.Of("abstain") + (hands?.Abstentions ?? 0),
            Invalid = hands?.Invalid ?? 0,
            // Hands are not counted by class: where the rules count classes apart, only devices can vote.
            Classes = hands is null
                ? voices.Classes.ToDictionary(
                    c => c.Key,
                    c =>
                        c.Value with
                        {
                            Yes = count.Of("yes", c.Key),
                            No = count.Of("no", c.Key),
                            Abstentions = count.Of("abstain", c.Key),
                        }
                )
                : [],
        };
        var decision = session.Rules.Decide(Heard(figures));
        return
        [
            new VoteClosed(
                vote.Number,
                decision.Vote,
                hands,
                decision.Outcome,
                await adoption.Decided(session, vote, decision.Outcome, decision.Vote, acting, cancel)
            ),
        ];
    }

    // Whoever voted and left before the end was there: its vote counts, and it counts as present for this vote.
    private static VoteFigures Heard(VoteFigures figures)
    {
        static long More(Counted c) => Math.Max(0, c.Cast - c.Present - c.Represented);
        return figures with
        {
            Present = figures.Present + More(figures),
            Classes = figures.Classes.ToDictionary(
                c => c.Key,
                c => c.Value with { Present = c.Value.Present + More(c.Value) }
            ),
        };
    }

    /// <summary>The chair's voice on a tied vote.</summary>
    public Task SpeakAsChair(
        string reference,
        int number,
        Side side,
        OperationContext acting,
        CancellationToken cancel
    ) =>
        ConductAsync(
            reference,
            acting,
            async session =>
            {
                if (
                    session.Log.Votes.Find(v => v.Number == number)
                        is not { Outcome: Outcome.Tied, Figures: { } figures } vote
                    || session.Rules.Decisions[vote.Decision].Tie != Tie.Chair
                )
                    throw new RuleViolationException("sessions.no-tie");
                var decision = session.Rules.Decide(figures with { Chair = side });
                return
                [
                    new ChairSpoke(
                        number,
                        side,
                        decision.Outcome,
                        await adoption.Decided(session, vote, decision.Outcome, decision.Vote, acting, cancel)
                    ),
                ];
            },
            cancel
        );

    /// <param name="version">The state whose consequences were read; null where nobody read any.</param>
    public Task End(string reference, OperationContext acting, CancellationToken cancel, int? version = null) =>
        ConductAsync(
            reference,
            acting,
            session =>
            {
                if (version is { } seen)
                    PlenariaDb.RequireVersion(session, seen);
                return session.FindEndObstacle() is { } obstacle ? throw obstacle : new SessionEnded();
            },
            cancel
        );

    // What the desk does: refused where the session is not of a body of whoever acts.
    private Task ConductAsync(
        string reference,
        OperationContext acting,
        Func<Session, Task<IReadOnlyList<SessionEvent>>> what,
        CancellationToken cancel
    ) =>
        sessions.Happen(
            reference,
            acting,
            session =>
            {
                acting.RequireLead(session.Body);
                return what(session);
            },
            cancel
        );

    private Task ConductAsync(
        string reference,
        OperationContext acting,
        Func<Session, SessionEvent> what,
        CancellationToken cancel
    ) =>
        ConductAsync(
            reference,
            acting,
            session => Task.FromResult<IReadOnlyList<SessionEvent>>([what(session)]),
            cancel
        );

    private static Seat Seated(Session session, MemberId member) =>
        session.Seats.Find(s => s.Member == member) ?? throw new RuleViolationException("sessions.no-seat");

    private Task ActForAsync(
        string reference,
        MemberId member,
        OperationContext acting,
        Func<Session, Seat, SessionEvent> act,
        CancellationToken cancel
    ) =>
        sessions.Happen(
            reference,
            acting,
            async session =>
            {
                var seat = Seated(session, member);
                await DemandForAsync(session, acting, seat, cancel);
                return [act(session, seat)];
            },
            cancel
        );

    // On a seat with a vote acts whoever may cast that vote, on an observer's any of the member's people; the desk acts
    // for everybody.
    private async Task DemandForAsync(Session session, OperationContext acting, Seat seat, CancellationToken cancel)
    {
        var isTheirs = acting.Actor.Represents.Contains(seat.Member);
        if (
            acting.CanLead(session.Body)
            || seat.IsObserver && isTheirs
            || (await rights.FindAsync(session, acting.Actor, cancel)).Contains(seat.Member)
        )
            return;
        if (isTheirs)
            throw new RuleViolationException("sessions.not-delegate");
        acting.RequireLead(session.Body);
    }
}
