using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Plans.Import;

/// <summary>
/// A plan that somebody brought in and is still looking through: the file as it came and the text as corrected so far.
/// </summary>
internal sealed class ImportDraft : IVersioned, INotJournaled
{
    public required Guid Id { get; init; }
    public required int Year { get; init; }
    public required Language Language { get; init; }
    public required string SourceName { get; init; }
    public required byte[] Source { get; init; }
    public required string Text { get; set; }
    public required string By { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public int Version { get; set; }

    public string Path => $"/plans/import/{Id}";

    internal sealed class Mapping : IEntityTypeConfiguration<ImportDraft>
    {
        public void Configure(EntityTypeBuilder<ImportDraft> draft)
        {
            draft.ToTable("plans_import_drafts");
            draft.Property(d => d.SourceName).HasMaxLength(WorkPlan.SourceNameMaxLength);
        }
    }
}
