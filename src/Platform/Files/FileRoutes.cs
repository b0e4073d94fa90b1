using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Plenaria.Platform.Files;

/// <summary><c>/files/{hash}</c>: a kept file, as something to look at or to save, never as a page of ours.</summary>
internal static class FileRoutes
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/files/{hash}",
                async (string hash, HttpContext context, FileStore files, CancellationToken cancel) =>
                {
                    if (
                        hash.Length != StoredFile.HashLength
                        || await files.Open(hash, cancel) is not var (file, content, isPublic)
                    )
                        return Results.NotFound();
                    var headers = context.Response.Headers;
                    // Nothing in it runs, even where a browser takes it for more than it is.
                    headers.ContentSecurityPolicy =
                        "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'";
                    // Its record may be withdrawn: nobody keeps it longer than an hour without asking.
                    headers.CacheControl = isPublic ? "public, max-age=3600" : "private, no-store";
                    var isShown = file.MediaType.StartsWith("image/", StringComparison.Ordinal);
                    headers.ContentDisposition =
                        $"{(isShown ? "inline" : "attachment")}; filename*=UTF-8''{Uri.EscapeDataString(file.Name)}";
                    return Results.Stream(content, file.MediaType, enableRangeProcessing: true);
                }
            )
            .AllowAnonymous();
}
