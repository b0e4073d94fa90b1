using System.Globalization;
using System.Text;

namespace Plenaria.Platform.Documents;

/// <summary>A publication as others cite it, for reference managers.</summary>
/// <param name="Id">What the record is called, e.g. its reference.</param>
/// <param name="Authors">Its authors in order; each as a catalogue writes the name.</param>
/// <param name="Language">ISO 639-1.</param>
/// <param name="Identifier">DOI or ISBN, as printed.</param>
public sealed record Citation(
    string Id,
    string Title,
    IReadOnlyList<string> Authors,
    string Publisher,
    int Year,
    Uri Address,
    string? Abstract = null,
    string? Language = null,
    string? Identifier = null
)
{
    /// <summary>Whether the authors are institutions, whose names are not turned round.</summary>
    public bool ByInstitutions { get; init; }

    /// <summary>One entry, type <c>misc</c>, in BibTeX.</summary>
    public string BibTeX()
    {
        var text = new StringBuilder($"@misc{{{Id},\n");
        void Field(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                text.Append(CultureInfo.InvariantCulture, $"  {name} = {{{value}}},\n");
        }
        Field("title", Escaped(Title));
        Field("author", string.Join(" and ", Authors.Select(a => ByInstitutions ? $"{{{Escaped(a)}}}" : Escaped(a))));
        Field("publisher", Escaped(Publisher));
        Field("year", Year.ToString(CultureInfo.InvariantCulture));
        Field("url", Escaped(Address.ToString()));
        Field("note", Escaped(Identifier is null ? Id : $"{Id}; {Identifier}"));
        return text.Append("}\n").ToString();
    }

    /// <summary>One record, type <c>ELEC</c>, in RIS.</summary>
    public string Ris()
    {
        var lines = new List<string> { "TY  - ELEC" };
        void Field(string tag, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                lines.Add($"{tag}  - {value.ReplaceLineEndings(" ")}");
        }
        Field("ID", Id);
        Field("TI", Title);
        foreach (var author in Authors)
            Field("AU", author);
        Field("PB", Publisher);
        Field("PY", Year.ToString(CultureInfo.InvariantCulture));
        Field("AB", Abstract);
        Field("LA", Language);
        Field("SN", Identifier);
        Field("UR", Address.ToString());
        return string.Join("\r\n", lines.Append("ER  - ")) + "\r\n";
    }

    // What TeX would read as a command; braces of its own would unbalance the record.
    private static string Escaped(string value) =>
        string.Concat(
            value
                .ReplaceLineEndings(" ")
                .Select(c =>
                    c switch
                    {
                        '\\' => @"\textbackslash{}",
                        '{' or '}' => "",
                        '&' or '%' or '$' or '#' or '_' => $"\\{c}",
                        '~' => @"\textasciitilde{}",
                        '^' => @"\textasciicircum{}",
                        _ => c.ToString(),
                    }
                )
        );
}
