using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Documents;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Sessions.Consultations;

internal static class ConsultationRoutes
{
    private const int Most = 100;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/consultations", All).AllowAnonymous().MayBeCached();
        app.MapGet("/api/v1/consultations/{reference}", One).AllowAnonymous().MayBeCached();
        app.MapGet("/{lang:lang}/consultations/{reference}/comments.csv", Comments)
            .RequireAuthorization(new AllowAttribute(SessionsModule.Network));
    }

    private static async Task<IResult> All(PlenariaDb db, CancellationToken cancel) =>
        TypedResults.Ok(
            new
            {
                consultations = (
                    await db.Set<Consultation>()
                        .AsNoTracking()
                        .Where(c => c.State != ConsultationState.Draft)
                        .OrderByDescending(c => c.OpenedAt)
                        .Take(Most)
                        .ToListAsync(cancel)
                ).Select(c => new
                {
                    reference = c.Reference.ToString(),
                    title = ApiJson.Texts(c.Title),
                    state = PageLocalizer.Kebab(c.State.ToString()),
                    opened = c.OpenedAt,
                    until = c.Until,
                    closed = c.ClosedAt,
                }),
            }
        );

    private static async Task<IResult> One(string reference, ConsultationStore store, CancellationToken cancel)
    {
        if (await store.Find(reference, cancel) is not { IsPublic: true } c)
            return Results.NotFound();
        var comments = await store.Comments(c, cancel);
        return TypedResults.Ok(
            new
            {
                reference = c.Reference.ToString(),
                title = ApiJson.Texts(c.Title),
                introduction = ApiJson.Texts(c.Introduction),
                state = PageLocalizer.Kebab(c.State.ToString()),
                opened = c.OpenedAt,
                until = c.Until,
                closed = c.ClosedAt,
                asked = c.Asked.Select(a => a.Name.ToString()).Order(StringComparer.Ordinal),
                versions = c
                    .Versions.Where(v => v.PublishedAt is not null)
                    .Select(v => new
                    {
                        number = v.Number,
                        published = v.PublishedAt,
                        sha256 = v.Sha256,
                        text = ApiJson.Texts(v.Text),
                        comments = comments
                            .Where(x => x.Of == v.Number)
                            .Select(x => new
                            {
                                paragraph = x.Paragraph,
                                by = c.NameOf(x.By).ToString(),
                                at = x.At,
                                text = ApiJson.Texts(x.Line.IsShown ? x.Text : LocalizedText.Empty),
                                verdict = x.Verdict is { } verdict ? PageLocalizer.Kebab(verdict.ToString()) : null,
                                answer = ApiJson.Texts(x.Answer),
                            }),
                    }),
            }
        );
    }

    /// <summary>All that was said, a row each, to work through it in a spreadsheet.</summary>
    private static async Task<IResult> Comments(
        string lang,
        string reference,
        ConsultationStore store,
        PageLocalizer t,
        CancellationToken cancel
    )
    {
        if (await store.Find(reference, cancel) is not { IsPublic: true } c)
            return Results.NotFound();
        var rows = (await store.Comments(c, cancel)).Select(x =>
            (string?[])
                [
                    $"{x.Of}",
                    $"{x.Paragraph}",
                    c.NameOf(x.By).For(t.Language),
                    $"{x.At.UtcDateTime:yyyy-MM-dd}",
                    x.Text.For(t.Language),
                    x.Verdict is { } verdict ? PageLocalizer.Kebab(verdict.ToString()) : "",
                    x.Answer.For(t.Language),
                ]
        );
        return Results.File(
            Csv.Write([
                ["version", "paragraph", "member", "day", "comment", "verdict", "answer"],
                .. rows,
            ]),
            Csv.MediaType,
            $"{c.Reference}-comments.csv"
        );
    }
}
