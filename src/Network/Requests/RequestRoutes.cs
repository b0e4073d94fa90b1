using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plenaria.Forms;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Documents;
using Plenaria.Platform.Language;

namespace Plenaria.Requests;

/// <summary>What members answered, as tables and for programs.</summary>
internal static class RequestRoutes
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var rule = new AllowAttribute(RequestsModule.Manage);
        app.MapGet("/{lang:lang}/requests/{number:int}/answers.{format:regex(^(csv|xlsx)$)}", DownloadAsync)
            .RequireAuthorization(rule);
        app.MapGet("/api/v1/requests", ListAsync)
            .RequireAuthorization(rule)
            .WithSummary("Requests to members: what was asked, of how many, until when.");
        app.MapGet("/api/v1/requests/{number:int}", ShowAsync)
            .RequireAuthorization(rule)
            .WithSummary("A request: which members answered and when.");
    }

    private static async Task<IResult> DownloadAsync(
        int number,
        string format,
        RequestStore requests,
        FormService forms,
        CurrentUser visitor,
        PageLocalizer t,
        CancellationToken cancel
    )
    {
        if (
            await requests.FindAsync(number, cancel) is not { } request
            || !RequestStore.Manages(request, visitor.Acting())
        )
            return Results.NotFound();
        var lines = await requests.LinesAsync(request, t.Language, cancel);
        var answered = lines.Where(l => l.IsAnswered).Select(l => l.Asked.Response!.Value).ToList();
        var (headings, rows) = await forms.ReadTableAsync(request.Form, answered, visitor, t.Language, cancel);
        var empty = new TableCell[headings.Count];
        return TableFiles.Send(
            format,
            [t["requests.member"], t["members.country"], t["requests.answered"], .. headings],
            new[]
            {
                lines.Select(l =>
                    (TableCell[])
                        [
                            l.Member.Name.For(t.Language),
                            l.Member.Country,
                            l.SentAt,
                            .. l.IsAnswered ? rows[l.Asked.Response!.Value] : empty,
                        ]
                ),
            }.ToAsyncEnumerable(),
            $"request-{number}"
        );
    }

    private static async Task<IResult> ListAsync(PlenariaDb db, CurrentUser visitor, CancellationToken cancel)
    {
        var acting = visitor.Acting();
        var all = await db.Set<MemberRequest>()
            .AsNoTracking()
            .Include(r => r.Members)
            .OrderByDescending(r => r.Number)
            .ToListAsync(cancel);
        return Results.Ok(
            all.Where(r => RequestStore.Manages(r, acting))
                .Select(r => new
                {
                    number = r.Number,
                    title = r.Title.ToString(),
                    form = r.Form,
                    due = r.Due,
                    state = PageLocalizer.Kebab(r.State.ToString()),
                    members = r.Members.Count,
                })
        );
    }

    private static async Task<IResult> ShowAsync(
        int number,
        RequestStore requests,
        CurrentUser visitor,
        CancellationToken cancel
    )
    {
        if (
            await requests.FindAsync(number, cancel) is not { } request
            || !RequestStore.Manages(request, visitor.Acting())
        )
            return Results.NotFound();
        var lines = await requests.LinesAsync(request, Language.English, cancel);
        return Results.Ok(
            new
            {
                number,
                title = request.Title.ToString(),
                form = request.Form,
                due = request.Due,
                state = PageLocalizer.Kebab(request.State.ToString()),
                members = lines.Select(l => new
                {
                    name = l.Member.Name.ToString(),
                    country = l.Member.Country,
                    answered = l.SentAt,
                    begun = l.Begun,
                }),
            }
        );
    }
}
