using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Members.People;

/// <summary>Somebody the network deals with. What of them is public is theirs to say, field by field.</summary>
internal sealed class Person : IVersioned
{
    public const int NameMaxLength = 120,
        EmailMaxLength = 254,
        PhoneMaxLength = 40;

    /// <summary>What stands where a name stood that was erased.</summary>
    public const string Nobody = "—";

    public required PersonId Id { get; init; }
    public string Name { get; private set; } = "";
    public string Folded { get; private set; } = "";

    /// <summary>In small letters, as sign-ins keep theirs.</summary>
    public string? Email { get; set; }
    public string? Phone { get; set; }
    public Language Language { get; set; }

    /// <summary>Their way in, once they have one.</summary>
    public AccountId? Account { get; set; }
    public bool ShowsName { get; set; }
    public bool ShowsEmail { get; set; }
    public bool ShowsPhone { get; set; }
    public bool DoNotContact { get; set; }
    public int Version { get; set; }
    public List<Representation> Represents { get; } = [];

    public string Path => $"/members/people/{Id}";
    public string Stream => $"person:{Id}";

    public bool IsErased => Folded.Length == 0 && Name == Nobody;

    /// <summary>
    /// Whether the visitor is this person. Nobody is one who was erased, though their way in may be open still.
    /// </summary>
    public bool IsOf(CurrentUser visitor) => !IsErased && Account is not null && Account == visitor.Who.Id;

    public void Call(string name) => (Name, Folded) = (name.Trim(), Folding.Fold(name));

    /// <summary>Forgets who it was. The roles stay, without what they say of the person.</summary>
    public void Erase()
    {
        (Name, Folded, Email, Phone, Language) = (Nobody, "", null, null, default);
        (ShowsName, ShowsEmail, ShowsPhone, DoNotContact) = (false, false, false, true);
        foreach (var role in Represents)
            role.Forget();
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Person>
    {
        public void Configure(EntityTypeBuilder<Person> person)
        {
            person.ToTable("members_people");
            person.Property(p => p.Name).HasMaxLength(NameMaxLength);
            person.Property(p => p.Folded).HasMaxLength(NameMaxLength);
            person.Property(p => p.Email).HasMaxLength(EmailMaxLength);
            person.Property(p => p.Phone).HasMaxLength(PhoneMaxLength);
            person.HasMany(p => p.Represents).WithOne().HasForeignKey(r => r.Person).OnDelete(DeleteBehavior.Restrict);
            person.HasIndex(p => p.Email);
            person.HasIndex(p => p.Account);
            person.HasIndex(p => p.Folded);
        }
    }
}

/// <summary>As what a person acts for a member.</summary>
internal enum RepresentationRole
{
    VotingDelegate,
    Alternate,
    Contact,
    Coordinator,
    Juror,
}

/// <summary>That a person acts for a member, as what and when. Ending it keeps it.</summary>
internal sealed class Representation : IVersioned
{
    public const int TitleMaxLength = 120,
        ReasonMaxLength = 300;

    public required Guid Id { get; init; }
    public required PersonId Person { get; init; }
    public required MemberId Member { get; init; }
    public required RepresentationRole Role { get; init; }

    /// <summary>What they are in the institution: mayor, head of participation.</summary>
    public string? Title { get; set; }
    public PartialDate? From { get; set; }
    public PartialDate? Until { get; private set; }
    public string? EndReason { get; private set; }

    /// <summary>The institution's signed letter, by the hash of the kept file.</summary>
    public string? Letter { get; set; }

    /// <summary>When the Secretariat or an office looked at the letter and found it good.</summary>
    public DateOnly? ProvedOn { get; set; }

    /// <summary>Who gave the role; null where the system did, or nobody remembers.</summary>
    public AccountId? NamedBy { get; init; }

    /// <summary>Since when the role holds: the member's own people gave or confirmed it. Null until they do.</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }
    public int Version { get; set; }

    public bool IsPresent => Until is null;
    public bool Holds => IsPresent && ConfirmedAt is not null;

    /// <summary>Whether the member's people have still to say that it is right. A juror acts for nobody.</summary>
    public bool IsUnconfirmed => IsPresent && ConfirmedAt is null && Role != RepresentationRole.Juror;

    /// <summary>Whether its holder may vote for the member.</summary>
    public bool Votes => Holds && IsVoting;
    public bool IsVoting => Role is RepresentationRole.VotingDelegate or RepresentationRole.Alternate;

    public void End(PartialDate on, string? reason, DateOnly today)
    {
        if (Until is not null)
            throw new RuleViolationException("members.people.ended-already");
        if (on.First > today)
            throw new RuleViolationException("members.leaves-in-the-future");
        if (From is { } from && on.Last < from.First)
            throw new RuleViolationException("kernel.period-ends-before-it-starts", ("from", from), ("to", on));
        (Until, EndReason) = (on, string.IsNullOrWhiteSpace(reason) ? null : reason.Trim());
    }

    /// <summary>It has not begun, and never will: it ends on the day on which it would have begun.</summary>
    public void Cancel(DateOnly today, string? reason)
    {
        if (Until is not null)
            throw new RuleViolationException("members.people.ended-already");
        if (From is not { } from || from.First <= today)
            throw new InvalidOperationException("A role that has begun is ended.");
        (Until, EndReason) = (from, string.IsNullOrWhiteSpace(reason) ? null : reason.Trim());
    }

    /// <summary>The member's people say that it is not right: it ends without ever having held.</summary>
    public void Refuse(DateOnly today, string reason)
    {
        if (!IsUnconfirmed)
            throw new RuleViolationException("members.people.ended-already");
        (Until, EndReason) = (PartialDate.On(today), reason);
    }

    /// <summary>Takes away what tells who held it: the words about them, and the letter that names them.</summary>
    public void Forget() => (Title, EndReason, Letter) = (null, null, null);

    internal sealed class Mapping : IEntityTypeConfiguration<Representation>
    {
        public void Configure(EntityTypeBuilder<Representation> representation)
        {
            representation.ToTable("members_representations");
            representation.HasOne<Member>().WithMany().HasForeignKey(r => r.Member).OnDelete(DeleteBehavior.Restrict);
            representation.Property(r => r.Title).HasMaxLength(TitleMaxLength);
            representation.Property(r => r.EndReason).HasMaxLength(ReasonMaxLength);
            representation.Property(r => r.Letter).HasMaxLength(64);
            // Letters that wait to be looked at: only these rows are in the index.
            representation
                .HasIndex(r => r.Letter)
                .HasFilter("letter IS NOT NULL AND proved_on IS NULL AND until IS NULL");
        }
    }
}
