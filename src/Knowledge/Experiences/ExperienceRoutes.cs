using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plenaria.Experiences.Catalogue;
using Plenaria.Members;
using Plenaria.Platform.Data;
using Plenaria.Platform.Documents;
using Plenaria.Platform.Site;
using static Plenaria.Platform.Site.ApiJson;

namespace Plenaria.Experiences;

/// <summary>
/// Published practices for programs: all of them a page at a time, each one whole, and as a citation.
/// </summary>
internal static class ExperienceRoutes
{
    private const int PageSize = 100;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/api/v1/experiences",
                async (PlenariaDb db, IMembers members, int? after, CancellationToken cancel) =>
                {
                    var page = await db.Set<Experience>()
                        .AsNoTracking()
                        .Where(e => e.State == EditorialState.Published && e.Number > (after ?? 0))
                        .OrderBy(e => e.Number)
                        .Take(PageSize + 1)
                        .ToListAsync(cancel);
                    var owners = await members.Lines([.. page.Select(e => e.Owner).OfType<MemberId>()], cancel);
                    return TypedResults.Ok(
                        new
                        {
                            experiences = page.Take(PageSize).Select(e => Of(e, owners)),
                            next = page.Count > PageSize
                                ? $"/api/v1/experiences?after={page[PageSize - 1].Number}"
                                : null,
                        }
                    );
                }
            )
            .AllowAnonymous()
            .MayBeCached("after");
        app.MapGet(
                "/api/v1/experiences/{slug}",
                async (string slug, ExperienceStore experiences, IMembers members, CancellationToken cancel) =>
                    await experiences.Find(slug, cancel) is { IsPublic: true } e
                        ? Results.Ok(
                            new
                            {
                                experience = Of(
                                    e,
                                    await members.Lines([.. ((MemberId?[])[e.Owner]).OfType<MemberId>()], cancel)
                                ),
                                narrative = e.Narrative.ToDictionary(n => Word(n.Key), n => Texts(n.Value)),
                                media = e.Media.Select(m => new
                                {
                                    name = m.Name,
                                    address = m.Address,
                                    caption = Texts(m.Caption),
                                    attribution = m.Attribution,
                                    licence = m.Licence,
                                }),
                            }
                        )
                        : Results.NotFound()
            )
            .AllowAnonymous()
            .MayBeCached();
        foreach (var format in CitationFormat.All)
            app.MapGet(
                    $"/{{lang:lang}}/experiences/{{slug}}/cite.{format.Ending}",
                    (
                        string lang,
                        string slug,
                        HttpContext context,
                        ExperienceStore experiences,
                        IMembers members,
                        Network network,
                        CancellationToken cancel
                    ) => Cite(lang, slug, context, experiences, members, network, format, cancel)
                )
                .AllowAnonymous();
    }

    private static async Task<IResult> Cite(
        string lang,
        string slug,
        HttpContext context,
        ExperienceStore experiences,
        IMembers members,
        Network network,
        CitationFormat format,
        CancellationToken cancel
    )
    {
        if (await experiences.Find(slug, cancel) is not { IsPublic: true } e)
            return Results.NotFound();
        var owner = e.Owner is { } id ? (await members.Lines([id], cancel)).GetValueOrDefault(id) : null;
        var (reader, site) = (Language.Parse(lang), new Uri($"{context.Request.Scheme}://{context.Request.Host}"));
        var citation = CitationWriter.Citation(
            e,
            owner,
            (await network.Profile(cancel)).Name.For(reader),
            reader,
            site
        );
        return Results.File(
            Encoding.UTF8.GetBytes(format.Write(citation)),
            format.ContentType,
            $"{e.Reference}.{format.Ending}"
        );
    }

    private static object Of(Experience e, IReadOnlyDictionary<MemberId, MemberLine> owners) =>
        new
        {
            reference = e.Reference.ToString(),
            slug = e.Slug,
            title = Texts(e.Title),
            summary = Texts(e.Summary),
            country = e.Country,
            city = e.City,
            latitude = e.Latitude,
            longitude = e.Longitude,
            start = e.Start?.ToString(),
            end = e.End?.ToString(),
            ongoing = e.IsOngoing,
            participants = e.Participants,
            cost = e.Cost,
            currency = e.Currency,
            terms = e.Terms,
            owner = e.Owner is { } id && owners.TryGetValue(id, out var owner)
                ? owner.Path["/members/".Length..]
                : null,
            completeness = Completeness.From(e).Step,
            confirmed = e.ConfirmedOn,
            origin = e.Origin,
            published = e.PublishedAt,
            changed = e.ChangedAt,
            href = $"/api/v1{e.Path}",
        };
}
