using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Imports;

/// <summary>How many rows of a file became what.</summary>
internal sealed record ImportCounts(int Taken, int Changed, int Unchanged, int Refused);

/// <summary>
/// A file that somebody is looking through before it is taken over. Once it was, its content goes and what its headings
/// mean stays, for the next file of its kind with the same headings.
/// </summary>
internal sealed class ImportFile : IVersioned, INotJournaled
{
    public const int KindMaxLength = 40,
        NameMaxLength = 200;

    public required Guid Id { get; init; }

    /// <summary>What is imported: the key of an <see cref="ImportKind"/>.</summary>
    public required string Kind { get; init; }
    public required string FileName { get; init; }
    public required byte[] Content { get; set; }

    /// <summary>The language in which the names are written.</summary>
    public required Language Language { get; init; }

    /// <summary>The file's headings, folded, in their order.</summary>
    public required List<string> Headings { get; init; }

    /// <summary>The column of ours that each of the file's means, in their order; empty where it is left out.</summary>
    public required List<string> Columns { get; set; }

    /// <summary>How many rows it has below its headings.</summary>
    public required int Rows { get; init; }
    public required AccountId? Account { get; init; }

    /// <summary>The name of whoever brought it.</summary>
    public required string By { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When somebody asked for it to be taken over by the job; null while nobody did.</summary>
    public DateTimeOffset? RequestedAt { get; private set; }

    /// <summary>When the job had to give it up.</summary>
    public DateTimeOffset? FailedAt { get; private set; }
    public DateTimeOffset? DoneAt { get; private set; }

    /// <summary>What became of its rows, once it was taken over.</summary>
    public ImportCounts? Outcome { get; private set; }
    public int Version { get; set; }

    public string Path => PathOf(Kind, Id);

    /// <summary>Whether it waits for somebody to look it through.</summary>
    public bool IsOpen => RequestedAt is null && DoneAt is null;

    public static string PathOf(string kind, Guid id) => $"/import/{kind}/{id}";

    /// <summary>
    /// What its columns mean by a form that names them in their order: a word that is no column of ours leaves one out.
    /// </summary>
    public List<string> Chosen(IReadOnlyList<string?> meanings, IReadOnlyList<ImportColumn> known) =>
        [
            .. Columns.Select(
                (column, i) =>
                    i >= meanings.Count ? column
                    : known.Any(c => c.Key == meanings[i]) ? meanings[i]!
                    : ""
            ),
        ];

    public void Request(DateTimeOffset at) => (RequestedAt, FailedAt) = (at, null);

    /// <summary>Nothing of it is taken over, and it may be looked through again.</summary>
    public void GiveUp(DateTimeOffset? failedAt) => (RequestedAt, FailedAt) = (null, failedAt);

    public void Complete(ImportCounts outcome, DateTimeOffset at) =>
        (Content, Outcome, RequestedAt, DoneAt) = ([], outcome, null, at);

    internal sealed class Mapping : IEntityTypeConfiguration<ImportFile>
    {
        public void Configure(EntityTypeBuilder<ImportFile> file)
        {
            file.ToTable("imports_files");
            file.Property(f => f.Kind).HasMaxLength(KindMaxLength);
            file.Property(f => f.FileName).HasMaxLength(NameMaxLength);
            file.Property(f => f.Headings).HasJson();
            file.Property(f => f.Columns).HasJson();
            file.Property(f => f.Outcome).HasJson();
        }
    }
}
