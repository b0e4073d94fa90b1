using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Plenaria.Members;

namespace Plenaria.Experiences.Catalogue;

/// <summary>A practice as others cite and link it: BibTeX, RIS, and schema.org in JSON-LD.</summary>
internal static class Citing
{
    // Within a script element: no bracket that could end it.
    private static readonly JsonSerializerOptions Safe = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    public static string Linked(Experience e, MemberLine? owner, Language reader, Uri site) => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["@context"] = "https://schema.org", ["@type"] = "Article", ["@id"] = $"{site}r/{e.Reference}", ["url"] = $"{site}{reader}{e.Path}", ["headline"] = e.Title.For(reader), ["abstract"] = e.Summary.For(reader),
        ["inLanguage"] = e.WrittenIn ?? (e.Title.Best(reader) is var (language, _) ? language.Code : null), ["datePublished"] = e.PublishedAt?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), ["dateModified"] = e.ChangedAt.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        ["temporalCoverage"] = e.Start is { } start ? $"{start}/{e.End?.ToString() ?? ".."}" : null, ["author"] = owner is null ? null : new Dictionary<string, object?> { ["@type"] = "Organization", ["name"] = owner.Name.For(reader), ["url"] = $"{site}{reader}{owner.Path}" },
        ["contentLocation"] = e.Country is null ? null : new Dictionary<string, object?> { ["@type"] = "Place", ["name"] = e.City, ["address"] = new Dictionary<string, object?> { ["@type"] = "PostalAddress", ["addressCountry"] = e.Country, ["addressLocality"] = e.City } },
        ["license"] = e.Origin?.Licence, ["isBasedOn"] = e.Origin?.Url,
    }, Safe);

    public static string BibTeX(Experience e, MemberLine? owner, string network, Language reader, Uri site)
    {
        var text = new StringBuilder($"@misc{{{e.Reference},\n");
        void Field(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                text.Append(System.Globalization.CultureInfo.InvariantCulture, $"  {name} = {{{Escaped(value)}}},\n");
        }
        Field("title", e.Title.For(reader));
        Field("author", owner is null ? e.Origin?.Name ?? network : $"{{{Escaped(owner.Name.For(reader))}}}");
        Field("publisher", network);
        Field("year", (e.PublishedAt ?? e.ChangedAt).Year.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Field("url", $"{site}r/{e.Reference}");
        Field("note", e.Reference.ToString());
        return text.Append("}\n").ToString();
    }

    public static string Ris(Experience e, MemberLine? owner, string network, Language reader, Uri site)
    {
        var lines = new List<string> { "TY  - ELEC" };
        void Field(string tag, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                lines.Add($"{tag}  - {value.ReplaceLineEndings(" ")}");
        }
        Field("ID", e.Reference.ToString());
        Field("TI", e.Title.For(reader));
        Field("AU", owner?.Name.For(reader) ?? e.Origin?.Name ?? network);
        Field("PB", network);
        Field("PY", (e.PublishedAt ?? e.ChangedAt).Year.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Field("AB", e.Summary.For(reader));
        Field("LA", e.WrittenIn ?? e.Title.Source?.Code);
        Field("UR", $"{site}r/{e.Reference}");
        return string.Join("\r\n", lines.Append("ER  - ")) + "\r\n";
    }

    // What TeX would read as a command; braces of its own would unbalance the record.
    private static string Escaped(string value) => value is ['{', .., '}'] ? value : string.Concat(value.ReplaceLineEndings(" ").Select(c => c switch
    {
        '\\' => @"\textbackslash{}",
        '{' or '}' => "",
        '&' or '%' or '$' or '#' or '_' => $"\\{c}",
        '~' => @"\textasciitilde{}",
        '^' => @"\textasciicircum{}",
        _ => c.ToString(),
    }));
}
