using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Forms;

/// <summary>Who may begin a form.</summary>
internal enum FormAccess
{
    /// <summary>Whoever gives an e-mail address.</summary>
    Everyone,
    SignedIn,

    /// <summary>Only members that are asked for it by a request.</summary>
    Requested,
}

/// <summary>Whether a form takes answers.</summary>
internal enum FormState
{
    Draft,
    Announced,
    Open,

    /// <summary>Between two phases.</summary>
    Paused,
    Over,
    Closed,
}

/// <summary>
/// A form that staff build: what it will ask, what it asks now, when, and of whom. A form of a module has one once
/// staff change it.
/// </summary>
internal sealed class StoredForm : IVersioned
{
    public const int KeyMaxLength = FormResponse.FormMaxLength,
        ZoneMaxLength = 60,
        MostPhases = 6;

    public required Guid Id { get; init; }

    /// <summary>Its word in addresses.</summary>
    public required string Key { get; init; }

    /// <summary>As it is being built.</summary>
    public required FormDefinition Draft { get; set; }

    /// <summary>As it was before a question was removed; null when nothing was removed last.</summary>
    public FormDefinition? BeforeRemoval { get; set; }

    /// <summary>The <see cref="FormVersion"/> that is asked; null: it was never published.</summary>
    public string? Published { get; private set; }
    public DateTimeOffset? PublishedAt { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>The IANA zone whose clocks the phases were typed by.</summary>
    public string Zone { get; set; } = "UTC";
    public List<FormPhase> Phases { get; set; } = [];
    public FormAccess Access { get; set; }

    /// <summary>How many are taken; null: all.</summary>
    public int? Quota { get; set; }
    public required AccountId? CreatedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }
    public int Version { get; set; }

    /// <summary>Whether something was changed since it was published.</summary>
    public bool HasChanges => ChangedAt > (PublishedAt ?? DateTimeOffset.MinValue);

    public string Stream => $"form-design:{Key}";
    public string Path => $"/forms/{Key}";

    /// <summary>A form that nobody has published yet.</summary>
    public static StoredForm Begin(FormDefinition draft, OperationContext acting) =>
        new()
        {
            Id = Guid.CreateVersion7(acting.At),
            Key = draft.Key,
            Draft = draft,
            CreatedBy = acting.Actor.Id,
            CreatedAt = acting.At,
            ChangedAt = acting.At,
        };

    public FormState StateAt(DateTimeOffset at) =>
        Published is null ? FormState.Draft
        : ClosedAt is not null ? FormState.Closed
        : Phases.Count == 0 || Phases.Exists(p => p.Contains(at)) ? FormState.Open
        : Phases.TrueForAll(p => p.Closes <= at) ? FormState.Over
        : Phases.Exists(p => p.Closes <= at) ? FormState.Paused
        : FormState.Announced;

    /// <summary>The moment at which it opens next, or at which it closed last; null where there is none.</summary>
    public DateTimeOffset? TurnsAt(DateTimeOffset at) =>
        StateAt(at) switch
        {
            FormState.Open => Phases.Find(p => p.Contains(at))?.Closes,
            FormState.Announced or FormState.Paused => Phases.Where(p => p.Opens > at).Min(p => p.Opens),
            FormState.Over => Phases.Max(p => p.Closes),
            FormState.Closed => ClosedAt,
            _ => null,
        };

    /// <summary>Whether an answer to this question must be there for the form to be sent now.</summary>
    public bool Requires(FormField field, DateTimeOffset at)
    {
        if (!field.IsRequired)
            return false;
        var from = Phases.FindIndex(p => p.Key == field.RequiredFrom);
        if (from < 0 && field.RequiredFrom is not null)
            return false;
        return from <= Phases.FindLastIndex(p => p.Opens is null || p.Opens <= at);
    }

    public void Publish(string hash, DateTimeOffset at) => (Published, PublishedAt, ClosedAt) = (hash, at, null);

    public void Close(DateTimeOffset at)
    {
        if (Published is null || ClosedAt is not null)
            throw new RuleViolationException("forms.build.not-open");
        ClosedAt = at;
    }

    public void Reopen() => ClosedAt = null;

    /// <summary>Takes the removal of a question back.</summary>
    public void Restore(DateTimeOffset at) =>
        (Draft, BeforeRemoval, ChangedAt) = (
            BeforeRemoval ?? throw new RuleViolationException("platform.changed-meanwhile"),
            null,
            at
        );

    internal sealed class Mapping : IEntityTypeConfiguration<StoredForm>
    {
        public void Configure(EntityTypeBuilder<StoredForm> form)
        {
            form.ToTable("forms_forms");
            form.Property(f => f.Key).HasMaxLength(KeyMaxLength);
            form.Property(f => f.Draft).HasJson();
            form.Property(f => f.BeforeRemoval).HasJson();
            form.Property(f => f.Phases).HasJson();
            form.Property(f => f.Zone).HasMaxLength(ZoneMaxLength);
            form.Property(f => f.Published).HasMaxLength(64);
            form.HasOne<FormVersion>().WithMany().HasForeignKey(f => f.Published).OnDelete(DeleteBehavior.Restrict);
            form.HasIndex(f => f.Key).IsUnique();
        }
    }
}

/// <summary>How many responses of a form were sent, each counted once: what a quota is held against.</summary>
internal sealed class FormCount : INotJournaled
{
    public required string Form { get; init; }
    public int Sent { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<FormCount>
    {
        public void Configure(EntityTypeBuilder<FormCount> count)
        {
            count.ToTable("forms_counts");
            count.HasKey(c => c.Form);
            count.Property(c => c.Form).HasMaxLength(StoredForm.KeyMaxLength);
        }
    }
}

/// <summary>
/// An answer by which the responses of a form are found: of questions that are answered by choosing. Kept when a
/// response is sent.
/// </summary>
internal sealed class ChosenAnswer : INotJournaled
{
    public const int FieldMaxLength = 60,
        ValueMaxLength = 120;

    public required Guid Response { get; init; }
    public required string Form { get; init; }
    public required string Field { get; init; }
    public required string Value { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<ChosenAnswer>
    {
        public void Configure(EntityTypeBuilder<ChosenAnswer> answer)
        {
            answer.ToTable("forms_chosen");
            answer.Property(a => a.Form).HasMaxLength(StoredForm.KeyMaxLength);
            answer.Property(a => a.Field).HasMaxLength(FieldMaxLength);
            answer.Property(a => a.Value).HasMaxLength(ValueMaxLength);
            answer.HasKey(a => new
            {
                a.Response,
                a.Field,
                a.Value,
            });
            answer.HasIndex(a => new
            {
                a.Form,
                a.Field,
                a.Value,
            });
            answer.HasOne<FormResponse>().WithMany().HasForeignKey(a => a.Response).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
