using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Site;

namespace Plenaria.Web.Shell;

/// <summary>Which module an address belongs to.</summary>
internal sealed record OfModule(string Name)
{
    /// <summary>A page belongs to the module its file lies in: <c>/Plans/Tracker/Index.cshtml</c>.</summary>
    public static void Mark(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<PageActionDescriptor>().FirstOrDefault() is { } page)
            endpoint.Metadata.Add(new OfModule(page.RelativePath.Split('/', 3)[1]));
    }
}

/// <summary>What a network has switched off is absent, for everybody.</summary>
internal static class SwitchedOff
{
    public static async Task Hide(HttpContext context, RequestDelegate next)
    {
        if (
            context.GetEndpoint()?.Metadata.GetMetadata<OfModule>() is { } module
            && !(await context.RequestServices.GetRequiredService<Network>().Profile(context.RequestAborted)).Has(
                module.Name
            )
        )
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        else
            await next(context);
    }
}
