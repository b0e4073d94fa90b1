namespace Plenaria.Platform.Documents;

/// <summary>A format in which reference managers take a <see cref="Citation"/>.</summary>
/// <param name="Ending">Of the file, without the full stop.</param>
public sealed record CitationFormat(string Ending, string ContentType, Func<Citation, string> Write)
{
    public static IReadOnlyList<CitationFormat> All { get; } =
    [
        new("bib", "application/x-bibtex; charset=utf-8", c => c.BibTeX()),
        new("ris", "application/x-research-info-systems; charset=utf-8", c => c.Ris()),
    ];
}
