using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Plenaria.Members.Import;

/// <summary>Where members were imported before imports had addresses of their own.</summary>
internal static class ImportRoutes
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/{lang:lang}/members/import",
                (string lang) => Results.Redirect($"/{lang}{MemberImport.Kind.UploadPath}", permanent: true)
            )
            .AllowAnonymous();
}
