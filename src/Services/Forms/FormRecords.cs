using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Forms;

internal enum ResponseState
{
    Draft,
    Sent,
    Reopened,
}

/// <summary>
/// A form as it was when somebody began to fill it in: later changes of the form do not touch their answers. Known by
/// the hash of what it says.
/// </summary>
internal sealed class FormVersion : INotJournaled
{
    public required string Hash { get; init; }
    public required FormDefinition Definition { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<FormVersion>
    {
        public void Configure(EntityTypeBuilder<FormVersion> form)
        {
            form.ToTable("forms_kept");
            form.HasKey(f => f.Hash);
            form.Property(f => f.Hash).HasMaxLength(64);
            form.Property(f => f.Definition).HasJson();
        }
    }
}

/// <summary>A form somebody is filling in, or has sent.</summary>
internal sealed class FormResponse : IVersioned
{
    public const int FormMaxLength = 60,
        EmailMaxLength = 254;

    public required Guid Id { get; init; }
    public required string Form { get; init; }
    public required string Kept { get; init; }
    public required Kernel.Language Language { get; init; }
    public required string Email { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    public ResponseState State { get; set; }

    /// <summary>
    /// What is said above it to whoever was asked for it: what for, on whose behalf, until when. Markdown.
    /// </summary>
    public LocalizedText? Intro { get; set; }

    /// <summary>What was asked for when it was reopened.</summary>
    public string? Question { get; set; }
    public Dictionary<string, List<string>> Given { get; set; } = [];
    public int Version { get; set; }

    public bool IsOpen => State != ResponseState.Sent;
    public string Stream => $"form:{Id}";

    internal sealed class Mapping : IEntityTypeConfiguration<FormResponse>
    {
        public void Configure(EntityTypeBuilder<FormResponse> response)
        {
            response.ToTable("forms_responses");
            response.Property(r => r.Form).HasMaxLength(FormMaxLength);
            response.Property(r => r.Kept).HasMaxLength(64);
            response.Property(r => r.Email).HasMaxLength(EmailMaxLength);
            response.Property(r => r.Question).HasMaxLength(2_000);
            response.Property(r => r.Given).HasJson();
            response.HasOne<FormVersion>().WithMany().HasForeignKey(r => r.Kept).OnDelete(DeleteBehavior.Restrict);
            response.HasIndex(r => new
            {
                r.Form,
                r.State,
                r.SentAt,
            });
        }
    }
}

/// <summary>A mailed way back to a response: whoever has it may go on, on any device. Only its hash is kept.</summary>
internal sealed class FormLink : INotJournaled
{
    public required byte[] Hash { get; init; }
    public required Guid Response { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<FormLink>
    {
        public void Configure(EntityTypeBuilder<FormLink> link)
        {
            link.ToTable("forms_links");
            link.HasKey(l => l.Hash);
            link.HasOne<FormResponse>().WithMany().HasForeignKey(l => l.Response).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>
/// That a superior was asked to read a form before it is sent: without an account, by a link of their own.
/// </summary>
internal sealed class FormReview : IVersioned
{
    public const int NameMaxLength = 120,
        CommentMaxLength = 2_000;

    public required Guid Id { get; init; }
    public required Guid Response { get; init; }
    public required string Name { get; init; }
    public required string Email { get; init; }
    public required byte[] TokenHash { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public string? Comment { get; set; }
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>
    /// The hash of the answers they approved: answers changed since are not what they read. Null: not approved.
    /// </summary>
    public string? Approved { get; set; }
    public int Version { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<FormReview>
    {
        public void Configure(EntityTypeBuilder<FormReview> review)
        {
            review.ToTable("forms_reviews");
            review.HasOne<FormResponse>().WithMany().HasForeignKey(r => r.Response).OnDelete(DeleteBehavior.Restrict);
            review.Property(r => r.Name).HasMaxLength(NameMaxLength);
            review.Property(r => r.Email).HasMaxLength(FormResponse.EmailMaxLength);
            review.Property(r => r.Comment).HasMaxLength(CommentMaxLength);
            review.Property(r => r.Approved).HasMaxLength(64);
            review.HasIndex(r => r.TokenHash).IsUnique();
            review.HasIndex(r => r.Response);
        }
    }
}
