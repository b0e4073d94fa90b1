using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;
using Plenaria.Sessions.Confirmation;
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
) : PageModel, IRerenderable
{
    public Session Session { get; private set; } = null!;
    public ConfirmationView Confirmation { get; private set; } = null!;
    public object? Stored => Confirmation.Seen;

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel) =>
        await LoadAsync(reference, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string reference, int version, CancellationToken cancel)
    {
        if (!await LoadAsync(reference, cancel))
            return NotFound();
        if (version != Confirmation.Seen)
            throw new RuleViolationException("platform.changed-meanwhile");
        await discards.DiscardAsync(Session, visitor.Acting(), cancel);
        return Redirect($"/{texts.Language}/plenaries");
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await LoadAsync((string)RouteData.Values["reference"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    private async Task<bool> LoadAsync(string reference, CancellationToken cancel)
    {
        if (await sessions.FindToPrepareAsync(reference, visitor.Acting(), cancel) is not { } session)
            return false;
        Session = session;
        var documents = await papers.Of(session, cancel);
        Confirmation = new(texts["sessions.discard"], SeenOf(session, documents.Count), $"{session.Path}/plan")
        {
            Obstacle = texts.Say(session.FindDiscardObstacle()),
        };
        if (Confirmation.Obstacle is null)
            Confirmation = Confirmation with
            {
                Sections = [.. Parts(documents)],
                Final = [texts["sessions.discard.final"], texts["sessions.discard.final.reference"]],
            };
        return true;
    }

    // Motions and documents come without a new version of the session: what was not read is not discarded.
    private static int SeenOf(Session session, int documents) =>
        session.Version + documents + session.Motions.Sum(m => 1 + m.Version + m.Amendments.Sum(a => 1 + a.Version));

    private IEnumerable<ConfirmationSection> Parts(IReadOnlyList<SessionDocument> documents)
    {
        var language = texts.Language;
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
                yield return new(texts[title], texts["sessions.discard.part"], all);
    }
}
