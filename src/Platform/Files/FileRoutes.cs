using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plenaria.Platform.Access;

namespace Plenaria.Platform.Files;

/// <summary><c>/files/{hash}</c>: a kept file, as something to look at or to save, never as a page of ours.</summary>
internal static class FileRoutes
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/files/{hash}", async (string hash, HttpContext context, FileStore files, Visitor visitor, CancellationToken cancel) =>
        {
            if (hash.Length != StoredFile.HashLength || await files.Open(hash, visitor.Reads, cancel) is not var (file, content))
                return Results.NotFound();
            var headers = context.Response.Headers;
            // Nothing in it runs, even where a browser takes it for more than it is.
            headers.ContentSecurityPolicy = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'";
            headers.CacheControl = visitor.IsSignedIn ? "private, max-age=3600" : "public, max-age=31536000, immutable";
            var isShown = file.MediaType.StartsWith("image/", StringComparison.Ordinal);
            headers.ContentDisposition = $"{(isShown ? "inline" : "attachment")}; filename*=UTF-8''{Uri.EscapeDataString(file.Name)}";
            return Results.Stream(content, file.MediaType, enableRangeProcessing: true);
        }).AllowAnonymous();
}
