namespace Plenaria.Platform.Data;

/// <summary>How a cell is written in an archive, the same from either database.</summary>
internal enum ArchiveKind
{
    Text,

    /// <summary>Whole numbers of any width.</summary>
    Integer,
    Real,
    Boolean,

    /// <summary>ISO 8601 in UTC: a number of ticks on SQLite, a timestamp on PostgreSQL.</summary>
    Instant,

    /// <summary>ISO 8601.</summary>
    Date,
    Guid,

    /// <summary>Base64.</summary>
    Bytes,
}

internal sealed record ArchiveColumn(string Name, ArchiveKind Kind);

/// <summary>A table of an archive; its rows stand in <c>tables/NAME.ndjson</c>.</summary>
internal sealed record ArchiveTable(string Name, IReadOnlyList<ArchiveColumn> Columns, long Rows);

/// <summary>
/// What an archive holds (<c>manifest.json</c>): the migration that its database was at, and each table with its
/// columns, those that others point at first. It says all that restoring an earlier version needs: no model of that
/// version is kept.
/// </summary>
internal sealed record ArchiveManifest(string Format, string Migration, IReadOnlyList<ArchiveTable> Tables)
{
    public const string PresentFormat = "plenaria-archive/2";

    // PostgreSQL has no longer names.
    private const int NameMaxLength = 63;

    /// <summary>Whether it can be read at all: of this format, and naming tables and columns as we name them.</summary>
    public bool IsSound =>
        Format == PresentFormat
        && Migration is not null
        && Tables is { Count: > 0 }
        && Tables.All(t =>
            IsName(t.Name)
            && t.Columns is { Count: > 0 }
            && t.Columns.All(c => IsName(c.Name) && Enum.IsDefined(c.Kind))
        );

    // They stand in SQL, and the file may come from anybody.
    private static bool IsName(string? name) =>
        name is { Length: > 0 and <= NameMaxLength }
        && char.IsAsciiLetterLower(name[0])
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');
}
