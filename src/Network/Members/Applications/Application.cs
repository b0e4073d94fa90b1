using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Members.Applications;

/// <summary>Where an application stands. Asked back: the applicant was asked for more and may write again.</summary>
internal enum ApplicationState
{
    Received,
    AskedBack,
    Eligible,
    Admitted,
    Declined,
}

/// <summary>An institution's wish to belong, from the form it sent to the decision about it.</summary>
internal sealed class Application : IVersioned
{
    public const int ReasonMaxLength = 2_000;

    public required Guid Id { get; init; }

    /// <summary>What was sent: the answers of the form.</summary>
    public required Guid Response { get; init; }
    public required string Name { get; set; }
    public required string Country { get; set; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public ApplicationState State { get; private set; }

    /// <summary>What was asked for, or why it was declined: what the applicant is told.</summary>
    public string? Reason { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>The member it became.</summary>
    public MemberId? Member { get; private set; }

    /// <summary>Who applied for that member; null before it was admitted.</summary>
    public PersonId? Applicant { get; private set; }
    public int Version { get; set; }

    public bool IsOpen => State is ApplicationState.Received or ApplicationState.AskedBack or ApplicationState.Eligible;
    public string Path => $"/members/applications/{Id}";
    public string Stream => $"application:{Id}";

    public void SentAgain(string name, string country)
    {
        Demand(ApplicationState.AskedBack);
        (Name, Country, State, Reason) = (name, country, ApplicationState.Received, null);
    }

    public void AskBack(string what)
    {
        Demand(ApplicationState.Received, ApplicationState.Eligible);
        (State, Reason) = (ApplicationState.AskedBack, what);
    }

    public void FindEligible()
    {
        Demand(ApplicationState.Received);
        State = ApplicationState.Eligible;
    }

    public void Decline(string reason, DateTimeOffset when)
    {
        Demand(ApplicationState.Received, ApplicationState.AskedBack, ApplicationState.Eligible);
        (State, Reason, DecidedAt) = (ApplicationState.Declined, reason, when);
    }

    public void Admit(DateTimeOffset when)
    {
        Demand(ApplicationState.Received, ApplicationState.Eligible);
        (State, Reason, DecidedAt) = (ApplicationState.Admitted, null, when);
    }

    public void Became(MemberId member, PersonId applicant) => (Member, Applicant) = (member, applicant);

    private void Demand(params IEnumerable<ApplicationState> states)
    {
        if (!states.Contains(State))
            throw new RuleViolationException("members.applications.not-now");
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Application>
    {
        public void Configure(EntityTypeBuilder<Application> application)
        {
            application.ToTable("members_applications");
            application.Property(a => a.Name).HasMaxLength(Plenaria.Members.Member.NameMaxLength);
            application.Property(a => a.Country).HasMaxLength(2);
            application.Property(a => a.Reason).HasMaxLength(ReasonMaxLength);
            application.HasOne<Member>().WithMany().HasForeignKey(a => a.Member).OnDelete(DeleteBehavior.Restrict);
            application.HasIndex(a => a.Response).IsUnique();
            application.HasIndex(a => new { a.State, a.ReceivedAt });
        }
    }
}

/// <summary>What somebody who may not change a member says should be changed.</summary>
internal sealed class Suggestion : IVersioned
{
    public const int TextMaxLength = 2_000,
        NameMaxLength = 120;

    public required Guid Id { get; init; }
    public required MemberId Member { get; init; }
    public required string Text { get; init; }
    public required AccountId By { get; init; }
    public required string ByName { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? DoneAt { get; set; }
    public int Version { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Suggestion>
    {
        public void Configure(EntityTypeBuilder<Suggestion> suggestion)
        {
            suggestion.ToTable("members_suggestions");
            suggestion.HasOne<Member>().WithMany().HasForeignKey(s => s.Member).OnDelete(DeleteBehavior.Restrict);
            suggestion.Property(s => s.Text).HasMaxLength(TextMaxLength);
            suggestion.Property(s => s.ByName).HasMaxLength(NameMaxLength);
            suggestion.HasIndex(s => s.DoneAt);
        }
    }
}
