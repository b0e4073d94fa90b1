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
    private const int MostPages = 10_000;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/{lang:lang}/forms/{form}/answers.{format:regex(^(csv|xlsx)$)}", DownloadAsync)
            .RequireAuthorization(new AllowAttribute(FormsModule.Read));
        app.MapGet("/api/v1/forms/{form}/answers", ListAsync)
            .RequireAuthorization(new AllowAttribute(FormsModule.Read))
            .WithSummary("What was sent of a form, the latest first: answers by question, as they are kept.");
    }

    private static async Task<IResult> DownloadAsync(
        string form,
        string format,
        HttpContext context,
        FormService forms,
        ResponseReader reader,
        CurrentUser visitor,
        PageLocalizer t,
        CancellationToken cancel
    )
    {
        if (await forms.FindReadableAsync(form, visitor, cancel) is not { } open)
            return Results.NotFound();
        var filter = ResponseFilter.From(open.Definition, context.Request.Query);
        var (headings, rows) = await reader.TableAsync(open, filter, t.Language, cancel);
        return TableFiles.Send(format, headings, rows, form);
    }

    private static async Task<IResult> ListAsync(
        string form,
        HttpContext context,
        FormService forms,
        ResponseReader reader,
        CurrentUser visitor,
        CancellationToken cancel,
        int page = 0
    )
    {
        if (await forms.FindReadableAsync(form, visitor, cancel) is not { } open)
            return Results.NotFound();
        var filter = ResponseFilter.From(open.Definition, context.Request.Query);
        page = Math.Clamp(page, 0, MostPages);
        var skip = page * ResponseReader.PageSize;
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
