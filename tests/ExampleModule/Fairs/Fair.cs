using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.ExampleModule;

internal sealed class Fair : IVersioned
{
    public required Guid Id { get; init; }
    public required Reference Reference { get; init; }
    public required LocalizedText Title { get; init; }

    /// <summary>The decision of the members by which it is held.</summary>
    public Reference? ApprovedBy { get; set; }

    /// <summary>What its committee decided: session and motion. It decides once.</summary>
    public string? Decided { get; set; }

    /// <summary>How many stands were asked for.</summary>
    public int Stands { get; set; }
    public int Version { get; set; }

    public string Stream => $"fair:{Reference}";

    internal sealed class Mapping : IEntityTypeConfiguration<Fair>
    {
        public void Configure(EntityTypeBuilder<Fair> fair)
        {
            fair.ToTable("fairs_fairs");
            fair.HasIndex(f => f.Reference).IsUnique();
        }
    }
}
