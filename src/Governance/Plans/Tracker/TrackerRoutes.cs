using System.Globalization;
using System.Text;
using System.Xml;
using CsvHelper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Tracker;

/// <summary>The plans for programs: JSON, CSV, Atom.</summary>
internal static class TrackerRoutes
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/plans", async (PlanStore plans, CancellationToken cancel) =>
            TypedResults.Ok((await plans.All(cancel)).Select(p => PlanJson.Head(p)))).AllowAnonymous();
        app.MapGet("/api/v1/plans/{year:int}", async (int year, PlanStore plans, PlenariaDb db, CancellationToken cancel) =>
            await plans.Find(year, cancel) is { } plan
                ? Results.Ok(PlanJson.Whole(plan, await db.Set<Resolution>().AsNoTracking().ToDictionaryAsync(r => r.Id, cancel)))
                : Results.NotFound()).AllowAnonymous();
        app.MapGet("/api/v1/resolutions", async (PlenariaDb db, CancellationToken cancel) =>
            TypedResults.Ok((await db.Set<Resolution>().AsNoTracking().OrderBy(r => r.Reference).ToListAsync(cancel)).Select(PlanJson.Of))).AllowAnonymous();
        app.MapGet("/{lang:lang}/plans/{year:int}/actions.csv", Csv).AllowAnonymous();
        app.MapGet("/{lang:lang}/plans/{year:int}/feed.atom", Feed).AllowAnonymous();
    }

    private static async Task<IResult> Csv(string lang, int year, PlanStore plans, Phrases t, CancellationToken cancel)
    {
        if (await plans.Find(year, cancel) is not { } plan)
            return Results.NotFound();
        using var bytes = new MemoryStream();
        // The mark at the start lets spreadsheets read it as UTF-8; a cell that begins like a formula is kept from being one.
        using (var csv = CsvWriter.Create(bytes, CsvWriterOptions.Default with { WriteByteOrderMark = true, Injection = CsvInjection.Escape }, leaveOpen: true))
        {
            void Row(params IEnumerable<string?> cells)
            {
                foreach (var cell in cells)
                    csv.WriteField(cell);
                csv.EndRecord();
            }
            Row("reference", "direction", "title", "state", "evidence", "lead", "planned", "carriedOut");
            foreach (var action in plan.Actions)
                Row(
                    action.Reference.ToString(), plan.DirectionOf(action).Title.For(t.Language), action.Title.For(t.Language), t.Name("plans.state", action.State),
                    action.Evidence.Count.ToString(CultureInfo.InvariantCulture), action.Lead?.Name.For(t.Language), action.Planned?.ToString(), action.CarriedOut?.ToString());
        }
        return Results.File(bytes.ToArray(), "text/csv; charset=utf-8", $"{plan.Reference}.{lang}.csv");
    }

    private static async Task<IResult> Feed(string lang, int year, HttpContext context, PlanStore plans, Network network, Phrases t, CancellationToken cancel)
    {
        if (await plans.Find(year, cancel) is not { } plan)
            return Results.NotFound();
        var site = $"{context.Request.Scheme}://{context.Request.Host}";
        var name = (await network.Profile(cancel)).Name.For(t.Language);
        using var bytes = new MemoryStream();
        await using (var xml = XmlWriter.Create(bytes, new() { Async = true, Encoding = new UTF8Encoding(false) }))
        {
            const string atom = "http://www.w3.org/2005/Atom";
            async Task Element(string element, string value) => await xml.WriteElementStringAsync(null, element, atom, value);
            async Task Link(string href, string? rel = null)
            {
                await xml.WriteStartElementAsync(null, "link", atom);
                if (rel is not null) await xml.WriteAttributeStringAsync(null, "rel", null, rel);
                await xml.WriteAttributeStringAsync(null, "href", null, href);
                await xml.WriteEndElementAsync();
            }
            var changes = plan.Actions.SelectMany(a => a.Changes.Select(c => (Action: a, Change: c))).OrderByDescending(c => c.Change.At).Take(50).ToList();
            await xml.WriteStartElementAsync(null, "feed", atom);
            await xml.WriteAttributeStringAsync("xml", "lang", null, lang);
            await Element("id", $"{site}/r/{plan.Reference}");
            await Element("title", plan.Title.For(t.Language));
            await Element("updated", Instant(changes.Select(c => (DateTimeOffset?)c.Change.At).FirstOrDefault() ?? new DateTimeOffset(plan.Year, 1, 1, 0, 0, 0, TimeSpan.Zero)));
            await xml.WriteStartElementAsync(null, "author", atom);
            await Element("name", name);
            await xml.WriteEndElementAsync();
            await Link($"{site}/{lang}{plan.Path}");
            await Link($"{site}/{lang}{plan.Path}/feed.atom", "self");
            foreach (var (action, change) in changes)
            {
                await xml.WriteStartElementAsync(null, "entry", atom);
                await Element("id", $"urn:uuid:{change.Id}");
                await Element("title", $"{action.Title.For(t.Language)}: {t.Name("plans.state", change.To)}");
                await Element("updated", Instant(change.At));
                await Link($"{site}/{lang}{plan.PathOf(action)}");
                await Element("summary", change.Note.Length > 0 ? change.Note : action.Purpose.For(t.Language));
                await xml.WriteEndElementAsync();
            }
            await xml.WriteEndElementAsync();
        }
        return Results.Bytes(bytes.ToArray(), "application/atom+xml; charset=utf-8");
    }

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
