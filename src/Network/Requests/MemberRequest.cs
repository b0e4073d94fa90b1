using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Requests;

internal enum RequestState
{
    Draft,
    Sent,
    Closed,
}

/// <summary>Chosen members are asked to answer a form by a day, each once.</summary>
internal sealed class MemberRequest : IVersioned
{
    public const int TitleMaxLength = 200,
        TextMaxLength = 5_000,
        FormMaxLength = 60;

    public required Guid Id { get; init; }
    public required int Number { get; init; }
    public required LocalizedText Title { get; set; }

    /// <summary>What the letter says besides.</summary>
    public LocalizedText Text { get; set; } = LocalizedText.Empty;

    /// <summary>The form's word in addresses.</summary>
    public required string Form { get; set; }

    /// <summary>The last day, named in the letter. Later answers are taken as long as the form takes them.</summary>
    public required DateOnly Due { get; set; }
    public RequestState State { get; private set; }
    public AccountId? By { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? SentAt { get; private set; }
    public int Version { get; set; }
    public List<RequestedMember> Members { get; } = [];

    public string Path => $"/requests/{Number}";
    public string Stream => $"request:{Number}";

    /// <summary>How many years ahead a last day may lie: beyond, it is a typing error.</summary>
    public const int MostYears = 3;

    public bool IsPast(DateTimeOffset now) => Due < DateOnly.FromDateTime(now.UtcDateTime);

    public void Send(DateTimeOffset at)
    {
        DemandDraft();
        if (Members.Count == 0)
            throw new RuleViolationException("requests.nobody");
        if (IsPast(at))
            throw new RuleViolationException("requests.due-past");
        (State, SentAt) = (RequestState.Sent, at);
    }

    /// <summary>Moves the last day: what members were told is never shortened.</summary>
    public void Postpone(DateOnly due, DateOnly today)
    {
        DemandSent();
        if (due <= Due || due < today)
            throw new RuleViolationException("requests.due-earlier", ("day", PartialDate.On(Due)));
        if (due > today.AddYears(MostYears))
            throw new RuleViolationException("requests.due-far", ("years", MostYears));
        Due = due;
    }

    public void Close()
    {
        DemandSent();
        State = RequestState.Closed;
    }

    public void Reopen()
    {
        if (State != RequestState.Closed)
            throw new RuleViolationException("platform.changed-meanwhile");
        State = RequestState.Sent;
    }

    public void DemandDraft()
    {
        if (State != RequestState.Draft)
            throw new RuleViolationException("requests.not-a-draft");
    }

    public void DemandSent()
    {
        if (State != RequestState.Sent)
            throw new RuleViolationException("requests.not-open");
    }

    internal sealed class Mapping : IEntityTypeConfiguration<MemberRequest>
    {
        public void Configure(EntityTypeBuilder<MemberRequest> request)
        {
            request.ToTable("requests_requests");
            request.Property(r => r.Form).HasMaxLength(FormMaxLength);
            request.HasIndex(r => r.Number).IsUnique();
            request.HasIndex(r => r.State);
            request.HasMany(r => r.Members).WithOne().HasForeignKey(m => m.Request).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>A member that a request asks: one response, which all its people write together.</summary>
internal sealed class RequestedMember : IVersioned
{
    public required Guid Id { get; init; }
    public required Guid Request { get; init; }
    public required MemberId Member { get; init; }

    /// <summary>The response, once the request was sent.</summary>
    public Guid? Response { get; set; }

    /// <summary>How many people the letter went to; none: a task for whoever looks after the member.</summary>
    public int Reached { get; set; }
    public DateTimeOffset? RemindedAt { get; set; }
    public int Version { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<RequestedMember>
    {
        public void Configure(EntityTypeBuilder<RequestedMember> member)
        {
            member.ToTable("requests_members");
            member.HasIndex(m => m.Request);
            member.HasIndex(m => m.Member);
            member.HasIndex(m => m.Response);
        }
    }
}
