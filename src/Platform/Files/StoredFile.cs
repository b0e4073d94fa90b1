using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Register;

namespace Plenaria.Platform.Files;

/// <summary>A file the house keeps, known by what it contains: the same bytes twice are one file.</summary>
internal sealed class StoredFile
{
    public const int HashLength = 64,
        NameMaxLength = 150,
        TypeMaxLength = 100;

    /// <summary>SHA-256 of the bytes as kept, in small hexadecimal digits; also the file's name on disk.</summary>
    public required string Hash { get; init; }
    public required string Name { get; init; }
    public required string MediaType { get; init; }
    public required long Size { get; init; }
    public required Audience Audience { get; set; }
    public required DateTimeOffset KeptAt { get; init; }

    /// <summary>Uploaded by somebody who was not signed in: what strangers store has a limit of its own.</summary>
    public bool IsFromStranger { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<StoredFile>
    {
        public void Configure(EntityTypeBuilder<StoredFile> file)
        {
            file.ToTable("files_kept");
            file.HasKey(f => f.Hash);
            file.Property(f => f.Hash).HasMaxLength(HashLength);
            file.Property(f => f.Name).HasMaxLength(NameMaxLength);
            file.Property(f => f.MediaType).HasMaxLength(TypeMaxLength);
        }
    }
}
