using Plenaria.Platform.Access;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;
using Plenaria.Platform.Site.Appearance;

namespace Plenaria.Web.Shell;

/// <summary>Addresses that belong to no module: the root, permanent links, health, the stylesheet.</summary>
internal static class FrontEndpoints
{
    public static void Map(WebApplication app)
    {
        app.MapGet(
                "/",
                async (HttpContext context, Network network, CancellationToken cancel) =>
                {
                    context.Response.Headers.Vary = "Accept-Language";
                    var language = RequestLanguageMiddleware.Offered(context, await network.Profile(cancel));
                    return Results.Redirect($"/{language}");
                }
            )
            .AllowAnonymous();

        app.MapGet(
                "/r/{reference}",
                async (
                    string reference,
                    HttpContext context,
                    Register register,
                    CurrentUser visitor,
                    Network network,
                    CancellationToken cancel
                ) =>
                {
                    if (
                        !Reference.TryParse(reference, null, out var known)
                        || await register.Find(known, visitor.Reads, cancel) is not { } found
                    )
                        return Results.NotFound();
                    context.Response.Headers.Vary = "Accept-Language";
                    var language = RequestLanguageMiddleware.Offered(context, await network.Profile(cancel));
                    return found.Withdrawn
                        ? Results.StatusCode(StatusCodes.Status410Gone)
                        : Results.Redirect($"/{language}{found.Path}");
                }
            )
            .AllowAnonymous();

        // What no page answers is absent, for whoever asks.
        app.MapFallback(() => Results.NotFound()).AllowAnonymous();

        app.MapGet(
                "/healthz/ready",
                async (Readiness readiness, CancellationToken cancel) =>
                    await readiness.CanWrite(cancel)
                        ? Results.Text("ok")
                        : Results.StatusCode(StatusCodes.Status503ServiceUnavailable)
            )
            .AllowAnonymous();

        app.MapGet(
                "/assets/colours/{file}",
                (string file, HttpContext context) =>
                {
                    var colour = $"#{Path.GetFileNameWithoutExtension(file)}";
                    if (!NetworkColours.IsColour(colour) || NetworkColours.AddressOf(colour) != context.Request.Path)
                        return Results.NotFound();
                    context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                    return Results.Text(NetworkColours.StyleOf(colour), "text/css");
                }
            )
            .AllowAnonymous();

        app.MapGet("/assets/{file}", (string file, HttpContext context, Assets assets) => assets.Serve(file, context))
            .AllowAnonymous();
    }
}
