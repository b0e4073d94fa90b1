using System.Text;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Documents;
using Plenaria.Platform.Home;
using Plenaria.Platform.Site;
using static Plenaria.Platform.Site.ApiJson;

namespace Plenaria.Publishing.Content;

/// <summary>What is published, for programs: JSON a page at a time, calendars to subscribe to, citations.</summary>
internal static class ItemRoutes
{
    private const int PageSize = 100,
        MostEvents = 500;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/api/v1/publications",
                async (PlenariaDb db, int? after, CancellationToken cancel) =>
                {
                    var page = await db.Set<Item>()
                        .AsNoTracking()
                        .Where(i => i.State == ItemState.Published && i.Number > (after ?? 0))
                        .OrderBy(i => i.Number)
                        .Take(PageSize + 1)
                        .ToListAsync(cancel);
                    return TypedResults.Ok(
                        new
                        {
                            publications = page.Take(PageSize).Select(Of),
                            next = page.Count > PageSize
                                ? $"/api/v1/publications?after={page[PageSize - 1].Number}"
                                : null,
                        }
                    );
                }
            )
            .AllowAnonymous()
            .MayBeCached("after");
        app.MapGet(
                "/api/v1/publications/{slug}",
                async (string slug, ItemStore items, CancellationToken cancel) =>
                    await items.Find(slug, cancel) is { IsPublic: true } item
                        ? Results.Ok(
                            new
                            {
                                publication = Of(item),
                                body = Texts(item.Body),
                                files = item.Files.Select(f => new
                                {
                                    name = f.Name,
                                    address = f.Address,
                                    mediaType = f.MediaType,
                                    size = f.Size,
                                    language = f.Language,
                                }),
                            }
                        )
                        : Results.NotFound()
            )
            .AllowAnonymous()
            .MayBeCached();
        app.MapGet(
                "/{lang:lang}/calendar.ics",
                async (
                    string lang,
                    HttpContext context,
                    PlenariaDb db,
                    Contributions contributions,
                    TimeProvider time,
                    Network network,
                    CancellationToken cancel
                ) =>
                {
                    var (now, reader) = (time.GetUtcNow(), Kernel.Language.Parse(lang));
                    // What is over stays for a while in the calendars of those who subscribed.
                    var events = await CalendarModel.Coming(db, now.AddDays(-90)).Take(MostEvents).ToListAsync(cancel);
                    var elsewhere = await CalendarModel.FindElsewhereAsync(contributions, now, reader, cancel);
                    return Ics(
                        [
                            .. events.Select(e => EventOf(e, reader, context)),
                            .. elsewhere.Select(e => EventOf(e, now, reader, context)),
                        ],
                        (await network.Profile(cancel)).ShortName
                    );
                }
            )
            .AllowAnonymous();
        app.MapGet(
                "/{lang:lang}/calendar/{slug}.ics",
                async (
                    string lang,
                    string slug,
                    HttpContext context,
                    ItemStore items,
                    Network network,
                    CancellationToken cancel
                ) =>
                    await items.Find(slug, cancel) is { IsPublic: true, Kind: ItemKind.Event } item
                        ? Ics(
                            [EventOf(item, Kernel.Language.Parse(lang), context)],
                            (await network.Profile(cancel)).ShortName
                        )
                        : Results.NotFound()
            )
            .AllowAnonymous();
        foreach (var format in CitationFormat.All)
            app.MapGet(
                    $"/{{lang:lang}}/library/{{slug}}/cite.{format.Ending}",
                    (
                        string lang,
                        string slug,
                        HttpContext context,
                        ItemStore items,
                        Network network,
                        CancellationToken cancel
                    ) => Cite(lang, slug, context, items, network, format, cancel)
                )
                .AllowAnonymous();
    }

    private static async Task<IResult> Cite(
        string lang,
        string slug,
        HttpContext context,
        ItemStore items,
        Network network,
        CitationFormat format,
        CancellationToken cancel
    )
    {
        if (await items.Find(slug, cancel) is not { IsPublic: true } item)
            return Results.NotFound();
        var (reader, name) = (Kernel.Language.Parse(lang), (await network.Profile(cancel)).Name);
        var authors =
            item.Authors?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        var citation = new Citation(
            item.Reference.ToString(),
            item.Title.For(reader),
            authors.Length > 0 ? authors : [name.For(reader)],
            name.For(reader),
            item.Appeared.First.Year,
            new(SiteOf(context), $"r/{item.Reference}"),
            item.Summary.For(reader),
            item.Title.Source?.Code,
            item.Identifier
        )
        {
            ByInstitutions = authors.Length == 0,
        };
        return Results.File(
            Encoding.UTF8.GetBytes(format.Write(citation)),
            format.ContentType,
            $"{item.Reference}.{format.Ending}"
        );
    }

    /// <summary>
    /// RFC 5545. Times are in UTC: every calendar shows them by its own clock, whatever it knows of zones.
    /// </summary>
    private static IResult Ics(IEnumerable<CalendarEvent> events, string name)
    {
        var calendar = new Calendar { ProductId = "-//Plenaria//Calendar//EN", Method = "PUBLISH" };
        calendar.AddProperty("X-WR-CALNAME", name);
        foreach (var each in events)
            calendar.Events.Add(each);
        return Results.Text(new CalendarSerializer().SerializeToString(calendar)!, "text/calendar", Encoding.UTF8);
    }

    private static CalendarEvent EventOf(Item item, Language reader, HttpContext context) =>
        new()
        {
            Uid = $"{item.Reference}@{context.Request.Host.Host}",
            Summary = item.Title.For(reader),
            Description = (item.Summary.IsEmpty ? item.Body : item.Summary).For(reader),
            Location = CalendarEntry.Of(item, reader).Place,
            Url = new(SiteOf(context), $"{reader}{item.Path}"),
            Start = new CalDateTime(item.StartsAt!.Value.UtcDateTime),
            End = new CalDateTime((item.EndsAt ?? item.StartsAt.Value.AddHours(1)).UtcDateTime),
            DtStamp = new CalDateTime(item.ChangedAt.UtcDateTime),
            LastModified = new CalDateTime(item.ChangedAt.UtcDateTime),
            Sequence = item.Version,
        };

    // A day on which something ends is a moment: it blocks nobody's calendar.
    private static CalendarEvent EventOf(UpcomingItem item, DateTimeOffset now, Language reader, HttpContext context) =>
        new()
        {
            Uid = $"{item.Path.Trim('/').Replace('/', '-')}@{context.Request.Host.Host}",
            Summary = $"{item.Title.For(reader)} ({item.Kind})",
            Location = item.Place,
            Url = new(SiteOf(context), $"{reader}{item.Path}"),
            Start = new CalDateTime(item.StartsAt.UtcDateTime),
            End = item.EndsAt is { } ends ? new CalDateTime(ends.UtcDateTime) : null,
            DtStamp = new CalDateTime(now.UtcDateTime),
        };

    private static Uri SiteOf(HttpContext context) => new($"{context.Request.Scheme}://{context.Request.Host}");

    private static object Of(Item item) =>
        new
        {
            reference = item.Reference.ToString(),
            kind = item.RegisterKind,
            slug = item.Slug,
            title = Texts(item.Title),
            summary = Texts(item.Summary),
            country = item.Country,
            city = item.City,
            date = item.Date?.ToString(),
            authors = item.Authors,
            licence = item.Licence,
            identifier = item.Identifier,
            url = item.Url,
            startsAt = item.StartsAt,
            endsAt = item.EndsAt,
            zone = item.Zone,
            topics = item.Terms,
            publishedAt = item.PublishedAt,
            changedAt = item.ChangedAt,
            path = item.Path,
        };
}
