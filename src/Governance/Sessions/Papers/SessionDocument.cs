using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Sessions.Papers;

/// <summary>
/// One edition of a document that a session works on. From the notice on an edition stays as it was sent: what is put
/// right is another one beside it.
/// </summary>
internal sealed class SessionDocument : IVersioned
{
    public const int TitleMaxLength = 200,
        NameMaxLength = 200,
        MediaTypeMaxLength = 100;

    public required Guid Id { get; init; }
    public required Guid Session { get; init; }

    /// <summary>Counts the documents of the session; all editions of one share it.</summary>
    public required int Number { get; init; }
    public required int Edition { get; init; }
    public required LocalizedText Title { get; init; }
    public Guid? Item { get; init; }
    public required string Hash { get; init; }
    public required string Name { get; init; }
    public required string MediaType { get; init; }
    public required long Size { get; init; }
    public required DateTimeOffset At { get; init; }
    public int Version { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<SessionDocument>
    {
        public void Configure(EntityTypeBuilder<SessionDocument> document)
        {
            document.ToTable("sessions_documents");
            document.Property(d => d.Hash).HasMaxLength(64);
            document.Property(d => d.Name).HasMaxLength(NameMaxLength);
            document.Property(d => d.MediaType).HasMaxLength(MediaTypeMaxLength);
            document
                .HasIndex(d => new
                {
                    d.Session,
                    d.Number,
                    d.Edition,
                })
                .IsUnique();
            document.HasOne<Session>().WithMany().HasForeignKey(d => d.Session).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
