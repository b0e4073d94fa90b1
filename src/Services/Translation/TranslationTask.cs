using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Translation;

/// <summary>A record to be put into a language by somebody: what a translator sees of the house.</summary>
internal sealed class TranslationTask : IVersioned
{
    public const int NoteMaxLength = 1_000;

    public required Guid Id { get; init; }
    public required Reference Reference { get; init; }
    public required Kernel.Language Target { get; init; }
    public required AccountId Assignee { get; set; }
    public DateOnly? Due { get; set; }
    public string? Note { get; set; }
    public required DateTimeOffset AssignedAt { get; set; }
    public required AccountId? AssignedBy { get; set; }
    public DateTimeOffset? DoneAt { get; set; }
    public int Version { get; set; }

    public bool IsOpen => DoneAt is null;
    public string Path => $"/translations/{Reference}/{Target}";
    public string Stream => $"translation:{Reference}:{Target}";

    internal sealed class Mapping : IEntityTypeConfiguration<TranslationTask>
    {
        public void Configure(EntityTypeBuilder<TranslationTask> task)
        {
            task.ToTable("translation_tasks");
            task.Property(t => t.Note).HasMaxLength(NoteMaxLength);
            task.HasIndex(t => new { t.Reference, t.Target }).IsUnique();
            task.HasIndex(t => new { t.Assignee, t.DoneAt });
        }
    }
}
