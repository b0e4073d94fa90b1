using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Thesaurus;

/// <summary>A vocabulary of the thesaurus, a concept scheme in the words of SKOS: issues, methods, scopes…</summary>
public sealed class Scheme
{
    public const int KeyMaxLength = 40;

    public required string Key { get; init; }
    public LocalizedText Label { get; internal set; } = LocalizedText.Empty;
    public int Order { get; internal set; }

    /// <summary>Whether its words widen a search: "presupuesto participativo" does, "open" would not help.</summary>
    public bool Widens { get; internal set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Scheme>
    {
        public void Configure(EntityTypeBuilder<Scheme> scheme)
        {
            scheme.ToTable("thesaurus_schemes");
            scheme.HasKey(s => s.Key);
            scheme.Property(s => s.Key).HasMaxLength(KeyMaxLength);
        }
    }
}

/// <summary>
/// A term of a vocabulary, named for good by <c>scheme:code</c>. Records keep the name; what it is called may change. A
/// deprecated term stays readable and says which one took its place.
/// </summary>
public sealed class Concept : IVersioned
{
    public const int CodeMaxLength = 100,
        LabelMaxLength = 120,
        NoteMaxLength = 600;

    public required string Code { get; init; }
    public required string Scheme { get; init; }
    public LocalizedText Label { get; internal set; } = LocalizedText.Empty;

    /// <summary>Other words for it that people search by, by language.</summary>
    public Dictionary<string, List<string>> Alt { get; internal set; } = [];
    public LocalizedText Note { get; internal set; } = LocalizedText.Empty;

    /// <summary>The names of wider terms, of this vocabulary or another.</summary>
    public List<string> Broader { get; internal set; } = [];

    /// <summary>The numbers of the Sustainable Development Goals it serves, 1 to 17.</summary>
    public List<int> Goals { get; internal set; } = [];
    public int Order { get; internal set; }
    public bool IsDeprecated { get; internal set; }
    public string? ReplacedBy { get; internal set; }

    /// <summary>The revision of the thesaurus in which it last changed.</summary>
    public int ChangedIn { get; internal set; }
    public int Version { get; set; }

    public string Path => $"/thesaurus/{Scheme}/{Code[(Scheme.Length + 1)..]}";

    /// <summary>All it is called in one language: its label first.</summary>
    public IEnumerable<string> NamesIn(Kernel.Language language) =>
        (Label.In(language) is { } label ? [label.Text] : (string[])[]).Concat(
            Alt.GetValueOrDefault(language.Code, [])
        );

    internal sealed class Mapping : IEntityTypeConfiguration<Concept>
    {
        public void Configure(EntityTypeBuilder<Concept> concept)
        {
            concept.ToTable("thesaurus_concepts");
            concept.HasKey(c => c.Code);
            concept.Property(c => c.Code).HasMaxLength(CodeMaxLength);
            concept.Property(c => c.Scheme).HasMaxLength(Plenaria.Thesaurus.Scheme.KeyMaxLength);
            concept.Property(c => c.ReplacedBy).HasMaxLength(CodeMaxLength);
            concept.Property(c => c.Alt).HasJson();
            concept.Property(c => c.Broader).HasJson();
            concept.Property(c => c.Goals).HasJson();
            concept.HasOne<Scheme>().WithMany().HasForeignKey(c => c.Scheme).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>A state of the whole thesaurus: each change of a term makes the next.</summary>
public sealed class Revision
{
    public const int WhatMaxLength = 300;

    public required int Number { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string What { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Revision>
    {
        public void Configure(EntityTypeBuilder<Revision> revision)
        {
            revision.ToTable("thesaurus_revisions");
            revision.HasKey(r => r.Number);
            revision.Property(r => r.What).HasMaxLength(WhatMaxLength);
        }
    }
}
