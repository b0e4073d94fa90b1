using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plenaria.Platform.Access;
using Plenaria.Platform.Files;
using Plenaria.Platform.Language;

namespace Plenaria.Forms;

/// <summary>
/// The files of an answer in pieces, for forms.js: a POST with <c>Upload-Length</c> begins one, a PATCH with
/// <c>Upload-Offset</c> adds a piece, a HEAD says where to go on. Headers and answers are those of the core protocol of
/// tus 1.0 (https://tus.io/protocols/resumable-upload). Whoever holds the link of the answer may.
/// </summary>
internal static class UploadRoutes
{
    private const string Length = "Upload-Length",
        Offset = "Upload-Offset";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/{lang:lang}/answers/{token}/uploads", BeginAsync).AllowAnonymous();
        app.MapPatch("/{lang:lang}/answers/{token}/uploads/{id}", AppendAsync).AllowAnonymous();
        // The program answers every HEAD as a GET without its body.
        app.MapGet("/{lang:lang}/answers/{token}/uploads/{id}", FindAsync).AllowAnonymous();
    }

    private static async Task<IResult> BeginAsync(
        string token,
        HttpContext context,
        FormService forms,
        PartialUploads uploads,
        ClientLimits limits,
        CurrentUser visitor,
        PageLocalizer t,
        CancellationToken cancel
    )
    {
        if (await forms.Open(token, cancel) is not var (response, _, _))
            return Results.NotFound();
        if (!response.IsOpen)
            return Results.Conflict();
        if (
            !long.TryParse(
                context.Request.Headers[Length],
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var size
            )
        )
            return Results.BadRequest();
        try
        {
            var id = uploads.Begin(response.Id, size);
            if (!visitor.IsSignedIn)
                limits.CountUpload(context, size);
            return Results.Created($"{context.Request.Path}/{id}", null);
        }
        catch (RuleViolationException fault)
        {
            return Results.Text(t[fault.Key, fault.Arguments], statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static async Task<IResult> AppendAsync(
        string token,
        string id,
        HttpContext context,
        FormService forms,
        PartialUploads uploads,
        CancellationToken cancel
    )
    {
        if (await forms.Open(token, cancel) is not var (response, _, _))
            return Results.NotFound();
        var request = context.Request;
        if (
            !response.IsOpen
            || request.ContentLength is not (> 0 and <= PartialUploads.MaxPiece)
            || !long.TryParse(request.Headers[Offset], NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
        )
            return Results.BadRequest();
        if (await uploads.AppendAsync(response.Id, id, offset, request.Body, cancel) is not { } received)
            return Results.Conflict();
        context.Response.Headers[Offset] = received.ToString(CultureInfo.InvariantCulture);
        return Results.NoContent();
    }

    private static async Task<IResult> FindAsync(
        string token,
        string id,
        HttpContext context,
        FormService forms,
        PartialUploads uploads,
        CancellationToken cancel
    )
    {
        if (
            await forms.Open(token, cancel) is not var (response, _, _)
            || uploads.Find(response.Id, id) is not var (received, size)
        )
            return Results.NotFound();
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        (headers[Offset], headers[Length]) = (
            received.ToString(CultureInfo.InvariantCulture),
            size.ToString(CultureInfo.InvariantCulture)
        );
        return Results.Ok();
    }
}
