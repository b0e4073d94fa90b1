using Microsoft.AspNetCore.Mvc;
using Plenaria.Platform.Access;
using Plenaria.Platform.Confirmation;
using Plenaria.Platform.Language;
using Plenaria.Sessions.Papers;

namespace Plenaria.Sessions.Planning;

/// <summary>Says before a draft is discarded what goes with it.</summary>
[Allow(SessionsModule.Prepare)]
internal sealed class DiscardModel(
    SessionStore sessions,
    DiscardService discards,
    DocumentStore papers,
    CurrentUser visitor,
    PageLocalizer texts
) : PlanningConfirmationModel(sessions, visitor, texts)
{
    public Task<IActionResult> OnPostAsync(string reference, string? version, CancellationToken cancel) =>
        ActAsync(
            reference,
            version,
            acting => discards.DiscardAsync(Session, acting, cancel),
            () => "/plenaries",
            cancel
        );

    protected override async Task<string> SeenAsync(CancellationToken cancel) =>
        SeenOf(Session, (await papers.Of(Session, cancel)).Count);

    protected override async Task<ConfirmationView> DescribeAsync(CancellationToken cancel)
    {
        var documents = await papers.Of(Session, cancel);
        var view = new ConfirmationView(
            Texts["sessions.discard"],
            SeenOf(Session, documents.Count),
            $"{Session.Path}/plan"
        )
        {
            Obstacle = Texts.Say(Session.FindDiscardObstacle()),
        };
        return view.Obstacle is not null
            ? view
            : view with
            {
                Sections = [.. Parts(documents)],
                Final = [Texts["sessions.discard.final"], Texts["sessions.discard.final.reference"]],
            };
    }

    // Motions and documents come without a new version of the session: what was not read is not discarded.
    private static string SeenOf(Session session, int documents)
    {
        var motions = session.Motions.Sum(m => 1 + m.Version + m.Amendments.Sum(a => 1 + a.Version));
        return $"{session.Version + documents + motions}";
    }

    private IEnumerable<ConfirmationSection> Parts(IReadOnlyList<SessionDocument> documents)
    {
        var language = Texts.Language;
        (string Title, IEnumerable<ConfirmationLine> Lines)[] parts =
        [
            (
                "sessions.agenda",
                Session.Points().Select(p => new ConfirmationLine($"{p.Number} {p.Item.Title.For(language)}"))
            ),
            (
                "sessions.motions",
                Session.Motions.Select(m => new ConfirmationLine(
                    m.Title.For(language),
                    $"{Session.Path}/motions/{m.Number}"
                ))
            ),
            ("sessions.documents", documents.Select(d => new ConfirmationLine(d.Title.For(language)))),
        ];
        foreach (var (title, lines) in parts)
            if (lines.ToList() is { Count: > 0 } all)
                yield return new(Texts[title], Texts["sessions.discard.part"], all);
    }
}
