using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plenaria.Platform.Access;
using Plenaria.Platform.Documents;
using Plenaria.Platform.Language;
using Plenaria.Platform.Modules;

namespace Plenaria.Correspondence;

/// <summary>Letters that failed, as a table.</summary>
internal static class DeliveryRoutes
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/{lang:lang}/administration/mail.csv", Download)
            .RequireAuthorization(new AllowAttribute(CorrespondenceModule.Manage));

    private static IResult Download(DeliveryDesk desk, ModuleCatalog modules, PageLocalizer t) =>
        TableFiles.Send(
            "csv",
            [t["mail.failed.at"], t["mail.to"], t["mail.kind"], t["mail.subject"], t["mail.reason"]],
            desk.ReadFailedAsync()
                .Select(page =>
                    page.Select(l =>
                        (TableCell[])
                            [
                                l.FailedAt?.UtcDateTime.ToString("O"),
                                l.To,
                                t.NameOfKind(modules, l.Kind),
                                l.Subject,
                                l.LastError,
                            ]
                    )
                ),
            "mail"
        );
}
