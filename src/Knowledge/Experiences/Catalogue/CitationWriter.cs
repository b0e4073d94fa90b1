using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Plenaria.Members;
using Plenaria.Platform.Documents;

namespace Plenaria.Experiences.Catalogue;

/// <summary>A practice as others cite and link it: as a citation, and in schema.org's words as JSON-LD.</summary>
internal static class CitationWriter
{
    // Within a script element: no bracket that could end it.
    private static readonly JsonSerializerOptions Safe = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Linked(Experience e, MemberLine? owner, Language reader, Uri site) =>
        JsonSerializer.Serialize(
            new Dictionary<string, object?>
            {
                ["@context"] = "https://schema.org",
                ["@type"] = "Article",
                ["@id"] = $"{site}r/{e.Reference}",
                ["url"] = $"{site}{reader}{e.Path}",
                ["headline"] = e.Title.For(reader),
                ["abstract"] = e.Summary.For(reader),
                ["inLanguage"] = e.WrittenIn ?? (e.Title.Best(reader) is var (language, _) ? language.Code : null),
                ["datePublished"] = e.PublishedAt?.ToString(
                    "yyyy-MM-dd",
                    System.Globalization.CultureInfo.InvariantCulture
                ),
                ["dateModified"] = e.ChangedAt.ToString(
                    "yyyy-MM-dd",
                    System.Globalization.CultureInfo.InvariantCulture
                ),
                ["temporalCoverage"] = e.Start is { } start ? $"{start}/{e.End?.ToString() ?? ".."}" : null,
                ["author"] = owner is null
                    ? null
                    : new Dictionary<string, object?>
                    {
                        ["@type"] = "Organization",
                        ["name"] = owner.Name.For(reader),
                        ["url"] = $"{site}{reader}{owner.Path}",
                    },
                ["contentLocation"] = e.Country is null
                    ? null
                    : new Dictionary<string, object?>
                    {
                        ["@type"] = "Place",
                        ["name"] = e.City,
                        ["address"] = new Dictionary<string, object?>
                        {
                            ["@type"] = "PostalAddress",
                            ["addressCountry"] = e.Country,
                            ["addressLocality"] = e.City,
                        },
                    },
                ["license"] = e.Origin?.Licence,
                ["isBasedOn"] = e.Origin?.Url,
            },
            Safe
        );

    public static Citation Citation(Experience e, MemberLine? owner, string network, Language reader, Uri site) =>
        new(
            e.Reference.ToString(),
            e.Title.For(reader),
            [owner?.Name.For(reader) ?? e.Origin?.Name ?? network],
            network,
            (e.PublishedAt ?? e.ChangedAt).Year,
            new($"{site}r/{e.Reference}"),
            e.Summary.For(reader),
            e.WrittenIn ?? e.Title.Source?.Code
        )
        {
            ByInstitutions = owner is not null,
        };
}
