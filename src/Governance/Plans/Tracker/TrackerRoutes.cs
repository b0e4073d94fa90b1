using System.Globalization;
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
        app.MapGet(
                "/api/v1/plans",
                async (PlanStore plans, CancellationToken cancel) =>
                    TypedResults.Ok((await plans.All(cancel)).Select(p => PlanJson.Head(p)))
            )
            .AllowAnonymous()
            .MayBeCached();
        app.MapGet(
                "/api/v1/plans/{year:int}",
                async (int year, PlanStore plans, PlenariaDb db, CancellationToken cancel) =>
                    await plans.Find(year, cancel) is { } plan
                        ? Results.Ok(
                            PlanJson.Whole(
                                plan,
                                await db.Set<Resolution>().AsNoTracking().ToDictionaryAsync(r => r.Id, cancel)
                            )
                        )
                        : Results.NotFound()
            )
            .AllowAnonymous()
            .MayBeCached();
        app.MapGet(
                "/api/v1/resolutions",
                async (PlenariaDb db, CancellationToken cancel) =>
                    TypedResults.Ok(
                        (
                            await db.Set<Resolution>().AsNoTracking().OrderBy(r => r.Reference).ToListAsync(cancel)
                        ).Select(PlanJson.Of)
                    )
            )
            .AllowAnonymous()
            .MayBeCached();
        app.MapGet("/{lang:lang}/plans/{year:int}/actions.csv", Csv).AllowAnonymous().MayBeCached();
        app.MapGet("/{lang:lang}/plans/{year:int}/feed.atom", Feed).AllowAnonymous().MayBeCached();
    }

    private static async Task<IResult> Csv(
        string lang,
        int year,
        PlanStore plans,
        PageLocalizer t,
        CancellationToken cancel
    )
    {
        if (await plans.Find(year, cancel) is not { } plan)
            return Results.NotFound();
        IEnumerable<string?[]> rows = plan.Actions.Select(action =>
            (string?[])
                [
                    action.Reference.ToString(),
                    plan.DirectionOf(action).Title.For(t.Language),
                    action.Title.For(t.Language),
                    t.Name("plans.state", action.State),
                    action.Evidence.Count.ToString(CultureInfo.InvariantCulture),
                    action.Lead?.Name.For(t.Language),
                    action.Planned?.ToString(),
                    action.CarriedOut?.ToString(),
                ]
        );
        return Results.File(
            Platform.Documents.Csv.Write(
                rows.Prepend(["reference", "direction", "title", "state", "evidence", "lead", "planned", "carriedOut"])
            ),
            Platform.Documents.Csv.MediaType,
            $"{plan.Reference}.{lang}.csv"
        );
    }

    private static async Task<IResult> Feed(
        string lang,
        int year,
        HttpContext context,
        PlanStore plans,
        Network network,
        PageLocalizer t,
        CancellationToken cancel
    )
    {
        if (await plans.Find(year, cancel) is not { } plan)
            return Results.NotFound();
        var changes = plan
            .Actions.SelectMany(a => a.Changes.Select(c => (Action: a, Change: c)))
            .OrderByDescending(c => c.Change.At)
            .Take(50)
            .ToList();
        return await AtomFeed.Write(
            context,
            t.Language,
            (await network.Profile(cancel)).Name.For(t.Language),
            plan.Title.For(t.Language),
            $"/{lang}{plan.Path}",
            $"/r/{plan.Reference}",
            changes.Select(c => (DateTimeOffset?)c.Change.At).FirstOrDefault()
                ?? new DateTimeOffset(plan.Year, 1, 1, 0, 0, 0, TimeSpan.Zero),
            changes.Select(c => new FeedEntry(
                $"urn:uuid:{c.Change.Id}",
                $"{c.Action.Title.For(t.Language)}: {t.Name("plans.state", c.Change.To)}",
                c.Change.Note.Length > 0 ? c.Change.Note : c.Action.Purpose.For(t.Language),
                c.Change.At,
                $"/{lang}{plan.PathOf(c.Action)}"
            ))
        );
    }
}
