using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plenaria.Comments;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Documents;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;
using Plenaria.Platform.Site;

namespace Plenaria.Exchange;

/// <summary>Questions to the network for programs, a page at a time; who answered a drive, as a table.</summary>
internal static class ExchangeRoutes
{
    private const int PageSize = 100;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/questions", Questions).AllowAnonymous().MayBeCached("after");
        // Where letters of earlier versions lead.
        app.MapGet(
                "/{lang:lang}/exchange/replies/{id:guid}",
                (string lang, Guid id) => Results.Redirect($"/{lang}/comments/replies/{id}", permanent: true)
            )
            .RequireAuthorization(new AllowAttribute(ExchangeModule.TakePart));
        app.MapGet("/{lang:lang}/exchange/drives/{number:int}/answers.csv", Answers)
            .RequireAuthorization(new AllowAttribute(ExchangeModule.Drives));
    }

    private static async Task<IResult> Questions(
        PlenariaDb db,
        CommentService comments,
        IMembers members,
        int? after,
        CancellationToken cancel
    )
    {
        var page = await db.Set<Thread>()
            .AsNoTracking()
            .Where(t => t.Kind == ThreadKind.Network && !t.Withdrawn && t.Number > (after ?? 0))
            .OrderBy(t => t.Number)
            .Take(PageSize + 1)
            .ToListAsync(cancel);
        var shown = page.Take(PageSize).ToList();
        var ids = shown.Select(t => t.Id).ToList();
        var messages = (
            await comments
                .QueryShown()
                .Where(c => ids.Contains(c.Record))
                .OrderBy(c => c.At)
                .ThenBy(c => c.Id)
                .ToListAsync(cancel)
        ).ToLookup(c => c.Record);
        var askers = await members.Lines([.. shown.Select(t => t.Member).OfType<MemberId>().Distinct()], cancel);
        return TypedResults.Ok(
            new
            {
                questions = shown.Select(t => new
                {
                    reference = t.Reference.ToString(),
                    number = t.Number,
                    title = t.Title,
                    language = t.Language.Code,
                    topic = t.Topic,
                    member = t.Member is { } id && askers.TryGetValue(id, out var asker)
                        ? asker.Path["/members/".Length..]
                        : null,
                    asked = t.At,
                    closed = t.ClosedAt,
                    messages = messages[t.Id]
                        .Select(m => new
                        {
                            at = m.At,
                            institution = m.Institution,
                            language = m.Text.Source?.Code,
                            text = m.Text.ToString(),
                            answers = m.IsAnswer,
                            helped = m.Id == t.Helped,
                        }),
                }),
                next = page.Count > PageSize ? $"/api/v1/questions?after={shown[^1].Number}" : null,
            }
        );
    }

    private static async Task<IResult> Answers(
        string lang,
        int number,
        DriveStore drives,
        CurrentUser visitor,
        Localizer texts,
        CancellationToken cancel
    )
    {
        var reader = Language.Parse(lang);
        if (await drives.Find(number, cancel) is not { } drive || !DriveStore.Manages(drive, visitor.Acting()))
            return Results.NotFound();
        string Say(string key) => texts.Get(reader, key);
        var lines = await drives.Lines(drive, visitor.Reads, reader, cancel);
        IEnumerable<string?>[] rows =
        [
            [
                Say("exchange.member"),
                Say("exchange.country"),
                Say("exchange.drive.answer"),
                Say("exchange.drive.on"),
                Say("exchange.drive.with"),
                Say("exchange.note"),
            ],
            .. lines.Select(l =>
                new string?[]
                {
                    l.Member.Name.For(reader),
                    Countries.NameOf(l.Member.Country, reader),
                    Say(
                        l.HasNothing && l.Published.Count == 0 ? "exchange.drive.nothing"
                        : l.IsAnswered ? "exchange.drive.answered"
                        : "exchange.drive.unanswered"
                    ),
                    l.At?.UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                    string.Join("; ", l.With.Select(w => $"{w.Reference} {w.Title.For(reader)}")),
                    l.Asked.Note,
                }
            ),
        ];
        return Results.File(Csv.Write(rows), Csv.MediaType, $"drive-{drive.Number}.csv");
    }
}
