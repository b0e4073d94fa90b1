using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plenaria.Forms;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Documents;
using Plenaria.Platform.Language;

namespace Plenaria.Members.Applications;

/// <summary>Applications with all their answers as a table, for whoever looks after their countries.</summary>
internal static class ApplicationRoutes
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/{lang:lang}/members/applications.csv",
                async (
                    PlenariaDb db,
                    Territory territory,
                    CurrentUser visitor,
                    FormService forms,
                    PageLocalizer t,
                    CancellationToken cancel
                ) =>
                {
                    var countries = await territory.Of(visitor.Acting(), cancel);
                    var only = (
                        await db.Set<Application>()
                            .AsNoTracking()
                            .Select(a => new { a.Response, a.Country })
                            .ToListAsync(cancel)
                    )
                        .Where(a => countries?.Contains(a.Country) ?? true)
                        .Select(a => a.Response)
                        .ToList();
                    var (headings, rows) = await forms.ReadTableAsync("membership", only, visitor, t.Language, cancel);
                    return TableFiles.Send(
                        "csv",
                        headings,
                        new[] { rows.Values.Select(r => r.ToArray()) }.ToAsyncEnumerable(),
                        $"applications.{t.Language}"
                    );
                }
            )
            .RequireAuthorization(new AllowAttribute(MembersModule.Edit));
}
