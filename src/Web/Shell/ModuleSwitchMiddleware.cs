using Plenaria.Platform.Site;
using Plenaria.Platform.Site.Requests;

namespace Plenaria.Web.Shell;

/// <summary>What a network has switched off is absent, for everybody.</summary>
internal static class ModuleSwitchMiddleware
{
    public static async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (
            context.GetEndpoint()?.Metadata.GetMetadata<ModuleMetadata>() is { } module
            && !(await context.RequestServices.GetRequiredService<Network>().Profile(context.RequestAborted)).Has(
                module.Module
            )
        )
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        else
            await next(context);
    }
}
