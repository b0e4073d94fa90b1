using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plenaria.Platform.Access;
using Plenaria.Platform.Documents;
using Plenaria.Platform.Language;

namespace Plenaria.Forms;

/// <summary>What was sent of a form, as tables and for programs.</summary>
internal static class ResponseRoutes
{
    private const int MostPerPage = 200;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/{lang:lang}/forms/{form}/answers.csv",
                async (
                    string form,
                    HttpContext context,
                    FormService forms,
                    ResponseReader reader,
                    PageLocalizer t,
                    CancellationToken cancel
                ) =>
                {
                    if (await forms.FindAsync(form, cancel) is not { } open)
                        return Results.NotFound();
                    var filter = ResponseFilter.From(open.Definition, context.Request.Query);
                    var (headings, rows) = await reader.TableAsync(open, filter, t.Language, cancel);
                    return TableFiles.SendCsv(headings, rows, $"{form}.csv");
                }
            )
            .RequireAuthorization(new AllowAttribute(FormsModule.Read));
        app.MapGet(
                "/{lang:lang}/forms/{form}/answers.xlsx",
                async (
                    string form,
                    HttpContext context,
                    FormService forms,
                    ResponseReader reader,
                    PageLocalizer t,
                    CancellationToken cancel
                ) =>
                {
                    if (await forms.FindAsync(form, cancel) is not { } open)
                        return Results.NotFound();
                    var filter = ResponseFilter.From(open.Definition, context.Request.Query);
                    var (headings, rows) = await reader.TableAsync(open, filter, t.Language, cancel);
                    return await TableFiles.SendXlsxAsync(headings, rows, $"{form}.xlsx", cancel);
                }
            )
            .RequireAuthorization(new AllowAttribute(FormsModule.Read));
        app.MapGet("/api/v1/forms/{form}/answers", ListAsync)
            .RequireAuthorization(new AllowAttribute(FormsModule.Read))
            .WithSummary("What was sent of a form, the latest first: answers by question, as they are kept.");
    }

    private static async Task<IResult> ListAsync(
        string form,
        HttpContext context,
        FormService forms,
        ResponseReader reader,
        CancellationToken cancel,
        int page = 0
    )
    {
        if (await forms.FindAsync(form, cancel) is not { } open)
            return Results.NotFound();
        var filter = ResponseFilter.From(open.Definition, context.Request.Query);
        var skip = Math.Clamp(page, 0, MostPerPage) * ResponseReader.PageSize;
        return Results.Ok(
            new
            {
                total = await reader.CountAsync(form, filter, cancel),
                page,
                items = (await reader.ListAsync(form, filter, skip, cancel)).Select(r => new
                {
                    id = r.Id,
                    sent = r.SentAt,
                    language = r.Language.Code,
                    email = r.Email,
                    answers = r.Given,
                }),
            }
        );
    }
}
