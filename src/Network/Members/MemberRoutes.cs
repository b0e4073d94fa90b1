using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plenaria.Members.Composition;
using Plenaria.Members.Directory;
using Plenaria.Members.Offices;
using Plenaria.Platform.Data;
using Plenaria.Platform.Places;
using Plenaria.Platform.Places.Map;
using Plenaria.Platform.Site;
using static Plenaria.Platform.Site.ApiJson;

namespace Plenaria.Members;

/// <summary>
/// Members for programs: JSON a page at a time, CSV and workbook whole. Only institutions; nobody's name is here.
/// </summary>
internal static class MemberRoutes
{
    private const int PageSize = 200;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/members-map.svg", DrawMap).AllowAnonymous().MayBeCached();
        app.MapGet(
                "/api/v1/members",
                async (
                    HttpContext context,
                    [AsParameters] Narrowing narrowing,
                    MemberStore members,
                    Targets targets,
                    string? after,
                    CancellationToken cancel
                ) =>
                {
                    var page = await members.List(await narrowing.Filter(targets, cancel), after, PageSize + 1, cancel);
                    var next =
                        page.Count > PageSize
                            ? QueryString.Create(
                                context
                                    .Request.Query.Where(p => p.Key != "after")
                                    .Select(p => KeyValuePair.Create(p.Key, (string?)p.Value.ToString()))
                                    .Append(new("after", page[PageSize - 1].Slug))
                            )
                            : QueryString.Empty;
                    return TypedResults.Ok(
                        new
                        {
                            members = page.Take(PageSize).Select(Of),
                            next = next.HasValue ? "/api/v1/members" + next : null,
                        }
                    );
                }
            )
            .AllowAnonymous()
            .MayBeCached([.. DirectoryFiles.Query, "after"]);
        app.MapGet(
                "/api/v1/members/{slug}",
                async (string slug, MemberStore members, CancellationToken cancel) =>
                    await members.Find(slug, cancel) is { Status: MemberStatus.Member or MemberStatus.Former } member
                        ? Results.Ok(Whole(member))
                        : Results.NotFound()
            )
            .AllowAnonymous()
            .MayBeCached();
        app.MapGet(
                "/api/v1/offices",
                async (PlenariaDb db, CancellationToken cancel) =>
                    TypedResults.Ok(
                        (
                            await db.Set<RegionalOffice>()
                                .AsNoTracking()
                                .Include(o => o.Hosts)
                                .OrderBy(o => o.Slug)
                                .ToListAsync(cancel)
                        ).Select(o => new
                        {
                            slug = o.Slug,
                            name = Texts(o.Name),
                            hosts = o.Hosts.Select(h => h.Name),
                            territory = Texts(o.Territory),
                            regions = o.Regions,
                            countries = o.Countries,
                            stage = Word(o.Stage),
                            opened = o.Opened?.ToString(),
                        })
                    )
            )
            .AllowAnonymous()
            .MayBeCached();
        app.MapGet(
                "/api/v1/composition",
                async (MemberStore members, Targets targets, PlenariaDb db, CancellationToken cancel) =>
                {
                    var mix = CompositionView.Of(await members.Counts(cancel), await members.Languages(cancel));
                    object Shares(IEnumerable<Share> shares) =>
                        shares.Select(s => new
                        {
                            key = s.Key,
                            count = s.Count,
                            share = Math.Round(s.Part, 4),
                        });
                    var (years, growth) = (
                        History.Of(
                            await db.Set<MemberFlow>().AsNoTracking().ToListAsync(cancel),
                            members.Today.Year,
                            most: 100
                        ),
                        await members.Growth(cancel)
                    );
                    var groups = years.Zip(
                        History.By(g => g.Kind, growth, years),
                        History.By(g => g.Population, growth, years)
                    );
                    return TypedResults.Ok(
                        new
                        {
                            total = mix.Total,
                            concentration = Math.Round(mix.Concentration, 4),
                            years = groups.Select(g => new
                            {
                                year = g.First.Year,
                                total = g.First.Total,
                                countries = g.First.Countries,
                                concentration = Math.Round(g.First.Concentration, 4),
                                kinds = g.Second,
                                populations = g.Third,
                            }),
                            targets = (await targets.All(Language.English, cancel)).Select(t => new
                            {
                                measure = Word(t.Target.Measure),
                                place = t.Target.Place,
                                value = t.Target.Value,
                                due = t.Target.Due.ToString(),
                                now = t.Now,
                                met = t.IsMet,
                            }),
                            regions = Shares(mix.Regions),
                            countries = Shares(mix.Countries),
                            kinds = Shares(mix.Kinds),
                            classes = Shares(mix.Classes),
                            populations = Shares(mix.Populations),
                            languages = Shares(mix.Languages),
                        }
                    );
                }
            )
            .AllowAnonymous()
            .MayBeCached();
        app.MapGet("/{lang:lang}/members.csv", DirectoryFiles.Csv).AllowAnonymous().MayBeCached(DirectoryFiles.Query);
        app.MapGet("/{lang:lang}/members.xlsx", DirectoryFiles.Xlsx).AllowAnonymous();
    }

    private static object Of(Member m) =>
        new
        {
            slug = m.Slug,
            name = Texts(m.Name),
            kind = Word(m.Kind),
            @class = Word(m.Class),
            country = m.Country,
            city = m.City,
            region = m.Region,
            population = m.Population is { } p ? Word(p) : null,
            website = m.Website,
            since = m.Since?.ToString(),
            until = m.Until?.ToString(),
            href = $"/api/v1/members/{m.Slug}",
        };

    private static object Whole(Member m) =>
        new
        {
            member = Of(m),
            countryName = Language.All.ToDictionary(l => l.Code, l => Countries.NameOf(m.Country, l)),
            periods = m.Periods.Select(p => new
            {
                @class = Word(p.Class),
                from = p.From?.ToString(),
                until = p.Until?.ToString(),
            }),
        };

    /// <summary>The members on the world's map, for the home page.</summary>
    private static async Task<IResult> DrawMap(MemberStore members, CancellationToken cancel)
    {
        var counts = (await members.Counts(cancel))
            .GroupBy(c => c.Country)
            .ToDictionary(g => g.Key, g => g.Sum(c => c.Count));
        return Results.Text(MapImage.Draw(counts), "image/svg+xml", Encoding.UTF8);
    }
}
