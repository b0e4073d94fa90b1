using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Plenaria.Platform.Files;

/// <summary>
/// <c>/files/{hash}</c>: a kept file, as something to look at or to save, never as a page of ours.
/// <c>/files/{hash}/{width}.webp</c>: a kept picture at one of <see cref="SizedPictures.Widths"/>, for the same people.
/// </summary>
internal static class FileRoutes
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/files/{hash}", GetWholeAsync).AllowAnonymous();
        app.MapGet("/files/{hash}/{width:int}.webp", GetSizedAsync).AllowAnonymous();
    }

    private static async Task<IResult> GetWholeAsync(
        string hash,
        HttpContext context,
        FileStore files,
        CancellationToken cancel
    )
    {
        if (hash.Length != StoredFile.HashLength || await files.Open(hash, cancel) is not var (file, content, isPublic))
            return Results.NotFound();
        SetHeaders(context.Response, isPublic, file.Name, file.IsPicture);
        return Results.Stream(content, file.MediaType, enableRangeProcessing: true);
    }

    private static async Task<IResult> GetSizedAsync(
        string hash,
        int width,
        HttpContext context,
        FileStore files,
        SizedPictures pictures,
        CancellationToken cancel
    )
    {
        if (
            hash.Length != StoredFile.HashLength
            || !SizedPictures.Widths.Contains(width)
            || await files.Open(hash, cancel) is not var (file, content, isPublic)
        )
            return Results.NotFound();
        await content.DisposeAsync();
        if (!file.IsPicture || await pictures.Open(hash, width, cancel) is not { } picture)
            return Results.NotFound();
        SetHeaders(context.Response, isPublic, Path.ChangeExtension(file.Name, "webp"), isShown: true);
        return Results.Stream(picture, "image/webp");
    }

    private static void SetHeaders(HttpResponse response, bool isPublic, string name, bool isShown)
    {
        // Nothing in it runs, even where a browser takes it for more than it is.
        response.Headers.ContentSecurityPolicy =
            "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'";
        // Its record may be withdrawn: nobody keeps it longer than an hour without asking.
        response.Headers.CacheControl = isPublic ? "public, max-age=3600" : "private, no-store";
        response.Headers.ContentDisposition =
            $"{(isShown ? "inline" : "attachment")}; filename*=UTF-8''{Uri.EscapeDataString(name)}";
    }
}
