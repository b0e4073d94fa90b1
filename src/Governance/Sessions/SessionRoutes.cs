using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Sessions;

/// <summary>Sessions for programs: agenda, motions, and votes with their figures.</summary>
internal static class SessionRoutes
{
    private const int Most = 200;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/plenaries", All).AllowAnonymous();
        app.MapGet("/api/v1/plenaries/{reference}", One).AllowAnonymous();
    }

    private static async Task<IResult> All(PlenariaDb db, CancellationToken cancel) => TypedResults.Ok(new
    {
        plenaries = (await db.Set<Session>().AsNoTracking().Where(s => s.State != SessionState.Draft).OrderByDescending(s => s.StartsAt).Take(Most).ToListAsync(cancel))
            .Select(s => new { reference = s.Reference.ToString(), body = Phrases.Kebab(s.Body.ToString()), title = ApiJson.Texts(s.Title), place = s.Place, zone = s.Zone, starts = s.StartsAt, ends = s.EndsAt, state = Phrases.Kebab(s.State.ToString()) }),
    });

    private static async Task<IResult> One(string reference, SessionStore sessions, CancellationToken cancel)
    {
        if (await sessions.Find(reference, cancel) is not { IsPublic: true } s)
            return Results.NotFound();
        return TypedResults.Ok(new
        {
            reference = s.Reference.ToString(), body = Phrases.Kebab(s.Body.ToString()), title = ApiJson.Texts(s.Title), place = s.Place, zone = s.Zone, starts = s.StartsAt, ends = s.EndsAt, language = s.Language.Code, state = Phrases.Kebab(s.State.ToString()), convened = s.ConvenedAt,
            agenda = s.Points().Where(p => p.Item.Kind == ItemKind.Common).Select(p => new { number = p.Number, title = ApiJson.Texts(p.Item.Title), minutes = p.Item.Minutes }),
            seats = s.Seats.Count(x => !x.IsObserver), calls = s.Log.Calls.Select(c => new { call = c.Call, at = c.At, entitled = c.Entitled, present = c.Present, represented = c.Represented, quorum = c.HasQuorum }),
            motions = s.Motions.Select(m => new { number = m.Number, title = ApiJson.Texts(m.Title), text = ApiJson.Texts(m.Text), state = Phrases.Kebab(m.State.ToString()), decision = m.Decision, resolution = m.Resolution?.ToString() }),
            votes = s.Log.Votes.Where(v => !v.IsOpen).Select(v => new { number = v.Number, question = v.Question, method = Phrases.Kebab(v.Method.ToString()), decision = v.Decision, opened = v.OpenedAt, closed = v.ClosedAt, yes = v.Figures?.Yes, no = v.Figures?.No, abstentions = v.Figures?.Abstentions, outcome = v.Outcome is { } o ? Phrases.Kebab(o.ToString()) : null }),
        });
    }
}
