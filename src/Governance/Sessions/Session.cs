using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Ballots.Rules;
using Plenaria.Platform.Access;
using Plenaria.Platform.Bodies;
using Plenaria.Platform.Data;
using Plenaria.Platform.Places;
using Plenaria.Sessions.Live;
using Plenaria.Sessions.Minutes;
using Plenaria.Sessions.Wording;

namespace Plenaria.Sessions;

/// <summary>How a body decides when nothing else is said.</summary>
internal enum Preset
{
    /// <summary>Adopted when nobody objects.</summary>
    Consensus,

    /// <summary>Tellers count hands.</summary>
    ShowOfHands,

    /// <summary>Each voice is called, or votes on its own device, by name.</summary>
    RollCall,
}

/// <summary>How far a session has come.</summary>
public enum SessionState
{
    Draft,
    Convened,
    Open,
    Ended,
    Cancelled,
}

/// <summary>Whom an item of the agenda is for.</summary>
internal enum ItemKind
{
    Common,
    Internal,
}

/// <summary>
/// A point of the agenda. <paramref name="Under"/> is the point it belongs to; <paramref name="Minutes"/> is the time
/// set aside for it.
/// </summary>
internal sealed record AgendaItem(
    Guid Id,
    LocalizedText Title,
    Guid? Under = null,
    ItemKind Kind = ItemKind.Common,
    int Minutes = 0
);

/// <summary>
/// A meeting of a body: planned like any record, and from its opening on the sum of what happened in it
/// (<see cref="Log"/>), which the journal holds event by event.
/// </summary>
internal sealed class Session : IVersioned
{
    public const int MostSpeechMinutes = 120,
        TitleMaxLength = 200,
        PlaceMaxLength = 200,
        TextMaxLength = 20_000,
        ZoneMaxLength = 60,
        BodyKindMaxLength = 40,
        BodyMaxLength = 80,
        MostItems = 200;

    public required Guid Id { get; init; }
    public required Reference Reference { get; init; }

    /// <summary>The body that meets.</summary>
    public required BodyKey Body
    {
        get => new(BodyKind, BodyId);
        init => (BodyKind, BodyId) = (value.Kind, value.Id);
    }
    public string BodyKind { get; private set; } = "";

    /// <summary>Empty of the network's own bodies.</summary>
    public Guid BodyId { get; private set; }
    public required LocalizedText Title { get; set; }
    public LocalizedText Text { get; set; } = LocalizedText.Empty;
    public string? Place { get; set; }
    public required string Zone { get; set; }
    public required DateTimeOffset StartsAt { get; set; }
    public required DateTimeOffset EndsAt { get; set; }

    /// <summary>The language it is held in: that of its minutes.</summary>
    public required Language Language { get; set; }
    public Preset Preset { get; set; }

    /// <summary>What decides about quorum and majorities, frozen when it is convened.</summary>
    public required Rulebook Rules { get; set; }

    /// <summary>Days that must lie between the notice and the session.</summary>
    public int NoticeDays { get; set; }
    public List<AgendaItem> Agenda { get; set; } = [];
    public SessionState State { get; set; }
    public DateTimeOffset? ConvenedAt { get; set; }
    public int LettersSent { get; set; }

    /// <summary>The members that no letter of the notice reached.</summary>
    public List<MemberId> Unreached { get; set; } = [];

    /// <summary>How often the invitation has been changed since the notice: SEQUENCE of RFC 5546.</summary>
    public int Sequence { get; set; }

    /// <summary>When, where or the agenda was changed after the notice, and the members have not been told.</summary>
    public bool IsUntold { get; set; }

    /// <summary>Minutes that one speech may take; 0 when nobody counts.</summary>
    public int SpeechMinutes { get; set; }

    /// <summary>The session it prepares: its members work there on the motions of that one.</summary>
    public Reference? Prepares { get; set; }
    public SessionLog Log { get; set; } = new();
    public int Version { get; set; }
    public List<Seat> Seats { get; } = [];
    public List<Motion> Motions { get; } = [];

    public static string StreamOf(Reference reference) => $"session:{reference}";

    public string Stream => StreamOf(Reference);
    public string Path => $"/plenaries/{Reference}";

    /// <summary>From the notice on everybody may read it.</summary>
    public bool IsPublic => State != SessionState.Draft;
    public DateTimeOffset Starts => PlaceTime.In(Zone, StartsAt);
    public DateTimeOffset Ends => PlaceTime.In(Zone, EndsAt);

    /// <summary>Day of the session by the clocks of its place.</summary>
    public DateOnly Day => DateOnly.FromDateTime(Starts.DateTime);

    /// <summary>
    /// The seats of the members that somebody acts for. Whether they may vote there is another question:
    /// <see cref="VotingRights"/>.
    /// </summary>
    public IReadOnlyList<Seat> SeatsOf(Actor who)
    {
        var own = who.Represents.ToHashSet();
        return [.. Seats.Where(s => own.Contains(s.Member))];
    }

    /// <summary>Whether its day has begun by the clocks of its place.</summary>
    public bool HasDayBegun(DateTimeOffset at) => DateOnly.FromDateTime(PlaceTime.In(Zone, at).DateTime) >= Day;

    /// <summary>
    /// Nobody arrives and nothing opens before the day that the notice named: what is decided then would bind members
    /// that could not come.
    /// </summary>
    public void DemandDay(DateTimeOffset at)
    {
        if (!HasDayBegun(at))
            throw new RuleViolationException("sessions.not-its-day", ("day", PartialDate.On(Day)));
    }

    /// <summary>The agenda as it is read: each point after the one it belongs to, with its number.</summary>
    public IReadOnlyList<(AgendaItem Item, string Number, int Depth)> Points()
    {
        var points = new List<(AgendaItem, string, int)>();
        void Under(Guid? parent, string prefix, int depth)
        {
            var n = 0;
            foreach (var item in Agenda.Where(i => i.Under == parent))
            {
                var number = $"{prefix}{++n}";
                points.Add((item, number, depth));
                Under(item.Id, number + ".", depth + 1);
            }
        }
        Under(null, "", 0);
        return points;
    }

    /// <summary>Why it cannot be called off; null when it can.</summary>
    public RuleViolationException? FindCancelObstacle() =>
        State == SessionState.Convened ? null : new("sessions.not-convened");

    public void DemandPlanning()
    {
        if (State is not (SessionState.Draft or SessionState.Convened))
            throw new RuleViolationException("sessions.begun-already");
    }

    /// <summary>Convened and not over: people are named and let in.</summary>
    public void DemandRunning()
    {
        if (State is not (SessionState.Convened or SessionState.Open))
            throw new RuleViolationException("sessions.not-open");
    }

    public void DemandOpen()
    {
        if (State != SessionState.Open)
            throw new RuleViolationException("sessions.not-open");
    }

    /// <summary>Why its notice cannot be sent now; null when it can.</summary>
    /// <param name="seats">How many members have a seat when it is sent.</param>
    public RuleViolationException? FindObstacle(DateTimeOffset at, int seats)
    {
        if (State != SessionState.Draft)
            return new("sessions.convened-already");
        if (Agenda.Count == 0)
            return new("sessions.no-agenda");
        if (seats == 0)
            return new("sessions.no-seats");
        if (StartsAt <= at)
            return new("sessions.in-the-past");
        var earliest = DateOnly.FromDateTime(PlaceTime.In(Zone, at).DateTime).AddDays(NoticeDays);
        return Day >= earliest
            ? null
            : new("sessions.notice-too-short", ("days", NoticeDays), ("earliest", PartialDate.On(earliest)));
    }

    /// <summary>Why it cannot be discarded; null while nobody has been called to it and nothing was voted on.</summary>
    public RuleViolationException? FindDiscardObstacle() =>
        State != SessionState.Draft || ConvenedAt is not null || Log.Length > 0
            ? new("sessions.discard-convened")
            : null;

    /// <summary>Why it cannot end now; null when it can.</summary>
    public RuleViolationException? FindEndObstacle() =>
        State != SessionState.Open ? new("sessions.not-open")
        : Log.OpenVote is not null ? new("sessions.vote-running")
        : null;

    /// <summary>Calls the body together.</summary>
    public void Convene(DateTimeOffset at)
    {
        if (FindObstacle(at, Seats.Count) is { } obstacle)
            throw obstacle;
        (State, ConvenedAt) = (SessionState.Convened, at);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Session>
    {
        public void Configure(EntityTypeBuilder<Session> session)
        {
            session.ToTable("sessions_sessions");
            session.Ignore(s => s.Body);
            session.Property(s => s.BodyKind).HasMaxLength(BodyKindMaxLength);
            session.Property(s => s.Place).HasMaxLength(PlaceMaxLength);
            session.Property(s => s.Zone).HasMaxLength(ZoneMaxLength);
            session
                .Property(s => s.Rules)
                .HasConversion(r => r.ToJson(), json => Rulebook.Parse(System.Text.Encoding.UTF8.GetBytes(json)));
            session.Property(s => s.Agenda).HasJson();
            session
                .Property(s => s.Unreached)
                .HasConversion(
                    list => string.Join(' ', list),
                    text =>
                        text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                            .Select(id => new MemberId(Guid.Parse(id)))
                            .ToList(),
                    new ValueComparer<List<MemberId>>(
                        (a, b) => a!.SequenceEqual(b!),
                        list => list.Count,
                        list => list.ToList()
                    )
                );
            session.Property(s => s.Log).HasConversion(new SessionLog.Converter(), new SessionLog.Comparer());
            session.HasIndex(s => s.Reference).IsUnique();
            session.HasIndex(s => s.StartsAt);
            session.HasIndex(s => s.Prepares);
            session.HasIndex(s => new { s.BodyId, s.StartsAt });
            session.HasMany(s => s.Seats).WithOne().HasForeignKey(s => s.Session).OnDelete(DeleteBehavior.Cascade);
            session.HasMany(s => s.Motions).WithOne().HasForeignKey(m => m.Session).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>A member's place in a session, as it stood when the notice went out.</summary>
internal sealed class Seat
{
    public const int ClassMaxLength = 60;

    public required Guid Session { get; init; }
    public required MemberId Member { get; init; }

    /// <summary>The member's name then.</summary>
    public required LocalizedText Name { get; init; }
    public required string Country { get; init; }

    /// <summary>By which rules that count classes apart know it.</summary>
    public required string Class { get; init; }
    public long Weight { get; init; } = 1;

    /// <summary>May be there and speak, but has no vote.</summary>
    public bool IsObserver { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Seat>
    {
        public void Configure(EntityTypeBuilder<Seat> seat)
        {
            seat.ToTable("sessions_seats");
            seat.HasKey(s => new { s.Session, s.Member });
            seat.Property(s => s.Class).HasMaxLength(ClassMaxLength);
            seat.Property(s => s.Country).HasMaxLength(2);
            seat.HasIndex(s => s.Member);
        }
    }
}

internal enum MotionState
{
    Submitted,
    Adopted,
    Rejected,
    Withdrawn,
}

/// <summary>What the body is asked to decide.</summary>
internal sealed class Motion : IVersioned
{
    public const int MostSpeechMinutes = 120,
        TitleMaxLength = 200,
        TextMaxLength = 50_000,
        DecisionMaxLength = 60;

    public required Guid Id { get; init; }
    public required Guid Session { get; init; }
    public required int Number { get; init; }
    public required LocalizedText Title { get; set; }

    /// <summary>The wording, Markdown; its paragraphs are the units of amendments.</summary>
    public required LocalizedText Text { get; set; }
    public LocalizedText Reason { get; set; } = LocalizedText.Empty;

    /// <summary>Who moves it; the Secretariat when null.</summary>
    public MemberId? By { get; init; }
    public Guid? Item { get; set; }

    /// <summary>The decision of the rulebook it takes.</summary>
    public required string Decision { get; set; }
    public MotionState State { get; set; }

    /// <summary>
    /// What of other modules, or which session's minutes, it decides on; its text is then what the decision says.
    /// </summary>
    public Reference? About { get; set; }

    /// <summary>
    /// What it decides about it: the key of a decidable. Null with <see cref="About"/> given: it approves the minutes
    /// of that session, as such motions were stored before minutes were a decidable of their own.
    /// </summary>
    public string? Deciding { get; set; }

    /// <summary>The key of the decidable it decides; null where it decides about no record.</summary>
    public string? Decidable => Deciding ?? (About is null ? null : MinutesApproval.Key);

    /// <summary>Actions of work plans that it orders, once adopted.</summary>
    public List<Reference> Mandates { get; set; } = [];

    /// <summary>The consultation in which its text was prepared.</summary>
    public Reference? Consultation { get; init; }

    /// <summary>What became of it in the chain, once adopted.</summary>
    public Reference? Resolution { get; set; }
    public int Version { get; set; }
    public List<Amendment> Amendments { get; } = [];

    internal sealed class Mapping : IEntityTypeConfiguration<Motion>
    {
        public void Configure(EntityTypeBuilder<Motion> motion)
        {
            motion.ToTable("sessions_motions");
            motion.Property(m => m.Decision).HasMaxLength(DecisionMaxLength);
            motion.Property(m => m.Deciding).HasMaxLength(40);
            motion.Property(m => m.Mandates).HasJson();
            motion.Ignore(m => m.Decidable);
            motion.HasMany(m => m.Amendments).WithOne().HasForeignKey(a => a.Motion).OnDelete(DeleteBehavior.Cascade);
            motion.HasIndex(m => new { m.Session, m.Number }).IsUnique();
            motion.HasIndex(m => m.By);
            motion.HasIndex(m => m.Consultation);
        }
    }
}
