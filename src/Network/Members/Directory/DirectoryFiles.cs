using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using MiniExcelLibs;
using Plenaria.Members.Composition;
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
        Results.Stream(
            async body =>
            {
                var isFirst = true;
                await foreach (
                    var rows in Rows(Language.Parse(lang), await narrowing.Filter(targets, default), members)
                )
                {
                    await body.WriteAsync(
                        Platform.Documents.Csv.Write(isFirst ? rows.Prepend(Headings) : rows, isStart: isFirst)
                    );
                    isFirst = false;
                }
            },
            Platform.Documents.Csv.MediaType,
            $"members.{lang}.csv"
        );

    public static async Task<IResult> Xlsx(
        string lang,
        [AsParameters] Narrowing narrowing,
        MemberStore members,
        Targets targets,
        CancellationToken cancel
    )
    {
        // A workbook is an archive whose end is written by going back: it is made on disk, which forgets it when it is
        // sent.
        var file = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            1 << 16,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous
        );
        try
        {
            await file.SaveAsAsync(
                Cells(Rows(Language.Parse(lang), await narrowing.Filter(targets, cancel), members)),
                cancellationToken: cancel
            );
            file.Position = 0;
            return Results.File(
                file,
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                $"members.{lang}.xlsx"
            );
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static async IAsyncEnumerable<Dictionary<string, object?>> Cells(
        IAsyncEnumerable<IEnumerable<string?[]>> pages
    )
    {
        await foreach (var rows in pages)
        foreach (var row in rows)
            yield return Headings.Zip(row).ToDictionary(c => c.First, c => (object?)Harmless(c.Second));
    }

    // As in the CSV: a cell that begins like a formula is kept from being one.
    private static string? Harmless(string? cell) =>
        cell is { Length: > 0 } && "=+-@\t\r".Contains(cell[0], StringComparison.Ordinal) ? "'" + cell : cell;

    private static async IAsyncEnumerable<IEnumerable<string?[]>> Rows(
        Language reader,
        MemberFilter filter,
        MemberStore members
    )
    {
        string? after = null;
        do
        {
            var page = await members.List(filter, after, PageSize, default);
            yield return page.Select(m =>
                (string?[])
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
