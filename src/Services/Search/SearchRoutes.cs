using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plenaria.Platform.Access;
using Plenaria.Platform.Documents;
using Plenaria.Platform.Language;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;

namespace Plenaria.Search;

/// <summary>
/// Any search for programs: JSON a page at a time, CSV as one stream, an Atom feed of what changed last.
/// </summary>
internal static class SearchRoutes
{
    private const int Most = 100;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/api/v1/search",
                async (
                    HttpContext context,
                    SearchService search,
                    Localizer texts,
                    CurrentUser visitor,
                    CancellationToken cancel
                ) =>
                {
                    // Here `lang` is the language one asks in; the language of the records is `written`.
                    var language = Kernel.Language.TryParse(context.Request.Query["lang"], out var asked)
                        ? asked
                        : Kernel.Language.English;
                    var query = context.Request.Query.Where(q => q.Key != "lang").ToDictionary();
                    if (query.Remove("written", out var written))
                        query["lang"] = written;
                    var narrowing = new SearchFilters(new QueryCollection(query));
                    var finding = await search.Find(narrowing.Wish(language, visitor.Reads), cancel);
                    context.Response.Headers["Server-Timing"] = string.Create(
                        System.Globalization.CultureInfo.InvariantCulture,
                        $"search;dur={finding.Took.TotalMilliseconds:0.00}"
                    );
                    return TypedResults.Ok(
                        new
                        {
                            total = finding.Total,
                            pending = finding.Pending,
                            page = narrowing.Page,
                            instead = finding.Instead,
                            widened = finding.Widened.Select(c => new
                            {
                                term = c.Code,
                                label = ApiJson.Texts(c.Label),
                            }),
                            results = finding.Hits.Select(h => new
                            {
                                reference = h.Entry.Reference.ToString(),
                                kind = h.Entry.Kind,
                                title = ApiJson.Texts(h.Entry.Title),
                                summary = ApiJson.Texts(h.Entry.Summary),
                                place = h.Place,
                                date = h.Entry.Date?.ToString(),
                                topics = h.Topics,
                                snippet = string.Concat(h.Snippet.Select(p => p.Text)),
                                href = $"/{language}{h.Entry.Path}",
                            }),
                            facets = finding
                                .Counts.Where(c => c.Key != FacetFields.Member)
                                .ToDictionary(c => c.Key == FacetFields.Language ? "written" : c.Key, c => c.Value),
                        }
                    );
                }
            )
            .AllowAnonymous()
            .MayBeCached([.. SearchFilters.Names, "written"]);
        app.MapGet(
                "/{lang:lang}/search.csv",
                (string lang, HttpContext context, SearchService search, CurrentUser visitor) =>
                    Results.Stream(
                        async body =>
                        {
                            var (language, narrowing) = (
                                Kernel.Language.Parse(lang),
                                new SearchFilters(context.Request.Query)
                            );
                            for (var (skip, isFirst) = (0, true); ; (skip, isFirst) = (skip + 200, false))
                            {
                                var finding = await search.Find(
                                    narrowing.Wish(language, visitor.Reads, 200) with
                                    {
                                        Skip = skip,
                                    },
                                    context.RequestAborted
                                );
                                IEnumerable<string?[]> rows = finding.Hits.Select(h =>
                                    (string?[])
                                        [
                                            h.Entry.Reference.ToString(),
                                            h.Entry.Kind,
                                            h.Entry.Title.For(language),
                                            h.Entry.Summary.For(language),
                                            h.Place,
                                            h.Entry.Date?.ToString(),
                                            string.Join(' ', h.Topics),
                                            $"{context.Request.Scheme}://{context.Request.Host}/r/{h.Entry.Reference}",
                                        ]
                                );
                                await body.WriteAsync(
                                    Csv.Write(
                                        isFirst
                                            ? rows.Prepend([
                                                "reference",
                                                "kind",
                                                "title",
                                                "summary",
                                                "place",
                                                "date",
                                                "topics",
                                                "address",
                                            ])
                                            : rows,
                                        isStart: isFirst
                                    ),
                                    context.RequestAborted
                                );
                                if (finding.Hits.Count < 200)
                                    return;
                            }
                        },
                        Csv.MediaType,
                        $"search.{lang}.csv"
                    )
            )
            .AllowAnonymous()
            .MayBeCached([.. SearchFilters.Names]);
        app.MapGet("/{lang:lang}/search.atom", Feed).AllowAnonymous().MayBeCached([.. SearchFilters.Names]);
        app.MapGet("/feed.atom", Feed).AllowAnonymous().MayBeCached([.. SearchFilters.Names]);
    }

    private static async Task<IResult> Feed(
        string? lang,
        HttpContext context,
        SearchService search,
        Network network,
        Localizer texts,
        CancellationToken cancel
    )
    {
        // In the path a language is one of ours; `?lang=` of /feed.atom may say anything.
        if (!Kernel.Language.TryParse(lang ?? Kernel.Language.English.Code, out var language))
            return Results.Problem(
                statusCode: StatusCodes.Status400BadRequest,
                title: "lang is none of the languages of this site."
            );
        var narrowing = new SearchFilters(context.Request.Query);
        var finding = await search.Find(
            narrowing.Wish(language, Audience.Public, Most) with
            {
                Order = SearchOrder.Changed,
                Skip = 0,
            },
            cancel
        );
        var profile = await network.Profile(cancel);
        var site = $"{context.Request.Scheme}://{context.Request.Host}";
        return await AtomFeed.Write(
            context,
            language,
            profile.Name.For(language),
            narrowing.Words is { } words
                ? $"{profile.ShortName}: {words}"
                : $"{profile.ShortName}: {texts.Get(language, "home.newest")}",
            narrowing.Address($"/{language}/search"),
            context.Request.Path + context.Request.QueryString,
            finding.Hits.Count == 0 ? DateTimeOffset.UnixEpoch : finding.Hits.Max(h => h.Entry.ChangedAt),
            finding.Hits.Select(h => new FeedEntry(
                $"{site}/r/{h.Entry.Reference}",
                h.Entry.Title.For(language),
                h.Entry.Summary.For(language),
                h.Entry.ChangedAt,
                $"/{language}{h.Entry.Path}"
            ))
        );
    }
}
