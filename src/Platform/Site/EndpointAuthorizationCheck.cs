using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace Plenaria.Platform.Site;

/// <summary>Keeps the program from starting while a page or endpoint does not say who may see it.</summary>
public static class EndpointAuthorizationCheck
{
    public static void RequireRules(IEndpointRouteBuilder app)
    {
        var silent = app
            .DataSources.SelectMany(s => s.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(e =>
                e.Metadata.GetMetadata<IAuthorizeData>() is null && e.Metadata.GetMetadata<IAllowAnonymous>() is null
            )
            .Select(e => e.RoutePattern.RawText ?? e.DisplayName)
            .Distinct()
            .ToList();
        if (silent.Count > 0)
            throw new InvalidOperationException(
                $"These addresses do not say who may open them: {string.Join(", ", silent)}."
            );
    }
}
