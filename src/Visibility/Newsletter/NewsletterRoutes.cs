using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plenaria.Newsletter.Issues;
using Plenaria.Newsletter.Subscribing;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;
using static Plenaria.Platform.Site.ApiJson;

namespace Plenaria.Newsletter;

/// <summary>Issues for programs, and what is kept of a subscriber for themselves.</summary>
internal static class NewsletterRoutes
{
    /// <summary>Leads whoever is signed in to what they subscribed to.</summary>
    public const string OwnPath = "/newsletter/mine";

    private const int PageSize = 100;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/api/v1/newsletter",
                async (IssueStore issues, int? after, CancellationToken cancel) =>
                {
                    var page = await issues
                        .QueryArchive()
                        .Where(i => i.Number > (after ?? 0))
                        .OrderBy(i => i.Number)
                        .Take(PageSize + 1)
                        .ToListAsync(cancel);
                    return TypedResults.Ok(
                        new
                        {
                            issues = page.Take(PageSize).Select(Describe),
                            next = page.Count > PageSize
                                ? $"/api/v1/newsletter?after={page[PageSize - 1].Number}"
                                : null,
                        }
                    );
                }
            )
            .AllowAnonymous()
            .MayBeCached("after");
        app.MapGet("/{lang:lang}/newsletter/issues/{number:int}/preview", PreviewAsync)
            .RequireAuthorization(new AllowAttribute(NewsletterPermission.Write));
        app.MapGet("/{lang:lang}" + OwnPath, FindOwnAsync).RequireAuthorization();
        app.MapGet("/newsletter/preferences/{token}/data.json", ReadOwnAsync).AllowAnonymous();
    }

    private static async Task<IResult> ReadOwnAsync(
        string token,
        SubscriberStore subscribers,
        AnswerStore answers,
        CancellationToken cancel
    ) =>
        await subscribers.FindAsync(token, cancel) is { } subscriber
            ? Results.Ok(
                Describe(
                    subscriber,
                    await subscribers.ReadListsAsync(subscriber, cancel),
                    await answers.OfAsync(subscriber, cancel)
                )
            )
            : Results.NotFound();

    private static async Task<IResult> FindOwnAsync(
        string lang,
        SubscriberStore subscribers,
        CurrentUser visitor,
        CancellationToken cancel
    ) =>
        Results.Redirect(
            await subscribers.FindTokenAsync(visitor.Who.Id!.Value, cancel) is { } token
                ? $"/{lang}/newsletter/preferences/{token}"
                : $"/{lang}/newsletter/subscribe"
        );

    // Shown within a page, as mail programs show it: nothing in it runs, and nothing is loaded.
    private static async Task<IResult> PreviewAsync(
        string lang,
        int number,
        IssueStore issues,
        Localizer texts,
        HttpContext context,
        CancellationToken cancel
    )
    {
        if (await issues.FindAsync(number, cancel) is not { } issue || !Language.TryParse(lang, out var language))
            return Results.NotFound();
        var content = await issues.ReadContentAsync(
            issue,
            new($"{context.Request.Scheme}://{context.Request.Host}"),
            cancel
        );
        context.Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-same-origin; frame-ancestors 'self'";
        return Results.Content(new IssueLetter(content, language, null, texts).ForTest("").Html, "text/html");
    }

    private static object Describe(Issue issue) =>
        new
        {
            reference = issue.Reference.ToString(),
            number = issue.Number,
            path = issue.Path,
            published = issue.ArchivedAt,
            title = Texts(issue.Title),
            body = Texts(issue.Body),
            entries = issue.Entries.Select(e => e.ToString()),
        };

    private static object Describe(
        Subscriber subscriber,
        IEnumerable<MailingList> lists,
        IEnumerable<IssueAnswer> answers
    ) =>
        new
        {
            email = subscriber.Email,
            language = subscriber.Language.Code,
            region = subscriber.Region,
            themes = subscriber.Themes,
            state = Word(subscriber.State),
            lists = lists.Select(l => Texts(l.Name)),
            asked = new
            {
                at = subscriber.AskedAt,
                from = subscriber.AskedFrom,
                wording = subscriber.Wording,
            },
            confirmed = new { at = subscriber.ConfirmedAt, from = subscriber.ConfirmedFrom },
            unsubscribed = subscriber.UnsubscribedAt,
            answers = answers.Select(a => new { at = a.At, text = a.Text }),
        };
}
