using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Publishing.Contact;

/// <summary>What somebody wrote to the Secretariat through the site. Erased a year after it was answered.</summary>
internal sealed class ContactMessage : IVersioned
{
    public const int NameMaxLength = 120,
        EmailMaxLength = 254,
        SubjectMaxLength = 200,
        TextMaxLength = 10_000;
    public const int DaysKept = 365;

    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Email { get; init; }
    public required string Subject { get; init; }
    public required string Text { get; init; }

    /// <summary>The language of the page it was written on; the answer goes out in it.</summary>
    public required Language Language { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? DoneAt { get; private set; }
    public AccountId? DoneBy { get; private set; }

    /// <summary>What was answered; null when it was put aside without an answer.</summary>
    public string? Answer { get; private set; }
    public int Version { get; set; }

    /// <exception cref="RuleViolationException">It is done already.</exception>
    public void Finish(string? answer, AccountId? by, DateTimeOffset at)
    {
        if (DoneAt is not null)
            throw new RuleViolationException("publishing.contact.done-already");
        (Answer, DoneBy, DoneAt) = (answer, by, at);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<ContactMessage>
    {
        public void Configure(EntityTypeBuilder<ContactMessage> message)
        {
            message.ToTable("publishing_contact");
            message.Property(m => m.Name).HasMaxLength(NameMaxLength);
            message.Property(m => m.Email).HasMaxLength(EmailMaxLength);
            message.Property(m => m.Subject).HasMaxLength(SubjectMaxLength);
            message.HasIndex(m => new { m.DoneAt, m.At });
        }
    }
}
