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

    /// <summary>What a request for an upload brings along.</summary>
    internal sealed record UploadRequest(
        string Token,
        HttpContext Context,
        FormService Forms,
        PartialUploads Uploads,
        CancellationToken Cancel
    )
    {
        /// <summary>The answer that the link opens; null when it opens none.</summary>
        public async Task<FormResponse?> FindAsync() => (await Forms.Open(Token, Cancel))?.Response;

        public long? Read(string header) =>
            long.TryParse(
                Context.Request.Headers[header],
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var number
            )
                ? number
                : null;

        public void Say(string header, long number) =>
            Context.Response.Headers[header] = number.ToString(CultureInfo.InvariantCulture);
    }

    private static async Task<IResult> BeginAsync(
        [AsParameters] UploadRequest upload,
        ClientLimits limits,
        CurrentUser visitor,
        PageLocalizer t
    )
    {
        if (await upload.Forms.Open(upload.Token, upload.Cancel) is not var (response, form, _))
            return Results.NotFound();
        if (!response.IsOpen)
            return Results.Conflict();
        if (!form.Fields.Exists(f => f.Type == AnswerType.File))
            return Results.NotFound();
        if (upload.Read(Length) is not { } size)
            return Results.BadRequest();
        try
        {
            var id = upload.Uploads.Begin(response.Id, size);
            if (!visitor.IsSignedIn)
                limits.CountUpload(upload.Context, size);
            return Results.Created($"{upload.Context.Request.Path}/{id}", null);
        }
        catch (RuleViolationException fault)
        {
            return Results.Text(t[fault.Key, fault.Arguments], statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static async Task<IResult> AppendAsync([AsParameters] UploadRequest upload, string id)
    {
        if (await upload.FindAsync() is not { } response)
            return Results.NotFound();
        var request = upload.Context.Request;
        if (
            !response.IsOpen
            || request.ContentLength is not (> 0 and <= PartialUploads.MaxPiece)
            || upload.Read(Offset) is not { } offset
        )
            return Results.BadRequest();
        if (upload.Uploads.Find(response.Id, id) is null)
            return Results.NotFound();
        if (await upload.Uploads.AppendAsync(response.Id, id, offset, request.Body, upload.Cancel) is not { } received)
            return Results.Conflict();
        upload.Say(Offset, received);
        return Results.NoContent();
    }

    private static async Task<IResult> FindAsync([AsParameters] UploadRequest upload, string id)
    {
        if (
            await upload.FindAsync() is not { } response
            || upload.Uploads.Find(response.Id, id) is not var (received, size)
        )
            return Results.NotFound();
        upload.Context.Response.Headers.CacheControl = "no-store";
        upload.Say(Offset, received);
        upload.Say(Length, size);
        return Results.Ok();
    }
}
