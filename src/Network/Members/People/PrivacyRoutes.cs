using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Members.People;

/// <summary>
/// Everything that is kept about a person, as a file: for themselves, and for the staff who are asked for it.
/// </summary>
internal static class PrivacyRoutes
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/{lang:lang}/members/people/{id:guid}/data.json",
                async (Guid id, PlenariaDb db, Privacy privacy, CurrentUser visitor, CancellationToken cancel) =>
                {
                    var key = new PersonId(id);
                    if (
                        await db.Set<Person>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == key, cancel)
                        is not { } person
                    )
                        return Results.NotFound();
                    if (!person.IsOf(visitor) && !visitor.May(MembersModule.Privacy, Scope.Everywhere))
                        throw new ForbiddenException(MembersModule.Privacy);
                    return Results.File(
                        JsonSerializer.SerializeToUtf8Bytes(await privacy.Export(person, cancel), Readable),
                        "application/json",
                        $"person-{id}.json"
                    );
                }
            )
            .RequireAuthorization();
}
