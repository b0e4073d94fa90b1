using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Plenaria.Members.Composition;
using Plenaria.Platform.Documents;
using static Plenaria.Platform.Site.ApiJson;

namespace Plenaria.Members.Directory;

/// <summary>
/// The directory as a spreadsheet, narrowed as the page is: read a page at a time, whatever its length.
/// </summary>
internal static class DirectoryFiles
{
    private const int PageSize = 200;

    /// <summary>Names of the query string that narrow the directory (<see cref="Narrowing"/>).</summary>
    public static readonly string[] Query = ["region", "country", "kind", "place", "q", "from", "to", "language"];

    private static readonly string[] Headings =
    [
        "slug",
        "name",
        "kind",
        "class",
        "country",
        "city",
        "region",
        "population",
        "website",
        "since",
        "until",
    ];

    public static IResult Csv(string lang, [AsParameters] Narrowing narrowing, MemberStore members, Targets targets) =>
        TableFiles.Send("csv", Headings, Rows(lang, narrowing, targets, members), $"members.{lang}");

    public static IResult Xlsx(string lang, [AsParameters] Narrowing narrowing, MemberStore members, Targets targets) =>
        TableFiles.Send("xlsx", Headings, Rows(lang, narrowing, targets, members), $"members.{lang}");

    private static async IAsyncEnumerable<IEnumerable<TableCell[]>> Rows(
        string lang,
        Narrowing narrowing,
        Targets targets,
        MemberStore members
    )
    {
        var (reader, filter) = (Language.Parse(lang), await narrowing.Filter(targets, default));
        string? after = null;
        do
        {
            var page = await members.List(filter, after, PageSize, default);
            yield return page.Select(m =>
                (TableCell[])
                    [
                        m.Slug,
                        m.Name.For(reader),
                        Word(m.Kind),
                        Word(m.Class),
                        m.Country,
                        m.City,
                        m.Region,
                        m.Population is { } p ? Word(p) : null,
                        m.Website,
                        m.Since?.ToString(),
                        m.Until?.ToString(),
                    ]
            );
            after = page.Count == PageSize ? page[^1].Slug : null;
        } while (after is not null);
    }
}

/// <summary>What the directory is narrowed to, as its address says.</summary>
internal sealed record Narrowing(
    [FromQuery] string? Region,
    [FromQuery] string? Country,
    [FromQuery] MemberKind? Kind,
    [FromQuery] string? Place,
    [FromQuery] string? Q,
    [FromQuery] DateOnly? From,
    [FromQuery] DateOnly? To,
    [FromQuery] string? Language
)
{
    public async Task<MemberFilter> Filter(Targets targets, CancellationToken cancel) =>
        new(
            Region,
            Country?.ToUpperInvariant(),
            Kind,
            null,
            Q,
            From,
            To,
            string.IsNullOrEmpty(Place)
                ? null
                : (await targets.Place(Place, Kernel.Language.English, cancel)).Countries,
            Kernel.Language.TryParse(Language, out var spoken) ? spoken : null
        );
}
