using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Site;

namespace Plenaria.Platform.Register;

/// <summary>
/// What is public, for search engines (sitemaps.org 0.9): an index, and maps of a few thousand pages with their
/// languages. Each map is a range of keys (<see cref="SitemapPart"/>), so that neither costs more with more entries.
/// </summary>
internal static class Sitemap
{
    private static readonly XNamespace Schema = "http://www.sitemaps.org/schemas/sitemap/0.9",
        Xhtml = "http://www.w3.org/1999/xhtml";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/sitemap.xml",
                async (HttpContext context, PlenariaDb db, CancellationToken cancel) =>
                {
                    var last = await db.Set<SitemapPart>().MaxAsync(p => (int?)p.Number, cancel);
                    return Write(
                        new(
                            Schema + "sitemapindex",
                            Enumerable
                                .Range(1, last ?? 1)
                                .Select(p => new XElement(
                                    Schema + "sitemap",
                                    new XElement(Schema + "loc", $"{Site(context)}/sitemap-{p}.xml")
                                ))
                        )
                    );
                }
            )
            .AllowAnonymous();
        app.MapGet(
                "/sitemap-{page:int}.xml",
                async (
                    int page,
                    HttpContext context,
                    PlenariaDb db,
                    Contributions contributions,
                    CancellationToken cancel
                ) =>
                {
                    var parts = await db.Set<SitemapPart>()
                        .AsNoTracking()
                        .Where(p => p.Number == page || p.Number == page + 1)
                        .ToDictionaryAsync(p => p.Number, p => p.First, cancel);
                    if (page != 1 && !parts.ContainsKey(page))
                        return Results.NotFound();
                    var entries = await (await Public(db, contributions, cancel))
                        .InPart(parts, page)
                        .OrderBy(e => e.Id)
                        .Take(SitemapPart.Most)
                        .Select(e => new { e.Path, e.ChangedAt })
                        .ToListAsync(cancel);
                    var site = Site(context);
                    return Write(
                        new(
                            Schema + "urlset",
                            new XAttribute(XNamespace.Xmlns + "xhtml", Xhtml),
                            entries.SelectMany(e =>
                                Kernel.Language.All.Select(l => new XElement(
                                    Schema + "url",
                                    new XElement(Schema + "loc", $"{site}/{l}{e.Path}"),
                                    Kernel.Language.All.Select(o => new XElement(
                                        Xhtml + "link",
                                        new XAttribute("rel", "alternate"),
                                        new XAttribute("hreflang", o.Code),
                                        new XAttribute("href", $"{site}/{o}{e.Path}")
                                    )),
                                    new XElement(
                                        Schema + "lastmod",
                                        e.ChangedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                                    )
                                ))
                            )
                        )
                    );
                }
            )
            .AllowAnonymous();
        app.MapGet(
                "/robots.txt",
                (HttpContext context) =>
                    Results.Text($"User-agent: *\nDisallow: /*/search?\nSitemap: {Site(context)}/sitemap.xml\n")
            )
            .AllowAnonymous();
    }

    private static Task<IQueryable<RegisterEntry>> Public(
        PlenariaDb db,
        Contributions contributions,
        CancellationToken cancel
    ) =>
        db.Set<RegisterEntry>()
            .AsNoTracking()
            .Where(e => e.Audience == Audience.Public && !e.Withdrawn)
            .OfUsedModulesAsync(contributions, cancel);

    private static string Site(HttpContext context) => $"{context.Request.Scheme}://{context.Request.Host}";

    private static IResult Write(XElement root)
    {
        using var bytes = new MemoryStream();
        new XDocument(root).Save(bytes, SaveOptions.DisableFormatting);
        return Results.Bytes(bytes.ToArray(), "application/xml; charset=utf-8");
    }
}
