using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;
using Plenaria.Sessions.Confirmation;

namespace Plenaria.Sessions.Planning;

/// <summary>
/// Says before the notice of a session is sent whom it reaches and whom it does not, what is missing, and what becomes
/// final.
/// </summary>
[Allow(SessionsModule.Prepare)]
internal sealed class ConveneModel(
    SessionStore sessions,
    Convening convening,
    IMembers members,
    CurrentUser visitor,
    PageLocalizer texts
) : PageModel, IRerenderable
{
    public Session Session { get; private set; } = null!;
    public ConfirmationView Confirmation { get; private set; } = null!;
    public object? Stored => Session.Version;

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel)
    {
        if (!await LoadAsync(reference, cancel))
            return NotFound();
        await DescribeAsync(cancel);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(string reference, int version, CancellationToken cancel)
    {
        if (!await LoadAsync(reference, cancel))
            return NotFound();
        PlenariaDb.RequireVersion(Session, version);
        await convening.Send(Session, this.Site(), visitor.Acting(), cancel);
        this.SuggestNext("sessions.next.answers", $"{Session.Path}/delegates");
        return Redirect($"/{texts.Language}{Session.Path}/plan");
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await LoadAsync((string)RouteData.Values["reference"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
        await DescribeAsync(cancel);
    }

    private async Task<bool> LoadAsync(string reference, CancellationToken cancel)
    {
        if (await sessions.FindToPrepareAsync(reference, visitor.Acting(), cancel) is not { } session)
            return false;
        Session = session;
        return true;
    }

    private async Task DescribeAsync(CancellationToken cancel)
    {
        Confirmation = new(texts["sessions.convene.do"], Session.Version, $"{Session.Path}/plan");
        var at = visitor.Acting().At;
        if (Session.State != SessionState.Draft)
        {
            Confirmation = Confirmation with { Obstacle = texts.Say(Session.FindObstacle(at, Session.Seats.Count)) };
            return;
        }
        var preview = await convening.PreviewAsync(Session, at, cancel);
        var obstacle =
            Session.FindObstacle(at, preview.Addressees.Count)
            ?? (
                preview.Letters > 0
                    ? null
                    : new("sessions.notice-reaches-nobody", ("members", preview.Addressees.Count))
            );
        Confirmation = Confirmation with
        {
            Obstacle = texts.Say(obstacle),
            Sections = [.. await ReachedAsync(preview, cancel), .. Missing(preview)],
            Final =
            [
                texts["sessions.convene.final.public"],
                texts["sessions.convene.final.roll"],
                texts["sessions.convene.final.documents"],
                texts["sessions.convene.final.letters"],
            ],
        };
    }

    private async Task<IReadOnlyList<ConfirmationSection>> ReachedAsync(NoticePreview preview, CancellationToken cancel)
    {
        var audience = new AudienceSections(members, texts);
        return
        [
            audience.Reached(preview.Addressees),
            .. await audience.UnreachedAsync(preview.Addressees, cancel),
            .. await audience.WithoutDelegateAsync(preview.WithoutDelegate, cancel),
        ];
    }

    private IReadOnlyList<ConfirmationSection> Missing(NoticePreview preview)
    {
        List<ConfirmationLine> missing = [];
        if (Session.Agenda.Count == 0)
            missing.Add(new(texts["sessions.convene.no-items"], $"{Session.Path}/plan#add"));
        if (preview.Documents == 0)
            missing.Add(new(texts["sessions.convene.no-documents"], $"{Session.Path}/documents"));
        if (Session.Motions.Count == 0)
            missing.Add(new(texts["sessions.convene.no-motions"], $"{Session.Path}/motions/new"));
        return missing.Count == 0
            ? []
            : [new(texts["sessions.convene.missing"], texts["sessions.convene.missing.text"], missing, Warns: true)];
    }
}
