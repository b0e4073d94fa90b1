using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Correspondence;

/// <summary>
/// How the network words one letter in one language, where it is not as shipped. The row stays when it goes back to the
/// shipped texts: two people who edit it are then told apart by its version.
/// </summary>
internal sealed class LetterWording : IVersioned
{
    /// <summary>The stream's kind.</summary>
    public const string StreamKind = "letter-wording";

    public required Guid Id { get; init; }

    /// <summary>The key of the <see cref="LetterTemplate"/>.</summary>
    public required string Template { get; init; }
    public required Kernel.Language Language { get; init; }

    /// <summary>The texts that are worded otherwise, by their keys; those that are as shipped are left out.</summary>
    public IReadOnlyDictionary<string, string> Texts { get; private set; } = new Dictionary<string, string>();

    /// <summary>Of the same keys what was shipped when they were written.</summary>
    public IReadOnlyDictionary<string, string> Shipped { get; private set; } = new Dictionary<string, string>();

    /// <summary>Begins at 1: a form that began while there was no row says 0.</summary>
    public int Version { get; set; } = 1;

    public string Stream => $"{StreamKind}:{Template}.{Language}";

    public bool IsAsShipped => Texts.Count == 0;

    public void Reword(IReadOnlyDictionary<string, string> texts, IReadOnlyDictionary<string, string> shipped) =>
        (Texts, Shipped) = (texts, shipped);

    internal sealed class Mapping : IEntityTypeConfiguration<LetterWording>
    {
        public void Configure(EntityTypeBuilder<LetterWording> wording)
        {
            wording.ToTable("correspondence_wordings");
            wording.Property(w => w.Template).HasMaxLength(LetterTemplate.KeyMaxLength);
            wording.Property(w => w.Texts).HasJson();
            wording.Property(w => w.Shipped).HasJson();
            wording.HasIndex(w => new { w.Template, w.Language }).IsUnique();
        }
    }
}
