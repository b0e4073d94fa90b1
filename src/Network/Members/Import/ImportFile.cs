using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Members.Import;

/// <summary>
/// A spreadsheet of members that somebody is looking through before it is taken over. Once it was, its content goes and
/// what its headings mean stays, for the next file with the same headings.
/// </summary>
internal sealed class ImportFile : IVersioned, INotJournaled
{
    public const int NameMaxLength = 200;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(7),
        Remembered = TimeSpan.FromDays(800);

    public required Guid Id { get; init; }
    public required string FileName { get; init; }
    public required byte[] Content { get; set; }

    /// <summary>The language in which the names are written.</summary>
    public required Language Language { get; init; }

    /// <summary>The file's headings, folded, in their order.</summary>
    public required List<string> Headings { get; init; }

    /// <summary>The column of ours that each of the file's means, in their order; empty where it is left out.</summary>
    public required List<string> Columns { get; set; }
    public required string By { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? DoneAt { get; set; }
    public int Version { get; set; }

    /// <summary>
    /// What its columns mean by a form that names them in their order: a word that is no column of ours leaves one out.
    /// </summary>
    public List<string> Chosen(IReadOnlyList<string?> meanings) =>
        [
            .. Columns.Select(
                (column, i) =>
                    i >= meanings.Count ? column
                    : MemberRows.Columns.Contains(meanings[i] ?? "") ? meanings[i]!
                    : ""
            ),
        ];

    public string Path => $"/members/import/{Id}";

    /// <summary>Forgets files that nobody took over, and after a longer time what headings meant.</summary>
    public static Task ForgetOld(PlenariaDb db, DateTimeOffset now, CancellationToken cancel)
    {
        var (open, done) = (now - Kept, now - Remembered);
        return db.InTransactionAsync(
            () =>
                db.Set<ImportFile>()
                    .Where(f => f.CreatedAt < done || f.DoneAt == null && f.CreatedAt < open)
                    .ExecuteDeleteAsync(cancel),
            cancel
        );
    }

    internal sealed class Mapping : IEntityTypeConfiguration<ImportFile>
    {
        public void Configure(EntityTypeBuilder<ImportFile> file)
        {
            file.ToTable("members_import_files");
            file.Property(f => f.FileName).HasMaxLength(NameMaxLength);
            file.Property(f => f.Headings).HasJson();
            file.Property(f => f.Columns).HasJson();
        }
    }
}
