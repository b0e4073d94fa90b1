namespace Plenaria.Platform.Documents;

/// <summary>
/// A text to print or to keep: what the one PDF writer and the one Word writer take. <see cref="Link"/> is where it can
/// be looked up, printed as a QR code; <see cref="Footer"/> stands on every page beside its number.
/// </summary>
public sealed record Document(string Title, Kernel.Language Language, IReadOnlyList<Part> Parts)
{
    public string? Subtitle { get; init; }
    public string? Link { get; init; }
    public string? Footer { get; init; }

    /// <summary>Title, subtitle and link then have a page of their own.</summary>
    public Cover? Cover { get; init; }
}

/// <summary>What a first page of its own shows besides title and subtitle: a logo above them, lines below.</summary>
public sealed record Cover(Illustration? Logo, IReadOnlyList<string> Lines);

public abstract record Part;

/// <summary>Level 1 is the highest below the document's title.</summary>
public sealed record Heading(int Level, string Text) : Part;

/// <summary>Plain text; a quiet one is small and grey.</summary>
public sealed record Paragraph(string Text, bool IsQuiet = false) : Part;

/// <summary>With bullets, or numbered from 1.</summary>
public sealed record Listing(IReadOnlyList<string> Items, bool IsNumbered = false) : Part;

/// <summary>Every row has as many cells as there are columns. Numeric columns align to the end.</summary>
public sealed record Table(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : Part;

/// <summary>A picture in one of the usual formats; the alternative says what it shows to who does not see it.</summary>
public sealed record Illustration(byte[] Bytes, string Alternative) : Part
{
    public string? Caption { get; init; }
}

/// <summary>Room for each to sign, above the name.</summary>
public sealed record SignatureBlock(IReadOnlyList<(string Name, string Role)> Signatories) : Part;
