using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plenaria.Platform.Access;
using Plenaria.Platform.Site;

namespace Plenaria.Comments;

/// <summary>Public discussions for programs.</summary>
internal static class CommentRoutes
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/api/v1/comments/{kind}/{id}", One).AllowAnonymous().MayBeCached();

    private static async Task<IResult> One(
        string kind,
        string id,
        CommentService comments,
        CommentKinds kinds,
        CurrentUser visitor,
        CancellationToken cancel
    )
    {
        if (
            await kinds.FindIdAsync(kind, id, cancel) is not { } key
            || await kinds.FindRecordAsync(kind, key, visitor.Acting(), cancel) is not { IsPublic: true } record
        )
            return Results.NotFound();
        return TypedResults.Ok(
            new
            {
                kind,
                id,
                reference = record.Reference?.ToString(),
                title = ApiJson.Texts(record.Title),
                path = record.Path,
                comments = (await comments.ListAsync(key, cancel)).Select(c => new
                {
                    id = c.Id,
                    version = c.TextVersion,
                    paragraph = c.Paragraph,
                    at = c.At,
                    institution = c.Institution,
                    text = c.IsShown ? ApiJson.Texts(c.Text) : [],
                    withdrawn = c.WithdrawnAt is not null,
                    hidden = c.HiddenAt is not null,
                }),
            }
        );
    }
}
